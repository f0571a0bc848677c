import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kind } from '../../kinds';
import { SERVICE, WORKLOADS } from '../kinds';

export const defaultNamespace = objectPolicy({
  id: 'default-namespace',
  category: 'hygiene',
  title: 'Nothing lives in the default namespace',
  kinds: [
    ...WORKLOADS,
    SERVICE,
    kind('', 'v1', 'configmaps', 'ConfigMap'),
    kind('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
    kind('', 'v1', 'secrets', 'Secret'),
    kind('', 'v1', 'serviceaccounts', 'ServiceAccount'),
    kind('networking.k8s.io', 'v1', 'ingresses', 'Ingress'),
    kind('rbac.authorization.k8s.io', 'v1', 'roles', 'Role'),
    kind('rbac.authorization.k8s.io', 'v1', 'rolebindings', 'RoleBinding'),
  ],
  offenders: fieldWhere(
    '!has(object.metadata.namespace) || object.metadata.namespace == "default"',
    'metadata/namespace',
  ),
  message: 'is the default namespace, where nobody’s quota, isolation or ownership holds',
  fix: 'set metadata.namespace to the namespace of the service',
});
