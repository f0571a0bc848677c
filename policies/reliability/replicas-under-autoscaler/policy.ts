import { graphPolicy, numberAt } from '../../../lib/policy';
import { scalers } from '../../scalers';

export const replicasUnderAutoscaler = graphPolicy({
  id: 'replicas-under-autoscaler',
  category: 'reliability',
  title: 'What an autoscaler scales says no number of pods itself',
  fix: 'remove spec.replicas: the autoscaler owns it',
  outside: 'the autoscaler is another object',
  judge(world) {
    const judged = scalers(world).flatMap(({ target: { group, kind, namespace, name } }) => {
      const workload = world.find(group, kind, namespace, name);
      return workload ? [workload] : [];
    });
    if (judged.length === 0) return undefined;
    return judged
      .filter((object) => (numberAt(object, 'spec/replicas') ?? 1) !== 1)
      .map((object) => ({
        object,
        path: 'spec/replicas',
        message: 'is set, and an autoscaler owns it: every deployment resets what load asked for',
      }));
  },
});
