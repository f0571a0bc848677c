import { graphPolicy } from '../../../lib/policy';
import { budgets, budgetsOf } from '../budgets';

export const disruptionBudgetSingle = graphPolicy({
  id: 'disruption-budget-single',
  category: 'reliability',
  title: 'A pod is under one PodDisruptionBudget',
  fix: 'narrow the selectors so that each pod is selected by one budget',
  outside: 'the other budget is another object',
  judge(world) {
    const judged = budgets(world);
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, pods }) => {
      const shared = pods.find((source) => budgetsOf(world, source).length > 1);
      if (!shared) return [];
      const names = budgetsOf(world, shared).map((budget) => budget.object.metadata.name);
      const message = `selects pods of ${shared.object.kind} ${shared.object.metadata.name}, as ${names.join(' and ')} do: eviction of a pod under several budgets is an error`;
      return [{ object, path: 'spec/selector', message }];
    });
  },
});
