import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const restartPolicy = objectPolicy({
  id: 'restart-policy',
  category: 'reliability',
  title: 'What ends is not restarted for ever, and what must not end always is',
  kinds: PODS.filter(({ kind }) => kind !== 'Pod'),
  variables: {
    ends: 'object.kind in ["CronJob", "Job"]',
    always: '!has(variables.pod.restartPolicy) || variables.pod.restartPolicy == "Always"',
  },
  offenders: podFieldWhere('variables.ends == variables.always', 'restartPolicy'),
  message: 'does not fit: a Job needs Never or OnFailure, everything else Always',
  fix: 'set restartPolicy: Never in a Job or CronJob, and leave it out elsewhere',
});
