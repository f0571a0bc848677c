import { fieldWhere, hasPath, literal, objectPolicy } from '../../../lib/policy';
import { kind } from '../../kinds';

const ENFORCE = literal('pod-security.kubernetes.io/enforce');

export const podSecurityLabels = objectPolicy({
  id: 'pod-security-labels',
  category: 'security',
  title: 'Namespaces enforce the restricted Pod Security standard',
  kinds: [kind('', 'v1', 'namespaces', 'Namespace')],
  offenders: fieldWhere(
    `!(${hasPath('object', 'metadata/labels')} && ${ENFORCE} in object.metadata.labels && object.metadata.labels[${ENFORCE}] == "restricted")`,
    'metadata/labels/pod-security.kubernetes.io~1enforce',
  ),
  message: 'is not "restricted": the API server lets every pod into the namespace',
  fix: 'add the label pod-security.kubernetes.io/enforce: restricted',
});
