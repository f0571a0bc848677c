import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { NETWORK_POLICY } from '../kinds';

const empty = (selector: string): string =>
  `((!has(${selector}.matchLabels) || size(${selector}.matchLabels) == 0) && (!has(${selector}.matchExpressions) || size(${selector}.matchExpressions) == 0))`;

/** Without a namespaceSelector a podSelector means pods of the policy's own namespace, so an empty one is not everyone. */
const everyone = `!has(p.ipBlock) && (has(p.namespaceSelector) ? ${empty('p.namespaceSelector')} && (!has(p.podSelector) || ${empty('p.podSelector')}) : !has(p.podSelector))`;

const open = (direction: string, side: string): string =>
  fieldWhere(
    `${hasPath('object', `spec/${direction}`)} && object.spec.${direction}.exists(r, !has(r.${side}) || size(r.${side}) == 0 || r.${side}.exists(p, ${everyone}))`,
    `spec/${direction}`,
  );

export const networkPolicyPeers = objectPolicy({
  id: 'network-policy-peers',
  category: 'networking',
  title: 'A NetworkPolicy says with whom, and never everyone',
  kinds: [NETWORK_POLICY],
  offenders: `${open('ingress', 'from')} + ${open('egress', 'to')}`,
  message: 'has a rule for everyone: no peers, or a peer whose selectors are all empty',
  fix: 'name the peers of each rule with a namespaceSelector and a podSelector that select something',
});
