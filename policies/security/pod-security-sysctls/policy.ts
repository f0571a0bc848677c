import { hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { noneOf } from '../pod-security';

/** In a namespace of the pod, and without effect on others. */
const SAFE = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

export const podSecuritySysctls = objectPolicy({
  id: 'pod-security-sysctls',
  category: 'security',
  title: 'Pods set no sysctls but the safe ones',
  kinds: PODS,
  offenders: `(${hasPath('variables.pod', 'securityContext/sysctls')}
    ? variables.pod.securityContext.sysctls
        .filter(s, ${noneOf('s.name', SAFE)})
        .map(s, variables.podAt + "/securityContext/sysctls[name=" + s.name + "]")
    : [])`,
  message: "is a setting of the kernel that is not the pod's own, or not safe",
  fix: 'remove it; a setting of the whole node is made by whoever runs the node',
});
