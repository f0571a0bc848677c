import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

/** Whatever the kubelet calls a container for. */
const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle/postStart', 'lifecycle/preStop'];

export const podSecurityProbeHosts = objectPolicy({
  id: 'pod-security-probe-hosts',
  category: 'security',
  title: 'Probes and lifecycle hooks ask their own pod',
  kinds: PODS,
  offenders: HANDLERS.flatMap((handler) => ['httpGet', 'tcpSocket'].map((way) => `${handler}/${way}/host`))
    .map((field) => containersWhere('all', `${hasPath('c', field)} && c.${field.replaceAll('/', '.')} != ""`, field))
    .join(' + '),
  message: "makes the kubelet ask a host of the pod's choice, from the network of the node",
  fix: 'remove host: without it the kubelet asks the pod itself; a name for a virtual host goes into the header Host',
});
