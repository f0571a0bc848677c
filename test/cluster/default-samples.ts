import type { KubeObject } from './objects';

/**
 * Objects whose missing fields the API server fills in. Of each kind there is one with as little as is valid, and one
 * or more that say what is optional, since a default often hangs on another field.
 */
export interface Sample {
  readonly name: string;
  readonly object: KubeObject;
}

const namespace = 'defaulting';
const labels = { app: 'sample' };
const selector = { matchLabels: labels };
const container = { name: 'app', image: 'registry.invalid/app:1' };
const template = (spec: object): object => ({ metadata: { labels }, spec: { containers: [container], ...spec } });

function sample(name: string, apiVersion: string, kind: string, body: object, scope = namespace): Sample {
  const metadata = { name: 'sample', ...(scope && { namespace: scope }) };
  return { name, object: { apiVersion, kind, metadata, ...body } };
}

const fullContainer = {
  ...container,
  imagePullPolicy: 'Never',
  ports: [
    { name: 'http', containerPort: 8080 },
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
  ],
  env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
  resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
  startupProbe: { httpGet: { port: 'http' } },
  readinessProbe: { grpc: { port: 8080 }, periodSeconds: 5 },
  livenessProbe: { tcpSocket: { port: 8080 }, timeoutSeconds: 3 },
  lifecycle: { preStop: { httpGet: { port: 'http' } } },
  securityContext: { runAsNonRoot: true },
  terminationMessagePolicy: 'FallbackToLogsOnError',
};

const volumes = [
  { name: 'scratch', emptyDir: {} },
  { name: 'config', configMap: { name: 'settings' } },
  { name: 'secret', secret: { secretName: 'keys' } },
  { name: 'facts', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
  { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  { name: 'host', hostPath: { path: '/var/empty' } },
  { name: 'own', ephemeral: { volumeClaimTemplate: { spec: claim() } } },
];

function claim(): object {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
}

const pods: Sample[] = [
  sample('pod, least', 'v1', 'Pod', { spec: { containers: [container] } }),
  sample('pod, floating tag', 'v1', 'Pod', { spec: { containers: [{ name: 'app', image: 'registry.invalid/app' }] } }),
  sample('pod, full', 'v1', 'Pod', {
    spec: {
      automountServiceAccountToken: false,
      containers: [fullContainer],
      initContainers: [{ ...container, name: 'proxy', restartPolicy: 'Always' }],
      priorityClassName: 'system-cluster-critical',
      terminationGracePeriodSeconds: 45,
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: selector,
        },
      ],
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 },
      ],
      volumes,
    },
  }),
];

const workloads: Sample[] = [
  sample('deployment, least', 'apps/v1', 'Deployment', { spec: { selector, template: template({}) } }),
  sample('deployment, full', 'apps/v1', 'Deployment', {
    spec: {
      replicas: 3,
      selector,
      minReadySeconds: 5,
      progressDeadlineSeconds: 300,
      revisionHistoryLimit: 3,
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template: template({ restartPolicy: 'Always', dnsPolicy: 'Default', schedulerName: 'other' }),
    },
  }),
  sample('deployment, recreate', 'apps/v1', 'Deployment', {
    spec: { selector, strategy: { type: 'Recreate' }, template: template({}) },
  }),
  sample('statefulset, least', 'apps/v1', 'StatefulSet', {
    spec: { selector, serviceName: 'sample', template: template({}) },
  }),
  sample('statefulset, full', 'apps/v1', 'StatefulSet', {
    spec: {
      selector,
      serviceName: 'sample',
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'OnDelete' },
      volumeClaimTemplates: [{ metadata: { name: 'rows' }, spec: claim() }],
      template: template({}),
    },
  }),
  sample('daemonset, least', 'apps/v1', 'DaemonSet', { spec: { selector, template: template({}) } }),
  sample('replicaset, least', 'apps/v1', 'ReplicaSet', { spec: { selector, template: template({}) } }),
  sample('job, least', 'batch/v1', 'Job', { spec: { template: template({ restartPolicy: 'Never' }) } }),
  sample('job, indexed', 'batch/v1', 'Job', {
    spec: {
      completions: 3,
      parallelism: 2,
      completionMode: 'Indexed',
      ttlSecondsAfterFinished: 60,
      template: template({ restartPolicy: 'OnFailure' }),
    },
  }),
  sample('cronjob, least', 'batch/v1', 'CronJob', {
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: template({ restartPolicy: 'Never' }) } } },
  }),
  sample('cronjob, full', 'batch/v1', 'CronJob', {
    spec: {
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 1,
      startingDeadlineSeconds: 60,
      jobTemplate: { spec: { template: template({ restartPolicy: 'Never' }) } },
    },
  }),
];

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
  sample('limit range, max only', 'v1', 'LimitRange', { spec: { limits: [limit] } }),
  sample('limit range, default only', 'v1', 'LimitRange', {
    spec: { limits: [{ type: 'Container', default: { memory: '1Gi' } }] },
  }),
  sample('role, least', 'rbac.authorization.k8s.io/v1', 'Role', { rules }),
  sample('role binding, least', 'rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef, subjects: [subject] }),
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
export const samples: readonly Sample[] = [...pods, ...workloads, ...availability, ...network, ...tenancy, ...storage];
export const samplesNamespace = namespace;
