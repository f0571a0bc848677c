import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { LINUX } from '../pod-security';

const READ_ONLY = 'securityContext/readOnlyRootFilesystem';

export const readOnlyRootFilesystem = objectPolicy({
  id: 'read-only-root-filesystem',
  category: 'security',
  title: 'Containers cannot write to their image',
  kinds: PODS,
  applies: LINUX,
  offenders: containersWhere(
    'all',
    `!(${hasPath('c', READ_ONLY)} && c.securityContext.readOnlyRootFilesystem)`,
    READ_ONLY,
  ),
  message: 'is not true: whoever gets in can replace the program',
  fix: 'set readOnlyRootFilesystem: true and mount an emptyDir where the process writes, such as /tmp',
});
