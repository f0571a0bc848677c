import { containersWhere, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const podSecurityHostPorts = objectPolicy({
  id: 'pod-security-host-ports',
  category: 'security',
  title: 'Containers open no port of the node',
  kinds: PODS,
  applies: {
    when: '!(has(variables.pod.hostNetwork) && variables.pod.hostNetwork)',
    otherwise: 'on the network of the node every port is one of the node',
  },
  offenders: containersWhere('all', 'has(c.ports) && c.ports.exists(p, has(p.hostPort) && p.hostPort != 0)', 'ports'),
  message: 'opens a port of the node: past every Service and NetworkPolicy, and once per node only',
  fix: 'remove hostPort and reach the pod through a Service',
});
