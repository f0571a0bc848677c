import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

export const jobTtl = objectPolicy({
  id: 'job-ttl',
  category: 'reliability',
  title: 'A finished Job is cleared away',
  kinds: podsOf('Job'),
  offenders: fieldWhere('!has(object.spec.ttlSecondsAfterFinished)', 'spec/ttlSecondsAfterFinished'),
  message: 'is missing: the Job and its pods stay until somebody deletes them',
  fix: 'set ttlSecondsAfterFinished: 86400, so that its log can be read the next morning',
  mend: (path) => [{ op: 'add', path, value: 86_400 }],
});
