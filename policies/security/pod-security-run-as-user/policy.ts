import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { settingsWhere } from '../pod-security';

export const podSecurityRunAsUser = objectPolicy({
  id: 'pod-security-run-as-user',
  category: 'security',
  title: 'No container is told to run as user 0',
  kinds: PODS,
  offenders: settingsWhere('runAsUser', (value) => `${value} == 0`),
  message: 'is 0, which is root',
  fix: 'choose a number above 10000, so that it is nobody on the node either',
});
