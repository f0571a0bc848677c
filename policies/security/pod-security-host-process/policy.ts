import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { settingsWhere } from '../pod-security';

export const podSecurityHostProcess = objectPolicy({
  id: 'pod-security-host-process',
  category: 'security',
  title: 'Windows containers are no processes of their node',
  kinds: PODS,
  offenders: settingsWhere('windowsOptions/hostProcess', (value) => value),
  message: 'runs the container as a process of the Windows node itself',
  fix: 'remove hostProcess; what manages a node belongs into an agent of the platform',
});
