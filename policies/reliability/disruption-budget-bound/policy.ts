import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kind } from '../../kinds';

export const disruptionBudgetBound = objectPolicy({
  id: 'disruption-budget-bound',
  category: 'reliability',
  title: 'A PodDisruptionBudget has one bound',
  kinds: [kind('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget')],
  offenders: fieldWhere('has(object.spec.minAvailable) == has(object.spec.maxUnavailable)', 'spec'),
  message: 'has not exactly one of minAvailable and maxUnavailable: it protects nothing, or is refused',
  fix: 'set maxUnavailable: 1, and nothing else',
});
