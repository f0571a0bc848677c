import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

const limit = (name: string, otherwise: number): string =>
  `has(object.spec.${name}) ? int(object.spec.${name}) : ${otherwise}`;

export const cronJobHistory = objectPolicy({
  id: 'cron-job-history',
  category: 'reliability',
  title: 'A CronJob keeps its last failed run, and not all runs',
  kinds: podsOf('CronJob'),
  parameters: { most: 10 },
  variables: {
    succeeded: limit('successfulJobsHistoryLimit', 3),
    failed: limit('failedJobsHistoryLimit', 1),
  },
  offenders: [
    fieldWhere('variables.succeeded > variables.most', 'spec/successfulJobsHistoryLimit'),
    fieldWhere('variables.failed < 1 || variables.failed > variables.most', 'spec/failedJobsHistoryLimit'),
  ].join(' + '),
  message: 'keeps no failed run to look at, or more finished ones than anybody will',
  fix: 'set successfulJobsHistoryLimit: 1 and failedJobsHistoryLimit: 3',
});
