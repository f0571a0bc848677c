import { Chart, Testing, type ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as objects from '../../../lib/kube/objects';
import type { Container, DeploymentSpec, PodSpec } from '../../../lib/kube/pod';

/**
 * cdk8s-plus-28 drops fields that it does not know without a word, so every field that we emit is set here once and
 * must come out again.
 */

const META = { name: 'web', namespace: 'shop', labels: { a: 'b' }, annotations: { c: 'd' } };

function rendered(make: (scope: Construct) => ApiObject): Record<string, unknown> {
  const chart = new Chart(Testing.app(), 'test');
  return make(chart).toJson() as Record<string, unknown>;
}

const CONTAINER: Container = {
  name: 'web',
  image: 'web:1',
  command: ['a'],
  args: ['b'],
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  envFrom: [{ configMapRef: { name: 'env' } }],
  env: [
    { name: 'A', value: '1' },
    { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'B' } } },
  ],
  resources: { requests: { cpu: '100m', memory: '1Mi' }, limits: { cpu: '400m', memory: '1Mi' } },
  startupProbe: {
    httpGet: { path: '/', port: 'http', httpHeaders: [{ name: 'x', value: 'y' }] },
    periodSeconds: 1,
    timeoutSeconds: 1,
    failureThreshold: 1,
  },
  readinessProbe: { grpc: { port: 1, service: 's' }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1 },
  livenessProbe: {
    exec: { command: ['x'] },
    tcpSocket: { port: 'http' },
    periodSeconds: 1,
    timeoutSeconds: 1,
    failureThreshold: 1,
  },
  lifecycle: { preStop: { sleep: { seconds: 10 } } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
  volumeMounts: [{ name: 'v', mountPath: '/v', subPath: 's', readOnly: true }],
  restartPolicy: 'Always',
};

const POD: PodSpec = {
  serviceAccountName: 'web',
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  priorityClassName: 'p',
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 1,
    runAsGroup: 1,
    fsGroup: 1,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
  tolerations: [{ key: 'k', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 1 }],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      minDomains: 2,
      topologyKey: 't',
      whenUnsatisfiable: 'DoNotSchedule',
      nodeTaintsPolicy: 'Honor',
      labelSelector: { matchLabels: { a: 'b' } },
      matchLabelKeys: ['pod-template-hash'],
    },
  ],
  initContainers: [CONTAINER],
  containers: [CONTAINER],
  volumes: [
    { name: 'v', emptyDir: { sizeLimit: '1Mi', medium: 'Memory' } },
    { name: 'c', configMap: { name: 'c' } },
  ],
};

const DEPLOYMENT: DeploymentSpec = {
  replicas: 3,
  revisionHistoryLimit: 3,
  minReadySeconds: 10,
  progressDeadlineSeconds: 60,
  selector: { matchLabels: { a: 'b' } },
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
  template: { metadata: { labels: { a: 'b' } }, spec: POD },
};

const JOB = { backoffLimit: 2, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 60, template: DEPLOYMENT.template };

const CRON = {
  schedule: '0 3 * * *',
  timeZone: 'Etc/UTC',
  concurrencyPolicy: 'Forbid' as const,
  startingDeadlineSeconds: 300,
  successfulJobsHistoryLimit: 1,
  failedJobsHistoryLimit: 3,
  jobTemplate: { metadata: { labels: { a: 'b' } }, spec: JOB },
};

const BEHAVIOR = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max',
    policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
  },
};

test.each([
  ['Deployment', DEPLOYMENT, (scope: Construct) => objects.deployment(scope, 'x', META, DEPLOYMENT)],
  ['Job', JOB, (scope: Construct) => objects.job(scope, 'x', META, JOB)],
  ['CronJob', CRON, (scope: Construct) => objects.cronJob(scope, 'x', META, CRON)],
])('a %s comes out with every field that went in', (kind, spec, make) => {
  expect(rendered(make)).toMatchObject({ kind, metadata: META, spec });
});

