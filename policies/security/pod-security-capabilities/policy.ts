import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { DEFAULT_CAPABILITIES } from '../capabilities';
import { containerSettingsWhere, noneOf } from '../pod-security';

export const podSecurityCapabilities = objectPolicy({
  id: 'pod-security-capabilities',
  category: 'security',
  title: 'Containers add no capability that runtimes do not give anyway',
  kinds: PODS,
  offenders: containerSettingsWhere(
    'capabilities/add',
    (value) => `${value}.exists(x, ${noneOf('x', DEFAULT_CAPABILITIES)})`,
  ),
  message: 'holds a capability that no runtime gives without being asked',
  fix: 'remove it; what needs it belongs into an agent of the platform',
});
