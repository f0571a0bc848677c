import { graphPolicy } from '../../../lib/policy';
import { budgets } from '../budgets';

export const disruptionBudgetSelects = graphPolicy({
  id: 'disruption-budget-selects',
  category: 'reliability',
  title: 'A PodDisruptionBudget selects pods',
  fix: 'take the labels of the pod template, in the namespace of the budget',
  outside: 'the pods are made by other objects',
  judge(world) {
    const judged = budgets(world);
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ pods }) => pods.length === 0)
      .map(({ object }) => ({ object, path: 'spec/selector', message: 'selects no pod: the budget protects nothing' }));
  },
});
