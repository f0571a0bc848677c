import { deepFreeze } from '../../core/data';
import { always, asGiven, each, object, or, when, type Fields, type Fill } from './fill';

const hasAddress = ({ type }: Fields): boolean => type !== 'ExternalName';
const isBalanced = ({ type }: Fields): boolean => type === 'LoadBalancer';
const isReachedFromOutside = ({ type, externalIPs }: Fields): boolean =>
  type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && externalIPs !== undefined);

const THREE_HOURS = deepFreeze({ clientIP: { timeoutSeconds: 10_800 } });

const servicePort = object({
  protocol: or('TCP'),
  targetPort: (value, { port }) => (value === undefined || value === 0 || value === '' ? port : value),
});

/** What the server allots (addresses, node ports) is not known before it has. */
const service = object({
  type: or('ClusterIP'),
  sessionAffinity: or('None'),
  sessionAffinityConfig: when(({ sessionAffinity }) => sessionAffinity === 'ClientIP', or(THREE_HOURS)),
  ports: each(servicePort),
  externalTrafficPolicy: when(isReachedFromOutside, or('Cluster')),
  internalTrafficPolicy: when(hasAddress, or('Cluster')),
  allocateLoadBalancerNodePorts: when(isBalanced, or(true)),
});

const rules = each(object({ ports: each(object({ protocol: or('TCP') })) }));

const networkPolicy = object({
  podSelector: always(asGiven),
  ingress: rules,
  egress: rules,
  policyTypes: (value, { egress }) => value ?? (egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']),
});

export const network: Readonly<Record<string, Fill>> = {
  'v1/Service': object({ spec: service }),
  'discovery.k8s.io/v1/EndpointSlice': object({
    endpoints: each(object({ conditions: always(asGiven) })),
    ports: each(object({ name: or(''), protocol: or('TCP') })),
  }),
  'networking.k8s.io/v1/NetworkPolicy': object({ spec: networkPolicy }),
  'networking.k8s.io/v1/Ingress': asGiven,
};
