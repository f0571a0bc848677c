import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

export const jobActiveDeadline = objectPolicy({
  id: 'job-active-deadline',
  category: 'reliability',
  title: 'A Job that hangs ends at some time',
  kinds: podsOf('Job'),
  offenders: fieldWhere('!has(object.spec.activeDeadlineSeconds)', 'spec/activeDeadlineSeconds'),
  message: 'is missing: a Job that hangs hangs for ever, and whoever waits for it too',
  fix: 'set activeDeadlineSeconds to several times the longest run',
});
