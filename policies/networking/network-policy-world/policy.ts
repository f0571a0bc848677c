import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { NETWORK_POLICY } from '../kinds';

const open = (direction: string, side: string): string =>
  fieldWhere(
    `${hasPath('object', `spec/${direction}`)} && object.spec.${direction}.exists(r, has(r.${side}) && r.${side}.exists(p, has(p.ipBlock) && p.ipBlock.cidr.endsWith("/0") && (!has(p.ipBlock.except) || size(p.ipBlock.except) == 0)))`,
    `spec/${direction}`,
  );

export const networkPolicyWorld = objectPolicy({
  id: 'network-policy-world',
  category: 'networking',
  title: 'A rule for every address leaves out those of the cluster',
  kinds: [NETWORK_POLICY],
  offenders: `${open('ingress', 'from')} + ${open('egress', 'to')}`,
  message: 'has a rule for every address: pods, nodes and the metadata service of the cloud are among them',
  fix: 'name the networks, or list those of the cluster and 169.254.0.0/16 under except',
});
