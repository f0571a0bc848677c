import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { spreadsWhere, ZONE_IS_STRICT } from '../../spread';

export const zoneSpreadTaints = objectPolicy({
  id: 'zone-spread-taints',
  category: 'reliability',
  title: 'A strict spread over zones does not count nodes that are lost',
  kinds: PODS,
  applies: { when: 'has(variables.pod.topologySpreadConstraints)', otherwise: 'it has no spread constraints' },
  offenders: spreadsWhere(
    `${ZONE_IS_STRICT} && !(has(t.nodeTaintsPolicy) && t.nodeTaintsPolicy == "Honor")`,
    'nodeTaintsPolicy',
  ),
  message: 'is not Honor: a lost zone counts as an empty one, and the others may not take its pods',
  fix: 'set nodeTaintsPolicy: Honor',
});
