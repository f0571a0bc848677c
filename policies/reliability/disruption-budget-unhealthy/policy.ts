import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kind } from '../../kinds';

export const disruptionBudgetUnhealthy = objectPolicy({
  id: 'disruption-budget-unhealthy',
  category: 'reliability',
  title: 'A PodDisruptionBudget lets pods go that are not ready anyway',
  kinds: [kind('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget')],
  offenders: fieldWhere(
    '!has(object.spec.unhealthyPodEvictionPolicy) || object.spec.unhealthyPodEvictionPolicy != "AlwaysAllow"',
    'spec/unhealthyPodEvictionPolicy',
  ),
  message: 'is not AlwaysAllow: pods that crash block the drain of their node',
  fix: 'set unhealthyPodEvictionPolicy: AlwaysAllow',
  mend: (path) => [{ op: 'add', path, value: 'AlwaysAllow' }],
});
