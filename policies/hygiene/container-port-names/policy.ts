import { containersWhere, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

const SAME = 'has(other.name) && other.name == port.name';

/** Twice in one container, or in another one too. */
const isTwice = [
  `size(c.ports.filter(other, ${SAME})) > 1`,
  `variables.pod.containers.exists(d, d.name != c.name && has(d.ports) && d.ports.exists(other, ${SAME}))`,
].join(' || ');

export const containerPortNames = objectPolicy({
  id: 'container-port-names',
  category: 'hygiene',
  title: 'A port name means one port of a pod',
  kinds: PODS,
  offenders: containersWhere('main', `has(c.ports) && c.ports.exists(port, has(port.name) && (${isTwice}))`, 'ports'),
  message: 'has a port name that the pod has twice: a Service or a probe that names it may get the other port',
  fix: 'give each port of the pod a name of its own',
});
