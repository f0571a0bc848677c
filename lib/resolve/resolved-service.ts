import type { Protocol, ServiceKind, ServiceSpec, Tier } from '../spec/service-spec';
import type { Decision } from './decision';

/**
 * A service with every number decided. Nothing is optional here: what does not apply is null, so that the constructs
 * that read it never compute a default. Times are whole seconds unless a name says otherwise, CPU is millicores,
 * memory is bytes.
 */
export interface ResolvedService extends OwnFacts, Edges {
  readonly decisions: readonly Decision[];
}

/** What follows from a service's own spec and the platform. */
export interface OwnFacts {
  readonly name: string;
  readonly fleet: string;
  readonly environment: string;
  readonly team: string;
  readonly tier: Tier;
  readonly kind: ServiceKind;
  readonly namespace: { readonly name: string; readonly scope: 'service' | 'team' };
  readonly labels: Readonly<Record<string, string>>;
  /** Frozen: a Deployment's selector can never be changed. */
  readonly selector: Readonly<Record<string, string>>;
  readonly main: ResolvedContainer;
  readonly init: readonly ResolvedContainer[];
  readonly sidecars: readonly ResolvedContainer[];
  readonly ports: readonly ResolvedPort[];
  readonly headless: boolean;
  readonly configData: Readonly<Record<string, string>>;
  readonly files: readonly { readonly path: string; readonly key: string; readonly content: string }[];
  readonly secrets: readonly { readonly env: string; readonly key: string; readonly property: string | null }[];
  readonly secretStore: { readonly name: string; readonly kind: string; readonly refreshSeconds: number };
  readonly volumes: readonly ResolvedVolume[];
  readonly probes: ResolvedProbes | null;
  readonly runAsUser: number;
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  readonly teamGroup: string;
  readonly priorityClass: string;
  readonly nodeLossTolerance: number;
  readonly spread: { readonly zone: { readonly minDomains: number | null } | null };
  readonly shutdown: { readonly preStop: number; readonly drain: number; readonly grace: number };
  readonly rollout: ResolvedRollout;
  readonly scaling: ResolvedScaling;
  readonly disruption: { readonly maxUnavailable: number } | null;
  readonly pod: PodResources;
  readonly tenancy: ResolvedTenancy;
  readonly cron: ResolvedCron | null;
  readonly migrate: ResolvedMigration | null;
  readonly slo: NonNullable<ServiceSpec['slo']> | null;
  readonly traffic: {
    readonly peakRps: number | null;
    readonly rpsPerPod: number | null;
    readonly p99Ms: number | null;
  };
  readonly overrides: readonly ResolvedOverride[];
  readonly extra: NonNullable<ServiceSpec['extra']>;
  /** What a person should know and no object says. */
  readonly notes: readonly string[];
}

/** What follows from the call graph, with the facts of both ends known. */
export interface Edges {
  readonly calls: readonly ResolvedCall[];
  readonly externals: readonly ResolvedExternal[];
  /** Names of the services that call this one. */
  readonly callers: readonly string[];
  readonly network: { readonly ingress: readonly NetworkRule[]; readonly egress: readonly NetworkRule[] };
}

export interface ResolvedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface ResolvedContainer {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly resources: ContainerResources;
}

export interface ContainerResources {
  readonly cpu: number;
  readonly cpuLimit: number | null;
  readonly memory: number;
}

/** What one pod takes out of the quota: the larger of start-up (init containers) and running (all others). */
export interface PodResources extends ContainerResources {
  /** Requests of what the mesh injects, contained in the sums. */
  readonly injected: ContainerResources | null;
}

export interface ResolvedVolume {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly medium: 'disk' | 'memory';
}

export type ProbeCheck =
  | {
      readonly type: 'http';
      readonly path: string;
      readonly port: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'grpc'; readonly port: number; readonly service: string }
  | { readonly type: 'tcp'; readonly port: string }
  | { readonly type: 'exec'; readonly command: readonly string[] };

export interface ResolvedProbe {
  readonly check: ProbeCheck;
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
}

export interface ResolvedProbes {
  readonly startup: ResolvedProbe;
  readonly readiness: ResolvedProbe;
  readonly liveness: ResolvedProbe;
}

export interface ResolvedRollout {
  readonly strategy: 'RollingUpdate' | 'Recreate';
  readonly maxSurge: string | number;
  /** `maxSurge` in pods, at most replicas. */
  readonly surgePods: number;
  readonly minReady: number;
  readonly progressDeadline: number;
  readonly history: number;
}

export interface MetricTarget {
  readonly type: 'rps' | 'concurrency' | 'queue-depth';
  readonly query: string;
  readonly perPod: number;
}

export type ResolvedScaling =
  | { readonly mode: 'fixed'; readonly min: number; readonly max: number }
  | { readonly mode: 'hpa'; readonly min: number; readonly max: number; readonly cpuTarget: number }
  | {
      readonly mode: 'keda';
      readonly min: number;
      readonly max: number;
      readonly cpuTarget: number;
      readonly metrics: readonly MetricTarget[];
      readonly prometheus: string;
    };

export interface ResolvedTenancy {
  readonly pods: number;
  readonly cpu: number;
  readonly cpuLimit: number | null;
  readonly memory: number;
  /** Largest container that the LimitRange must accept. */
  readonly largest: ContainerResources;
  /** What a container gets that says nothing. */
  readonly fallback: ContainerResources;
}

export interface ResolvedCron {
  readonly schedule: string;
  readonly timeZone: string;
  readonly concurrency: 'Forbid' | 'Replace' | 'Allow';
  readonly deadline: number;
  readonly startingDeadline: number;
  readonly retries: number;
}

export interface ResolvedMigration {
  readonly command: readonly string[];
  readonly deadline: number;
  readonly retries: number;
}

export interface ResolvedOverride {
  readonly kind: string;
  readonly name: string | null;
  readonly patch: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

export interface ResolvedCall {
  readonly callee: string;
  readonly host: string;
  readonly port: number;
  readonly portName: string | null;
  readonly protocol: Protocol;
  readonly timeoutMs: number;
  readonly idempotent: boolean;
  readonly need: 'hard' | 'soft';
  readonly fallback: string | null;
  readonly env: string;
}

export interface ResolvedExternal {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly need: 'hard' | 'soft';
  readonly fallback: string | null;
}

export type NetworkPeer =
  | { readonly type: 'pods'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly type: 'cidr'; readonly cidr: string; readonly except: readonly string[] };

/** One direction of traffic that is allowed; everything else is denied. Never without a peer or a port. */
export interface NetworkRule {
  /** Who it is, for people. */
  readonly peer: string;
  readonly to: NetworkPeer;
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}
