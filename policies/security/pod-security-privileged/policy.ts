import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { containerSettingsWhere } from '../pod-security';

export const podSecurityPrivileged = objectPolicy({
  id: 'pod-security-privileged',
  category: 'security',
  title: 'Containers are not privileged',
  kinds: PODS,
  offenders: containerSettingsWhere('privileged', (value) => value),
  message: 'is true: the container is root on the node',
  fix: 'remove privileged and add the one capability that is needed, or leave the work to an agent of the platform',
});
