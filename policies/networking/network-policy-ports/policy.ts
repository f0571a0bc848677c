import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { NETWORK_POLICY } from '../kinds';

const open = (direction: string): string =>
  fieldWhere(
    `${hasPath('object', `spec/${direction}`)} && object.spec.${direction}.exists(r, !has(r.ports) || size(r.ports) == 0 || r.ports.exists(p, !has(p.port)))`,
    `spec/${direction}`,
  );

export const networkPolicyPorts = objectPolicy({
  id: 'network-policy-ports',
  category: 'networking',
  title: 'Every rule of a NetworkPolicy names its ports',
  kinds: [NETWORK_POLICY],
  offenders: `${open('ingress')} + ${open('egress')}`,
  message: 'has a rule for every port',
  fix: 'list the ports that are spoken, with their protocol',
});
