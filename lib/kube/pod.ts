/**
 * The pod and its workloads as we emit them, field by field. cdk8s-plus-28 stops at the API of Kubernetes 1.28, which
 * has no `sleep` handler, and drops what it does not know; so these are our own types, of just the fields that we set.
 */

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Probe {
  readonly httpGet?: {
    readonly path: string;
    readonly port: string;
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly grpc?: { readonly port: number; readonly service?: string };
  readonly tcpSocket?: { readonly port: string };
  readonly exec?: { readonly command: readonly string[] };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number; readonly protocol: 'TCP' }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly env?: readonly EnvVar[];
  readonly resources: {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu?: string; readonly memory: string };
  };
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly capabilities: { readonly drop: readonly ['ALL'] };
    readonly readOnlyRootFilesystem: true;
  };
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
    readonly readOnly?: boolean;
  }[];
  /** `Always` on an init container makes it a native sidecar. */
  readonly restartPolicy?: 'Always';
}

export interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly sizeLimit: string; readonly medium?: 'Memory' };
  readonly configMap?: { readonly name: string };
}

export interface TopologySpreadConstraint {
  readonly maxSkew: number;
  readonly minDomains?: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly nodeTaintsPolicy: 'Honor';
  readonly labelSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly matchLabelKeys: readonly string[];
}

export interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: false;
  readonly enableServiceLinks: false;
  readonly priorityClassName: string;
  readonly restartPolicy: 'Always' | 'Never';
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: {
    readonly runAsNonRoot: true;
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly fsGroup: number;
    readonly seccompProfile: { readonly type: 'RuntimeDefault' };
  };
  readonly dnsConfig: { readonly options: readonly { readonly name: string; readonly value: string }[] };
  readonly tolerations: readonly {
    readonly key: string;
    readonly operator: 'Exists';
    readonly effect: 'NoExecute';
    readonly tolerationSeconds: number;
  }[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

export interface DeploymentSpec {
  readonly replicas?: number;
  readonly revisionHistoryLimit: number;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly strategy:
    | { readonly type: 'Recreate' }
    | {
        readonly type: 'RollingUpdate';
        readonly rollingUpdate: { readonly maxUnavailable: 0; readonly maxSurge: string | number };
      };
  readonly template: PodTemplate;
}

export interface JobSpec {
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly template: PodTemplate;
}

export interface CronJobSpec {
  readonly schedule: string;
  readonly timeZone: string;
  readonly concurrencyPolicy: 'Forbid' | 'Replace' | 'Allow';
  readonly startingDeadlineSeconds: number;
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
  readonly jobTemplate: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: JobSpec;
  };
}
