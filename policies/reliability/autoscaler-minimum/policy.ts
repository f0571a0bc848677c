import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kind } from '../../kinds';
import { TIER } from '../../labels';

export const autoscalerMinimum = objectPolicy({
  id: 'autoscaler-minimum',
  category: 'reliability',
  title: 'An autoscaler keeps as many pods as the tier needs',
  kinds: [kind('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler')],
  parameters: { least: { critical: 3, standard: 2, 'best-effort': 1 } },
  variables: {
    tier: TIER,
    replicas: 'has(object.spec.minReplicas) ? int(object.spec.minReplicas) : 1',
  },
  applies: { when: 'variables.tier in variables.least', otherwise: 'no tier says how many pods are too few' },
  offenders: fieldWhere('variables.replicas < variables.least[variables.tier]', 'spec/minReplicas'),
  message: 'is below what the tier needs to survive a node, or a zone',
  fix: 'set minReplicas to 3 for critical and 2 for standard, or choose another tier',
});
