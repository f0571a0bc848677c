import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kind } from '../../kinds';

export const autoscalerRange = objectPolicy({
  id: 'autoscaler-range',
  category: 'reliability',
  title: 'An autoscaler has room to add pods',
  kinds: [kind('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler')],
  variables: { least: 'has(object.spec.minReplicas) ? int(object.spec.minReplicas) : 1' },
  offenders: fieldWhere('int(object.spec.maxReplicas) <= variables.least', 'spec/maxReplicas'),
  message: 'is not above minReplicas: the autoscaler can do nothing',
  fix: 'raise maxReplicas, or set replicas in the workload and remove the autoscaler',
});
