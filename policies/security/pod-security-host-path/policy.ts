import { hasPath, objectPolicy, volumesWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { IS_RUNTIME_SOCKET } from '../runtime-sockets';

export const podSecurityHostPath = objectPolicy({
  id: 'pod-security-host-path',
  category: 'security',
  title: 'Pods mount nothing of their node',
  kinds: PODS,
  offenders: volumesWhere(`has(v.hostPath) && !(${hasPath('v', 'hostPath/path')} && ${IS_RUNTIME_SOCKET})`, 'hostPath'),
  message: 'is a folder of the node: what is in it belongs to all of its pods',
  fix: 'use an emptyDir for scratch space, and a PersistentVolumeClaim for what has to last',
});
