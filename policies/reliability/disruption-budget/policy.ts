import { graphPolicy } from '../../../lib/policy';
import { SCALED } from '../../kinds';
import { podCount } from '../../scalers';
import { budgetsOf } from '../budgets';

export const disruptionBudget = graphPolicy({
  id: 'disruption-budget',
  category: 'reliability',
  title: 'What has more than one pod has a PodDisruptionBudget',
  fix: 'add a PodDisruptionBudget with maxUnavailable: 1 whose selector is that of the workload',
  outside: 'the budget is another object',
  judge(world) {
    const judged = world.pods.filter(({ carrier }) => SCALED.includes(carrier));
    if (judged.length === 0) return undefined;
    return judged
      .filter((source) => budgetsOf(world, source).length === 0)
      .filter((source) => (podCount(world, source)?.min ?? 0) > 1)
      .map(({ object }) => ({
        object,
        path: 'spec',
        message: 'has pods that no PodDisruptionBudget selects: draining nodes may take all of them at once',
      }));
  },
});
