import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

export const cronJobConcurrency = objectPolicy({
  id: 'cron-job-concurrency',
  category: 'reliability',
  title: 'A run of a CronJob is not overtaken by the next',
  kinds: podsOf('CronJob'),
  offenders: fieldWhere(
    '!has(object.spec.concurrencyPolicy) || object.spec.concurrencyPolicy == "Allow"',
    'spec/concurrencyPolicy',
  ),
  message: 'is Allow: a slow run meets the next one, and they pile up',
  fix: 'set concurrencyPolicy: Forbid, or Replace if only the newest run counts',
  mend: (path) => [{ op: 'add', path, value: 'Forbid' }],
});
