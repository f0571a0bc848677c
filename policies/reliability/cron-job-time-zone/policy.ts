import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

export const cronJobTimeZone = objectPolicy({
  id: 'cron-job-time-zone',
  category: 'reliability',
  title: 'A CronJob says in which time zone its schedule is meant',
  kinds: podsOf('CronJob'),
  offenders: fieldWhere('!has(object.spec.timeZone)', 'spec/timeZone'),
  message: 'is missing: the zone of the control plane decides when it runs',
  fix: 'set timeZone: Etc/UTC, or the zone of the people whom it is for',
});