const peer = { namespaceSelector: { matchLabels: { n: '1' } }, podSelector: { matchLabels: { p: '1' } } };
const block = { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } };
const ports = [{ port: 53, protocol: 'UDP' as const }];

test.each<[string, object, (scope: Construct) => ApiObject]>([
  ['Namespace', {}, (scope) => objects.namespace(scope, 'x', META)],
  [
    'ResourceQuota',
    { spec: { hard: { pods: '3', 'requests.cpu': '300m' } } },
    (scope) => objects.resourceQuota(scope, 'x', META, { hard: { pods: '3', 'requests.cpu': '300m' } }),
  ],
  [
    'LimitRange',
    {
      spec: {
        limits: [{ type: 'Container', max: { cpu: '1' }, default: { cpu: '1' }, defaultRequest: { cpu: '100m' } }],
      },
    },
    (scope) =>
      objects.limitRange(scope, 'x', META, {
        max: { cpu: '1' },
        default: { cpu: '1' },
        defaultRequest: { cpu: '100m' },
      }),
  ],
  ['ServiceAccount', { automountServiceAccountToken: false }, (scope) => objects.serviceAccount(scope, 'x', META)],
  [
    'ConfigMap',
    { immutable: true, data: { a: 'b' } },
    (scope) => objects.configMap(scope, 'x', META, { data: { a: 'b' } }),
  ],
  [
    'Role',
    { rules: [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['patch'] }] },
    (scope) =>
      objects.role(scope, 'x', META, {
        rules: [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['patch'] }],
      }),
  ],
  [
    'RoleBinding',
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'g' }],
    },
    (scope) => objects.roleBinding(scope, 'x', META, { role: 'r', group: 'g' }),
  ],
  [
    'PriorityClass',
    { value: 5, description: 'd' },
    (scope) => objects.priorityClass(scope, 'x', META, { value: 5, description: 'd' }),
  ],
  [
    'NetworkPolicy',
    {
      spec: {
        podSelector: { matchLabels: { a: 'b' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [peer], ports }],
        egress: [{ to: [block], ports }],
      },
    },
    (scope) =>
      objects.networkPolicy(scope, 'x', META, {
        pods: { a: 'b' },
        ingress: [{ peers: [peer], ports }],
        egress: [{ peers: [block], ports }],
      }),
  ],
  [
    'Service',
    {
      spec: {
        type: 'ClusterIP',
        clusterIP: 'None',
        selector: { a: 'b' },
        ports: [{ name: 'grpc', port: 1, targetPort: 'grpc', protocol: 'TCP', appProtocol: 'grpc' }],
      },
    },
    (scope) =>
      objects.service(scope, 'x', META, {
        selector: { a: 'b' },
        headless: true,
        ports: [{ name: 'grpc', port: 1, appProtocol: 'grpc' }],
      }),
  ],
  [
    'PodDisruptionBudget',
    { spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { a: 'b' } } } },
    (scope) => objects.podDisruptionBudget(scope, 'x', META, { selector: { a: 'b' }, maxUnavailable: 1 }),
  ],
  [
    'HorizontalPodAutoscaler',
    {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 3,
        maxReplicas: 9,
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: 'web',
              target: { type: 'Utilization', averageUtilization: 45 },
            },
          },
        ],
        behavior: BEHAVIOR,
      },
    },
    (scope) =>
      objects.horizontalPodAutoscaler(scope, 'x', META, {
        target: 'web',
        min: 3,
        max: 9,
        container: 'web',
        cpuTarget: 45,
        behavior: BEHAVIOR,
      }),
  ],
])('a %s comes out with every field that went in, and no other', (kind, fields, make) => {
  const { apiVersion, ...rest } = rendered(make);
  expect(apiVersion).toMatch(/v\d/);
  expect(rest).toEqual({ kind, metadata: META, ...fields });
});
