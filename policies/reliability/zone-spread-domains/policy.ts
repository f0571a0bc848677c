import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { spreadsWhere, ZONE_IS_STRICT } from '../../spread';

export const zoneSpreadDomains = objectPolicy({
  id: 'zone-spread-domains',
  category: 'reliability',
  title: 'A spread over zones can still be met when one of them is lost',
  kinds: PODS,
  parameters: { zones: 3 },
  applies: { when: 'has(variables.pod.topologySpreadConstraints)', otherwise: 'it has no spread constraints' },
  offenders: spreadsWhere(
    `${ZONE_IS_STRICT} && has(t.minDomains) && int(t.minDomains) >= variables.zones`,
    'minDomains',
  ),
  message: 'asks for every zone there is, or more: with one of them lost no pod can be scheduled anywhere',
  fix: 'set minDomains to the number of zones - 1',
});
