import { fieldAt, graphPolicy, scaledCount } from '../../../lib/policy';
import { podCount } from '../../scalers';
import { budgets } from '../budgets';

export const disruptionBudgetDrain = graphPolicy({
  id: 'disruption-budget-drain',
  category: 'reliability',
  title: 'A PodDisruptionBudget lets a pod go when there are as few pods as there may be',
  fix: 'use maxUnavailable: 1, or keep minAvailable below the smallest number of pods',
  outside: 'the number of pods is said by the workload or its autoscaler',
  judge(world) {
    const judged = budgets(world).flatMap(({ object, pods }) => {
      const fewest = pods.map((source) => podCount(world, source)?.min ?? 0).reduce((sum, min) => sum + min, 0);
      return fewest === 0 ? [] : [{ object, fewest }];
    });
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, fewest }) => {
      // Both percentages are rounded up: of one pod, half is one.
      const needed = scaledCount(fieldAt(object, 'spec/minAvailable'), fewest);
      const spare = scaledCount(fieldAt(object, 'spec/maxUnavailable'), fewest);
      if (needed !== undefined && needed >= fewest) {
        const message = `is ${needed} of the ${fewest} pod(s) that there are at least: none may be evicted, and a drain waits for ever`;
        return [{ object, path: 'spec/minAvailable', message }];
      }
      if (spare !== 0) return [];
      return [
        { object, path: 'spec/maxUnavailable', message: 'is 0: none may be evicted, and a drain waits for ever' },
      ];
    });
  },
});
