import { hasPath, objectPolicy, volumesWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { IS_RUNTIME_SOCKET } from '../runtime-sockets';

export const runtimeSocket = objectPolicy({
  id: 'runtime-socket',
  category: 'security',
  title: 'Pods do not reach the socket of their container runtime',
  kinds: PODS,
  offenders: volumesWhere(`${hasPath('v', 'hostPath/path')} && ${IS_RUNTIME_SOCKET}`, 'hostPath/path'),
  message: 'holds the socket of the container runtime: whoever writes to it is root on the node',
  fix: 'remove the volume; build images with a builder that needs no daemon, and read metrics from the kubelet',
});
