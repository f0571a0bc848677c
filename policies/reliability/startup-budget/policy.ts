import { containersWhere, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { budgetOf } from '../../probes';

export const startupBudget = objectPolicy({
  id: 'startup-budget',
  category: 'reliability',
  title: 'No startup probe waits longer than a rollout can',
  kinds: PODS,
  parameters: { seconds: 600 },
  offenders: containersWhere(
    'running',
    `has(c.startupProbe) && ${budgetOf('c.startupProbe')} > variables.seconds`,
    'startupProbe',
  ),
  message: 'lets a process hang for too long before anybody notices',
  fix: 'lower failureThreshold x periodSeconds to the slowest start that is still healthy',
});
