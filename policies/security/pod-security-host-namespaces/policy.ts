import { hasPath, objectPolicy, podFieldWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

function isTrue(field: string): string {
  return `${hasPath('variables.pod', field)} && variables.pod.${field.replaceAll('/', '.')}`;
}

export const podSecurityHostNamespaces = objectPolicy({
  id: 'pod-security-host-namespaces',
  category: 'security',
  title: 'Pods stay in namespaces of their own',
  kinds: PODS,
  offenders: [
    // A host process of Windows has to be on the host's network: that is one cause, told by pod-security-host-process.
    podFieldWhere(
      `${isTrue('hostNetwork')} && !(${isTrue('securityContext/windowsOptions/hostProcess')})`,
      'hostNetwork',
    ),
    podFieldWhere(isTrue('hostPID'), 'hostPID'),
    podFieldWhere(isTrue('hostIPC'), 'hostIPC'),
  ].join(' + '),
  message: 'shares a namespace of the node: the pod sees and reaches what belongs to the node and to other pods',
  fix: 'remove the field; what has to watch a node belongs into an agent of the platform',
});
