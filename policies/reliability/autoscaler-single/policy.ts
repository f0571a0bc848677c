import { graphPolicy } from '../../../lib/policy';
import { grouped } from '../../grouped';
import { scalers } from '../../scalers';

export const autoscalerSingle = graphPolicy({
  id: 'autoscaler-single',
  category: 'reliability',
  title: 'A workload has one autoscaler',
  fix: 'put all metrics into one autoscaler and remove the others; a ScaledObject makes a HorizontalPodAutoscaler of its own',
  outside: 'the other autoscaler is another object',
  judge(world) {
    const judged = scalers(world);
    if (judged.length === 0) return undefined;
    return [...grouped(judged, ({ targetKey }) => targetKey).values()]
      .filter((together) => together.length > 1)
      .flatMap((together) =>
        together.map(({ object, target }) => ({
          object,
          path: 'spec/scaleTargetRef',
          message: `names ${target.kind} ${target.name}, which ${together.length} autoscalers want to scale: each undoes what the other did`,
        })),
      );
  },
});
