import { containersWhere, hasPath, objectPolicy, podFieldWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

const NON_ROOT = 'securityContext/runAsNonRoot';

export const podSecurityRunAsNonRoot = objectPolicy({
  id: 'pod-security-run-as-non-root',
  category: 'security',
  title: 'Containers do not run as root',
  kinds: PODS,
  offenders: [
    podFieldWhere(`${hasPath('variables.pod', NON_ROOT)} && !variables.pod.securityContext.runAsNonRoot`, NON_ROOT),
    containersWhere(
      'all',
      `${hasPath('c', NON_ROOT)} ? !c.securityContext.runAsNonRoot : !${hasPath('variables.pod', NON_ROOT)}`,
      NON_ROOT,
    ),
  ].join(' + '),
  message: 'is not true: the image decides, and most images run as root',
  fix: 'set runAsNonRoot: true in the securityContext of the pod, and a numeric runAsUser if the image names none',
});
