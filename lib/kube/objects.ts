import type { ApiObject, ApiObjectProps } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PlainObject } from './plain-object';
import type { CronJobSpec, DeploymentSpec, JobSpec, ObjectMeta } from './pod';

/**
 * One function for each kind that we emit. Where the frozen cdk8s-plus-28 models all that we set, its typed objects
 * are used; for the rest, cdk8s `ApiObject` with our own types. Nobody outside this folder needs to know which.
 */
type Emit<Spec> = (scope: Construct, id: string, metadata: ObjectMeta, spec: Spec) => ApiObject;

export const namespace = (scope: Construct, id: string, metadata: ObjectMeta): ApiObject =>
  typed(scope, id, metadata, k8s.KubeNamespace.manifest());

export const resourceQuota: Emit<{ hard: Record<string, string> }> = (scope, id, metadata, { hard }) =>
  typed(scope, id, metadata, k8s.KubeResourceQuota.manifest({ spec: { hard: quantities(hard) } }));

interface ContainerLimits {
  readonly max: Record<string, string>;
  readonly default: Record<string, string>;
  readonly defaultRequest: Record<string, string>;
}

export const limitRange: Emit<ContainerLimits> = (scope, id, metadata, limits) =>
  typed(
    scope,
    id,
    metadata,
    k8s.KubeLimitRange.manifest({
      spec: {
        limits: [
          {
            type: 'Container',
            max: quantities(limits.max),
            default: quantities(limits.default),
            defaultRequest: quantities(limits.defaultRequest),
          },
        ],
      },
    }),
  );

export const serviceAccount = (scope: Construct, id: string, metadata: ObjectMeta): ApiObject =>
  typed(scope, id, metadata, k8s.KubeServiceAccount.manifest({ automountServiceAccountToken: false }));

/** Never changed in place: its name carries the hash of its data. */
export const configMap: Emit<{ data: Record<string, string> }> = (scope, id, metadata, { data }) =>
  typed(scope, id, metadata, k8s.KubeConfigMap.manifest({ immutable: true, data }));

export const role: Emit<{ rules: k8s.PolicyRule[] }> = (scope, id, metadata, { rules }) =>
  typed(scope, id, metadata, k8s.KubeRole.manifest({ rules }));

export const roleBinding: Emit<{ role: string; group: string }> = (scope, id, metadata, binding) =>
  typed(
    scope,
    id,
    metadata,
    k8s.KubeRoleBinding.manifest({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: binding.role },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: binding.group }],
    }),
  );

export const priorityClass: Emit<{ value: number; description: string }> = (
  scope,
  id,
  metadata,
  { value, description },
) => typed(scope, id, metadata, k8s.KubePriorityClass.manifest({ value, description }));

export interface PolicyPeer {
  readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyRule {
  readonly peers: readonly [PolicyPeer, ...PolicyPeer[]];
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}

interface NetworkPolicySpec {
  /** Labels of the pods concerned; empty: every pod of the namespace. */
  readonly pods: Readonly<Record<string, string>>;
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

/** Both directions are always policed; what no rule names is denied. */
export const networkPolicy: Emit<NetworkPolicySpec> = (scope, id, metadata, { pods, ingress, egress }) => {
  const ports = (rule: PolicyRule) =>
    rule.ports.map(({ port, protocol }) => ({ port: k8s.IntOrString.fromNumber(port), protocol }));
  return typed(
    scope,
    id,
    metadata,
    k8s.KubeNetworkPolicy.manifest({
      spec: {
        podSelector: Object.keys(pods).length === 0 ? {} : { matchLabels: { ...pods } },
        policyTypes: ['Ingress', 'Egress'],
        ...(ingress.length === 0
          ? {}
          : {
              ingress: ingress.map((rule) => ({
                from: [...rule.peers] as k8s.NetworkPolicyPeer[],
                ports: ports(rule),
              })),
            }),
        ...(egress.length === 0
          ? {}
          : { egress: egress.map((rule) => ({ to: [...rule.peers] as k8s.NetworkPolicyPeer[], ports: ports(rule) })) }),
      },
    }),
  );
};

interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly headless: boolean;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly appProtocol?: string }[];
}

export const service: Emit<ServiceSpec> = (scope, id, metadata, { selector, headless, ports }) =>
  typed(
    scope,
    id,
    metadata,
    k8s.KubeService.manifest({
      spec: {
        type: 'ClusterIP',
        ...(headless ? { clusterIp: 'None' } : {}),
        selector: { ...selector },
        ports: ports.map(({ name, port, appProtocol }) => ({
          name,
          port,
          targetPort: k8s.IntOrString.fromString(name),
          protocol: 'TCP',
          ...(appProtocol === undefined ? {} : { appProtocol }),
        })),
      },
    }),
  );

