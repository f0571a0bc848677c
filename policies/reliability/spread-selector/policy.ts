import { hasPath, objectPolicy, selectorMatches } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { spreadsWhere } from '../../spread';

const LABELS = 'variables.template.metadata.labels';

export const spreadSelector = objectPolicy({
  id: 'spread-selector',
  category: 'reliability',
  title: 'A spread constraint counts the pods that it places',
  kinds: PODS,
  applies: { when: 'has(variables.pod.topologySpreadConstraints)', otherwise: 'it has no spread constraints' },
  offenders: spreadsWhere(
    `!has(t.labelSelector) || !${hasPath('variables.template', 'metadata/labels')} || !(${selectorMatches('t.labelSelector', LABELS)})`,
    'labelSelector',
  ),
  message: 'does not select the pod itself: the constraint counts other pods, or none, and spreads nothing',
  fix: 'use the selector of the workload',
});
