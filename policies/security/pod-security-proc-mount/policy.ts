import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { containerSettingsWhere } from '../pod-security';

export const podSecurityProcMount = objectPolicy({
  id: 'pod-security-proc-mount',
  category: 'security',
  title: 'Containers see /proc with its masks',
  kinds: PODS,
  offenders: containerSettingsWhere('procMount', (value) => `${value} != "Default"`),
  message: 'shows the container the parts of /proc that are masked for a reason',
  fix: 'remove procMount',
});
