import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { noneOf, settingsWhere } from '../pod-security';

export const podSecuritySeccomp = objectPolicy({
  id: 'pod-security-seccomp',
  category: 'security',
  title: 'No seccomp profile is switched off',
  kinds: PODS,
  offenders: settingsWhere('seccompProfile/type', (value) => noneOf(value, ['RuntimeDefault', 'Localhost'])),
  message: 'lets every call of the kernel through',
  fix: 'choose RuntimeDefault, or a profile of your own with the type Localhost',
});
