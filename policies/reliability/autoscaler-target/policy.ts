import { graphPolicy } from '../../../lib/policy';
import { scalers } from '../../scalers';

/** Kinds that a run can be asked for; what an operator scales, nobody here can look up. */
const KNOWN = ['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout'];

export const autoscalerTarget = graphPolicy({
  id: 'autoscaler-target',
  category: 'reliability',
  title: 'An autoscaler names a workload that exists',
  fix: 'correct apiVersion, kind or name of scaleTargetRef; the workload is in the namespace of the autoscaler',
  outside: 'the workload is another object',
  judge(world) {
    const judged = scalers(world).filter(({ target }) => KNOWN.includes(target.kind));
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ target: { group, kind, namespace, name } }) => !world.find(group, kind, namespace, name))
      .map(({ object, target: { group, kind, namespace, name } }) => ({
        object,
        path: 'spec/scaleTargetRef',
        message: `names ${kind} ${name} of API group ${group === '' ? '""' : group}, and namespace ${namespace} has none`,
      }));
  },
});
