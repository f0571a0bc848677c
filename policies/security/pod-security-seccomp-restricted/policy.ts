import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { LINUX } from '../pod-security';

const PROFILE = 'securityContext/seccompProfile/type';

export const podSecuritySeccompRestricted = objectPolicy({
  id: 'pod-security-seccomp-restricted',
  category: 'security',
  title: 'Every container has a seccomp profile',
  kinds: PODS,
  applies: LINUX,
  offenders: containersWhere('all', `!${hasPath('c', PROFILE)} && !${hasPath('variables.pod', PROFILE)}`, PROFILE),
  message: 'is not set, for the container or its pod: where the node decides, every call of the kernel is let through',
  fix: 'set seccompProfile: { type: RuntimeDefault } in the securityContext of the pod',
});
