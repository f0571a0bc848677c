import { graphPolicy, numberAt } from '../../../lib/policy';
import { intentOf } from '../../intent';
import { scalersOf } from '../../scalers';

/** A StatefulSet is not scaled by load: its pods own data. */
const FOLLOWS_LOAD = ['Deployment', 'Rollout'];
/** What the blueprint lets live with one pod. */
const MAY_BE_ONE = ['worker', 'cache'];

export const autoscalerPresent = graphPolicy({
  id: 'autoscaler-present',
  category: 'reliability',
  title: 'A service has an autoscaler, or a number of pods that somebody chose',
  fix: 'add a HorizontalPodAutoscaler (or a ScaledObject) for it, or set spec.replicas to a number above 1',
  outside: 'the autoscaler is another object',
  judge(world) {
    const judged = world.pods.filter(({ object }) => FOLLOWS_LOAD.includes(object.kind));
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ object }) => !MAY_BE_ONE.includes(intentOf(object)?.kind ?? ''))
      .filter(({ object }) => scalersOf(world, object).length === 0)
      .filter(({ object }) => (numberAt(object, 'spec/replicas') ?? 1) === 1)
      .map(({ object }) => ({
        object,
        path: 'spec/replicas',
        message: 'is left to the API server, which makes it 1, and no autoscaler adds pods when load grows',
      }));
  },
});
