import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { SERVICE } from '../kinds';

export const serviceType = objectPolicy({
  id: 'service-type',
  category: 'networking',
  title: 'Only the edge has Services that are reached from outside the cluster',
  kinds: [SERVICE],
  parameters: { namespaces: ['gateway'] },
  variables: {
    outward: `${hasPath('object', 'spec/type')} && object.spec.type in ["NodePort", "LoadBalancer"]`,
    edge: `has(object.metadata.namespace) && object.metadata.namespace in variables.namespaces`,
  },
  offenders: fieldWhere('variables.outward && !variables.edge', 'spec/type'),
  message: 'opens the service to callers outside the cluster, past TLS, WAF and rate limits of the edge',
  fix: 'use ClusterIP and an HTTPRoute or Ingress at the edge',
  mend: (path) => [{ op: 'replace', path, value: 'ClusterIP' }],
});
