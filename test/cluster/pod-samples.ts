import type { KubeObject } from './objects';

/** An object whose missing fields the API server fills in. */
export interface Sample {
  readonly name: string;
  readonly object: KubeObject;
}

export const namespace = 'defaulting';
export const labels = { app: 'sample' };
export const selector = { matchLabels: labels };
const container = { name: 'app', image: 'registry.invalid/app:1' };
const template = (spec: object): object => ({ metadata: { labels }, spec: { containers: [container], ...spec } });

export function sample(name: string, apiVersion: string, kind: string, body: object, scope = namespace): Sample {
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

export function claim(): object {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
}

export const pods: readonly Sample[] = [
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
  sample('pod, half given', 'v1', 'Pod', {
    spec: {
      containers: [
        {
          ...container,
          args: [],
          command: null,
          env: [{ name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }],
          resources: { limits: { cpu: 2, memory: 134217728 }, requests: { cpu: 0.25 } },
          readinessProbe: { exec: { command: ['true'] }, timeoutSeconds: 0, periodSeconds: 0 },
          livenessProbe: null,
        },
        { ...container, name: 'digest', image: `registry.invalid:5000/app@sha256:${'a'.repeat(64)}` },
        { ...container, name: 'latest', image: `registry.invalid:5000/app:latest@sha256:${'a'.repeat(64)}` },
        { ...container, name: 'bare', image: 'registry.invalid:5000/app', resources: { limits: { cpu: '0.0001' } } },
      ],
      initContainers: [{ ...container, name: 'first', resources: { limits: { cpu: '1500m', memory: '1e6' } } }],
      volumes: [
        { name: 'nothing' },
        { name: 'number', emptyDir: { sizeLimit: 1073741824 } },
        { name: 'text', emptyDir: { medium: 'Memory', sizeLimit: '0.5Gi' } },
        {
          name: 'projected',
          projected: {
            sources: [
              { downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
              {
                downwardAPI: {
                  items: [{ path: 'cpu', resourceFieldRef: { containerName: 'app', resource: 'limits.cpu' } }],
                },
              },
            ],
          },
        },
      ],
    },
  }),
  sample('pod, host network', 'v1', 'Pod', {
    spec: {
      hostNetwork: true,
      containers: [
        { ...container, ports: [{ containerPort: 8080 }, { containerPort: 9090, hostPort: 9090, protocol: 'UDP' }] },
      ],
    },
  }),
];

export const workloads: readonly Sample[] = [
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
  sample('deployment, half given', 'apps/v1', 'Deployment', {
    spec: {
      replicas: 0,
      selector,
      strategy: { type: 'RollingUpdate', rollingUpdate: null },
      template: template({
        containers: [
          {
            ...container,
            ports: [{ containerPort: 8080 }],
            resources: { limits: { cpu: 1, memory: '1.5Gi' } },
            livenessProbe: { httpGet: { port: 8080 } },
          },
        ],
        initContainers: [{ ...container, name: 'first', image: 'registry.invalid/first' }],
        hostNetwork: true,
        overhead: { cpu: 0.5 },
        runtimeClassName: 'other',
        serviceAccountName: 'sample',
        tolerations: [],
        volumes: [{ name: 'config', configMap: { name: 'settings', defaultMode: 0 } }],
      }),
    },
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
  sample('statefulset, half given', 'apps/v1', 'StatefulSet', {
    spec: {
      selector,
      serviceName: 'sample',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
      updateStrategy: { type: 'RollingUpdate' },
      template: template({ serviceAccount: 'sample' }),
    },
  }),
  sample('statefulset, rolling', 'apps/v1', 'StatefulSet', {
    spec: { selector, serviceName: 'sample', updateStrategy: { rollingUpdate: {} }, template: template({}) },
  }),
  sample('daemonset, half given', 'apps/v1', 'DaemonSet', {
    spec: { selector, updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }, template: template({}) },
  }),
  sample('daemonset, on delete', 'apps/v1', 'DaemonSet', {
    spec: { selector, updateStrategy: { type: 'OnDelete' }, template: template({}) },
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
  sample('job, per index', 'batch/v1', 'Job', {
    spec: {
      backoffLimitPerIndex: 1,
      completionMode: 'Indexed',
      completions: 4,
      podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
      template: template({ restartPolicy: 'Never' }),
    },
  }),
  sample('job, parallel', 'batch/v1', 'Job', {
    spec: { parallelism: 2, template: template({ restartPolicy: 'Never' }) },
  }),
  sample('cronjob, half given', 'batch/v1', 'CronJob', {
    spec: {
      schedule: '0 3 * * *',
      suspend: true,
      failedJobsHistoryLimit: 0,
      jobTemplate: { spec: { template: { spec: { containers: [container], restartPolicy: 'Never' } } } },
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
