import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

export const cronJobActiveDeadline = objectPolicy({
  id: 'cron-job-active-deadline',
  category: 'reliability',
  title: 'A run of a CronJob that hangs ends at some time',
  kinds: podsOf('CronJob'),
  offenders: fieldWhere(
    '!has(object.spec.jobTemplate.spec.activeDeadlineSeconds)',
    'spec/jobTemplate/spec/activeDeadlineSeconds',
  ),
  message: 'is missing: a run that hangs hangs for ever, and with Forbid there is never another one',
  fix: 'set activeDeadlineSeconds to several times the longest run',
});
