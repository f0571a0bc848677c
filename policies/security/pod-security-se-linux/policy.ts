import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { noneOf, settingsWhere } from '../pod-security';

/** Empty is what is not set. */
const TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

export const podSecuritySeLinux = objectPolicy({
  id: 'pod-security-se-linux',
  category: 'security',
  title: 'Containers keep the SELinux types of containers',
  kinds: PODS,
  offenders: [
    settingsWhere('seLinuxOptions/type', (value) => noneOf(value, TYPES)),
    settingsWhere('seLinuxOptions/user', (value) => `${value} != ""`),
    settingsWhere('seLinuxOptions/role', (value) => `${value} != ""`),
  ].join(' + '),
  message: 'leaves the SELinux confinement of containers',
  fix: 'remove user and role, and choose no other type than those of containers',
});
