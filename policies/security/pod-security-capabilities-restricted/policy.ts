import { containersWhere, hasPath, literal, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { DEFAULT_CAPABILITIES } from '../capabilities';
import { containerSettingsWhere, LINUX } from '../pod-security';

const DROP = 'securityContext/capabilities/drop';

const NOT_NEEDED = DEFAULT_CAPABILITIES.filter((name) => name !== 'NET_BIND_SERVICE');

export const podSecurityCapabilitiesRestricted = objectPolicy({
  id: 'pod-security-capabilities-restricted',
  category: 'security',
  title: 'Containers drop every capability',
  kinds: PODS,
  applies: LINUX,
  offenders: [
    containersWhere('all', `!(${hasPath('c', DROP)} && "ALL" in c.securityContext.capabilities.drop)`, DROP),
    containerSettingsWhere('capabilities/add', (value) => `${value}.exists(x, x in ${literal(NOT_NEEDED)})`),
  ].join(' + '),
  message: 'leaves the container more than NET_BIND_SERVICE',
  fix: 'set capabilities: { drop: [ALL] }, and add NET_BIND_SERVICE where a port below 1024 is opened',
});