export const podDisruptionBudget: Emit<{ selector: Readonly<Record<string, string>>; maxUnavailable: number }> = (
  scope,
  id,
  metadata,
  { selector, maxUnavailable },
) =>
  typed(
    scope,
    id,
    metadata,
    k8s.KubePodDisruptionBudget.manifest({
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(maxUnavailable),
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: { ...selector } },
      },
    }),
  );

interface HorizontalPodAutoscalerSpec {
  readonly target: string;
  readonly min: number;
  readonly max: number;
  readonly container: string;
  readonly cpuTarget: number;
  readonly behavior: k8s.HorizontalPodAutoscalerBehaviorV2;
}

export const horizontalPodAutoscaler: Emit<HorizontalPodAutoscalerSpec> = (scope, id, metadata, spec) =>
  typed(
    scope,
    id,
    metadata,
    k8s.KubeHorizontalPodAutoscalerV2.manifest({
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: spec.target },
        minReplicas: spec.min,
        maxReplicas: spec.max,
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: spec.container,
              target: { type: 'Utilization', averageUtilization: spec.cpuTarget },
            },
          },
        ],
        behavior: spec.behavior,
      },
    }),
  );

export const deployment: Emit<DeploymentSpec> = (scope, id, metadata, spec) =>
  new PlainObject(scope, id, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: mutable(metadata), spec });

export const job: Emit<JobSpec> = (scope, id, metadata, spec) =>
  new PlainObject(scope, id, { apiVersion: 'batch/v1', kind: 'Job', metadata: mutable(metadata), spec });

export const cronJob: Emit<CronJobSpec> = (scope, id, metadata, spec) =>
  new PlainObject(scope, id, { apiVersion: 'batch/v1', kind: 'CronJob', metadata: mutable(metadata), spec });

interface ExternalSecretSpec {
  readonly refreshInterval: string;
  readonly secretStoreRef: { readonly name: string; readonly kind: string };
  readonly target: { readonly name: string; readonly creationPolicy: 'Owner' };
  readonly data: readonly {
    readonly secretKey: string;
    readonly remoteRef: { readonly key: string; readonly property?: string };
  }[];
}

export const externalSecret: Emit<ExternalSecretSpec> = (scope, id, metadata, spec) =>
  new PlainObject(scope, id, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: mutable(metadata),
    spec,
  });

interface ScaledObjectSpec {
  readonly scaleTargetRef: { readonly apiVersion: 'apps/v1'; readonly kind: 'Deployment'; readonly name: string };
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly fallback: {
    readonly failureThreshold: number;
    readonly replicas: number;
    readonly behavior: 'currentReplicasIfHigher';
  };
  readonly advanced: {
    readonly horizontalPodAutoscalerConfig: { readonly behavior: k8s.HorizontalPodAutoscalerBehaviorV2 };
  };
  readonly triggers: readonly {
    readonly type: 'cpu' | 'prometheus';
    readonly metricType: 'Utilization' | 'AverageValue';
    readonly metadata: Readonly<Record<string, string>>;
  }[];
}

export const scaledObject: Emit<ScaledObjectSpec> = (scope, id, metadata, spec) =>
  new PlainObject(scope, id, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: mutable(metadata),
    spec,
  });

/** An object that somebody else wrote, as it is. */
export function anyObject(scope: Construct, id: string, manifest: ApiObjectProps): ApiObject {
  return new PlainObject(scope, id, manifest);
}

export type ScalingBehavior = k8s.HorizontalPodAutoscalerBehaviorV2;

/** An object that cdk8s-plus-28 has put into the form that the API server knows: JSON from here on. */
function typed(scope: Construct, id: string, metadata: ObjectMeta, manifest: unknown): ApiObject {
  return new PlainObject(scope, id, { ...(manifest as ApiObjectProps), metadata: mutable(metadata) });
}

/** cdk8s keeps and extends the labels it is given, so it gets its own copy. */
function mutable(metadata: ObjectMeta) {
  const { name, namespace: inNamespace, labels, annotations } = metadata;
  return {
    name,
    ...(inNamespace === undefined ? {} : { namespace: inNamespace }),
    ...(labels === undefined ? {} : { labels: { ...labels } }),
    ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
  };
}

function quantities(values: Record<string, string>): { [key: string]: k8s.Quantity } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, k8s.Quantity.fromString(value)]));
}
