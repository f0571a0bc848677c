import { claim, labels, namespace, pods, sample, selector, workloads, type Sample } from './pod-samples';

const metric = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } };
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'sample' };

const availability: Sample[] = [
  sample('autoscaler, least', 'autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef, maxReplicas: 5 },
  }),
  sample('autoscaler, behavior', 'autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      scaleTargetRef,
      minReplicas: 3,
      maxReplicas: 9,
      metrics: [metric],
      behavior: { scaleDown: { stabilizationWindowSeconds: 120 } },
    },
  }),
  sample('autoscaler, half given', 'autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      scaleTargetRef,
      maxReplicas: 9,
      metrics: [
        { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: 0.5 } } },
        {
          type: 'External',
          external: { metric: { name: 'queue' }, target: { type: 'Value', value: '1000' } },
        },
      ],
      behavior: {
        scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
        scaleDown: { selectPolicy: 'Disabled' },
      },
    },
  }),
  sample('autoscaler, empty behavior', 'autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef, maxReplicas: 5, metrics: [], behavior: {} },
  }),
  sample('autoscaler, first version', 'autoscaling/v1', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef, maxReplicas: 5 },
  }),
  sample('budget, least', 'policy/v1', 'PodDisruptionBudget', { spec: { selector } }),
  sample('budget, full', 'policy/v1', 'PodDisruptionBudget', {
    spec: { selector, maxUnavailable: '34%', unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  }),
  sample('priority class, least', 'scheduling.k8s.io/v1', 'PriorityClass', { value: 1000 }, ''),
];

const port = { port: 80 };
const network: Sample[] = [
  sample('service, least', 'v1', 'Service', { spec: { ports: [port] } }),
  sample('service, full', 'v1', 'Service', {
    spec: {
      selector: labels,
      ports: [{ name: 'http', port: 80, targetPort: 'http', appProtocol: 'http' }],
      sessionAffinity: 'ClientIP',
      trafficDistribution: 'PreferClose',
    },
  }),
  sample('service, headless', 'v1', 'Service', { spec: { clusterIP: 'None', selector: labels, ports: [port] } }),
  sample('service, load balancer', 'v1', 'Service', {
    spec: { type: 'LoadBalancer', selector: labels, ports: [port] },
  }),
  sample('service, node port', 'v1', 'Service', {
    spec: { type: 'NodePort', ports: [{ port: 53, protocol: 'UDP', targetPort: 0 }], externalTrafficPolicy: 'Local' },
  }),
  sample('service, external address', 'v1', 'Service', {
    spec: {
      externalIPs: ['192.0.2.1'],
      ports: [port],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    },
  }),
  sample('service, external name', 'v1', 'Service', { spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
  sample('endpoint slice, least', 'discovery.k8s.io/v1', 'EndpointSlice', {
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.1'] }],
    ports: [{ port: 80 }],
  }),
  sample('network policy, least', 'networking.k8s.io/v1', 'NetworkPolicy', { spec: {} }),
  sample('network policy, ingress', 'networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: selector, ingress: [{ from: [{ podSelector: selector }], ports: [{ port: 8080 }] }] },
  }),
  sample('network policy, egress', 'networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] },
  }),
  sample('network policy, denying', 'networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, ingress: [], egress: [] },
  }),
  sample('network policy, both', 'networking.k8s.io/v1', 'NetworkPolicy', {
    spec: {
      podSelector: selector,
      policyTypes: ['Egress'],
      ingress: [{}],
      egress: [{ ports: [{ port: 8080, endPort: 8090 }, {}], to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
    },
  }),
  sample('ingress, full', 'networking.k8s.io/v1', 'Ingress', {
    spec: {
      ingressClassName: 'sample',
      tls: [{ hosts: ['shop.example.com'], secretName: 'keys' }],
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'sample', port: { name: 'http' } } } },
            ],
          },
        },
      ],
    },
  }),
  sample('ingress, least', 'networking.k8s.io/v1', 'Ingress', {
    spec: { defaultBackend: { service: { name: 'sample', port: { number: 80 } } } },
  }),
];

const subject = { kind: 'ServiceAccount', name: 'sample', namespace };
const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const limit = { type: 'Container', max: { cpu: '2', memory: '1Gi' } };
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'sample' };
const validation = {
  matchConstraints: {
    resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }],
  },
  validations: [{ expression: 'object.spec.replicas > 1' }],
};

const tenancy: Sample[] = [
  sample('namespace, least', 'v1', 'Namespace', {}, ''),
  sample('service account, least', 'v1', 'ServiceAccount', {}),
  sample('config map, least', 'v1', 'ConfigMap', {}),
  sample('secret, least', 'v1', 'Secret', {}),
  sample('quota, least', 'v1', 'ResourceQuota', { spec: { hard: { pods: '10', 'requests.cpu': '0.5' } } }),
  sample('quota, numbers', 'v1', 'ResourceQuota', {
    spec: { hard: { pods: 10, 'requests.cpu': 0.5, 'limits.memory': 1073741824, 'requests.memory': '2048Mi' } },
  }),
  sample('limit range, min only', 'v1', 'LimitRange', {
    spec: { limits: [{ type: 'Container', min: { cpu: 0.1 }, default: { cpu: '1' }, max: { cpu: 2, memory: '1Gi' } }] },
  }),
  sample('limit range, pods', 'v1', 'LimitRange', { spec: { limits: [{ type: 'Pod', max: { cpu: '2000m' } }] } }),
  sample('limit range, max only', 'v1', 'LimitRange', { spec: { limits: [limit] } }),
  sample('limit range, default only', 'v1', 'LimitRange', {
    spec: { limits: [{ type: 'Container', default: { memory: '1Gi' } }] },
  }),
  sample('role, least', 'rbac.authorization.k8s.io/v1', 'Role', { rules }),
  sample('role binding, least', 'rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef, subjects: [subject] }),
  sample('role binding, people', 'rbac.authorization.k8s.io/v1', 'RoleBinding', {
    roleRef: { kind: 'Role', name: 'sample' },
    subjects: [{ kind: 'Group', name: 'team' }, { kind: 'User', name: 'ada' }, subject],
  }),
  sample('cluster role, least', 'rbac.authorization.k8s.io/v1', 'ClusterRole', { rules }, ''),
  sample(
    'cluster role binding, least',
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    { roleRef: { kind: 'ClusterRole', name: 'sample' }, subjects: [{ kind: 'Group', name: 'team' }] },
    '',
  ),
  sample(
    'admission policy, least',
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    { spec: validation },
    '',
  ),
  sample(
    'admission binding, least',
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    {
      spec: { policyName: 'sample', validationActions: ['Deny'] },
    },
    '',
  ),
];

const storage: Sample[] = [
  sample('claim, least', 'v1', 'PersistentVolumeClaim', { spec: claim() }),
  sample('claim, block', 'v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Block', resources: { requests: { storage: 1073741824 } } },
  }),
  sample('storage class, least', 'storage.k8s.io/v1', 'StorageClass', { provisioner: 'example.com/disk' }, ''),
  sample(
    'storage class, full',
    'storage.k8s.io/v1',
    'StorageClass',
    {
      provisioner: 'example.com/disk',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    },
    '',
  ),
];

/**
 * Objects whose missing fields the API server fills in. Of each kind there is one with as little as is valid, and one
 * or more that say what is optional, since a default often hangs on another field.
 */
export const samples: readonly Sample[] = [...pods, ...workloads, ...availability, ...network, ...tenancy, ...storage];
export const samplesNamespace = namespace;
