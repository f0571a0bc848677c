import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { SERVING } from '../../kinds';

export const gracePeriod = objectPolicy({
  id: 'grace-period',
  category: 'reliability',
  title: 'What others connect to has half a minute to stop',
  kinds: SERVING,
  parameters: { seconds: 30 },
  variables: {
    grace: 'has(variables.pod.terminationGracePeriodSeconds) ? int(variables.pod.terminationGracePeriodSeconds) : 30',
  },
  offenders: podFieldWhere(
    'variables.grace < variables.seconds && has(variables.pod.containers) && variables.pod.containers.exists(c, has(c.ports))',
    'terminationGracePeriodSeconds',
  ),
  message: 'is too short to leave the endpoint lists and finish what is in flight',
  fix: 'set terminationGracePeriodSeconds to preStop + the time to drain + 5, at least 30',
});
