import { graphPolicy } from '../../../lib/policy';
import { scalers } from '../../scalers';
import { isSpread, survivors } from '../../zones';

export const autoscalerZoneLoss = graphPolicy({
  id: 'autoscaler-zone-loss',
  category: 'reliability',
  title: 'The CPU target leaves room for the load of a lost zone',
  fix: 'lower the CPU target, or raise the smallest number of pods: more pods lose a smaller share',
  outside: 'the spread over zones is said by the workload, which is another object',
  parameters: { zones: 3, load: 90 },
  judge(world, { zones, load }) {
    const judged = scalers(world).filter((scaler) => isSpread(world, scaler));
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, min, max, cpuTargets }) => {
      const { target, pods, left } = worst(min, max, zones as number, load as number);
      return cpuTargets
        .filter(({ percent }) => percent > target)
        .map(({ path, percent }) => ({
          object,
          path,
          message: `is ${percent}; of ${pods} pods a lost zone leaves ${left}, which ${load as number} % of their request allows only from a target of ${target}`,
        }));
    });
  },
});

/** The lowest target of any number of pods that the autoscaler may choose. One pod alone survives no zone. */
function worst(min: number, max: number, zones: number, load: number) {
  const first = Math.max(min, 2);
  let found = { target: load, pods: first, left: first };
  // What survives is least right after a multiple of the zones, and grows from one such number to the next.
  for (let pods = first; pods <= Math.min(max, first + zones); pods++) {
    const left = survivors(pods, zones);
    const target = Math.floor((load * left) / pods);
    if (target < found.target) found = { target, pods, left };
  }
  return found;
}
