import { containersWhere, hasPath, locate, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { LINUX } from '../pod-security';

const ESCALATION = 'securityContext/allowPrivilegeEscalation';

const PRIVILEGED = `${hasPath('c', 'securityContext/privileged')} && c.securityContext.privileged`;

export const podSecurityPrivilegeEscalation = objectPolicy({
  id: 'pod-security-privilege-escalation',
  category: 'security',
  title: 'Containers cannot gain rights',
  kinds: PODS,
  applies: LINUX,
  offenders: containersWhere(
    'all',
    // A privileged container cannot say false: that is one cause, told by pod-security-privileged.
    `!(${hasPath('c', ESCALATION)} && !c.securityContext.allowPrivilegeEscalation) && !(${PRIVILEGED})`,
    ESCALATION,
  ),
  message: 'is not false: a set-user-id program in the image can gain rights that the container does not have',
  fix: 'set allowPrivilegeEscalation: false in the securityContext of each container; there is none for a pod',
  mend: (path, object) => {
    const context = path.slice(0, path.lastIndexOf('/'));
    return locate(object, context).whole
      ? [{ op: 'add', path, value: false }]
      : [{ op: 'add', path: context, value: { allowPrivilegeEscalation: false } }];
  },
});
