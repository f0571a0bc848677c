import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

/** The controller looks at schedules every 10 seconds: a shorter deadline can pass in between. */
const BETWEEN_LOOKS = 10;

export const cronJobStartingDeadline = objectPolicy({
  id: 'cron-job-starting-deadline',
  category: 'reliability',
  title: 'A late run of a CronJob is skipped at some time',
  kinds: podsOf('CronJob'),
  offenders: fieldWhere(
    `!has(object.spec.startingDeadlineSeconds) || int(object.spec.startingDeadlineSeconds) < ${BETWEEN_LOOKS}`,
    'spec/startingDeadlineSeconds',
  ),
  message: 'is missing, or below the 10 seconds in which the controller looks once',
  fix: 'set startingDeadlineSeconds: 300, or how late a run is still worth to start',
});
