import type { Manifest } from '../lib/kube/manifest';
import {
  fieldAt,
  groupOf,
  namespaceOf,
  numberAt,
  recordAt,
  recordsAt,
  scaledCount,
  textAt,
  type PodSource,
  type World,
} from '../lib/policy';
import { grouped } from './grouped';

/** What moves the number of pods of a workload: a HorizontalPodAutoscaler, or a ScaledObject of KEDA. */
export interface Scaler {
  readonly object: Manifest;
  /** What it scales, as `group/kind/namespace/name`. */
  readonly targetKey: string;
  readonly target: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string };
  readonly min: number;
  readonly max: number;
  /** CPU targets in percent of the request. */
  readonly cpuTargets: readonly { readonly path: string; readonly percent: number }[];
}

/** Every scaler of the run. */
export function scalers(world: World): readonly Scaler[] {
  return world.derived(everyScaler);
}

/** Scalers of one workload. */
export function scalersOf(world: World, object: Manifest): readonly Scaler[] {
  return (
    world.derived(byTarget).get(keyOf(groupOf(object), object.kind, namespaceOf(object), object.metadata.name)) ?? []
  );
}

/** The fewest and the most pods that an object makes; undefined where the number of nodes decides. */
export function podCount(world: World, { object }: PodSource): { min: number; max: number } | undefined {
  const [scaler] = scalersOf(world, object);
  if (scaler) return { min: scaler.min, max: Math.max(scaler.min, scaler.max) };
  switch (object.kind) {
    case 'DaemonSet':
      return undefined;
    case 'Pod':
      return fixed(1);
    case 'Job':
      return fixed(numberAt(object, 'spec/parallelism') ?? 1);
    case 'CronJob':
      return fixed(numberAt(object, 'spec/jobTemplate/spec/parallelism') ?? 1);
    default:
      return fixed(numberAt(object, 'spec/replicas') ?? 1);
  }
}

/** Pods of one workload at once: all that there may be, and those that a rollout adds before it takes others away. */
export function mostPods(world: World, source: PodSource): number {
  const { object, carrier } = source;
  // A pod for each node: how many those are is not known here, but one is certain.
  const max = podCount(world, source)?.max ?? 1;
  if (carrier.kind === 'Deployment' && fieldAt(object, 'spec/strategy/type') !== 'Recreate')
    return max + surge(fieldAt(object, 'spec/strategy/rollingUpdate/maxSurge'), max);
  if (carrier.kind === 'Rollout') {
    const strategy = recordAt(object, 'spec/strategy');
    return max + (strategy.blueGreen === undefined ? surge(fieldAt(strategy, 'canary/maxSurge'), max) : max);
  }
  return max;
}

/** A quarter where nothing is said. */
function surge(value: unknown, pods: number): number {
  return scaledCount(value ?? '25%', pods) ?? 0;
}

function fixed(pods: number): { min: number; max: number } {
  return { min: pods, max: pods };
}

function everyScaler(world: World): Scaler[] {
  return [
    ...world.of('autoscaling', 'HorizontalPodAutoscaler').map((object) =>
      scaler(object, {
        kind: textAt(object, 'spec/scaleTargetRef/kind') ?? '',
        apiVersion: textAt(object, 'spec/scaleTargetRef/apiVersion') ?? '',
        min: numberAt(object, 'spec/minReplicas') ?? 1,
        max: numberAt(object, 'spec/maxReplicas') ?? 1,
        cpuTargets: cpuMetrics(object),
      }),
    ),
    // KEDA scales a Deployment between 0 and 100 where nothing else is said.
    ...world.of('keda.sh', 'ScaledObject').map((object) =>
      scaler(object, {
        kind: textAt(object, 'spec/scaleTargetRef/kind') ?? 'Deployment',
        apiVersion: textAt(object, 'spec/scaleTargetRef/apiVersion') ?? 'apps/v1',
        min: numberAt(object, 'spec/minReplicaCount') ?? 0,
        max: numberAt(object, 'spec/maxReplicaCount') ?? 100,
        cpuTargets: cpuTriggers(object),
      }),
    ),
  ];
}

type Read = Pick<Scaler, 'min' | 'max' | 'cpuTargets'> & { readonly kind: string; readonly apiVersion: string };

function scaler(object: Manifest, { kind, apiVersion, ...rest }: Read): Scaler {
  const target = {
    group: groupOf({ apiVersion }),
    kind,
    namespace: namespaceOf(object),
    name: textAt(object, 'spec/scaleTargetRef/name') ?? '',
  };
  return { object, target, targetKey: keyOf(target.group, kind, target.namespace, target.name), ...rest };
}

function cpuMetrics(object: Manifest): Scaler['cpuTargets'] {
  // autoscaling/v1 knows nothing but the CPU.
  const old = numberAt(object, 'spec/targetCPUUtilizationPercentage');
  return [
    ...(old === undefined ? [] : [{ path: 'spec/targetCPUUtilizationPercentage', percent: old }]),
    ...recordsAt(object, 'spec/metrics').flatMap((metric) => {
      const type = textAt(metric, 'type') ?? '';
      const field = type === 'ContainerResource' ? 'containerResource' : 'resource';
      const percent = numberAt(metric, `${field}/target/averageUtilization`);
      if (textAt(metric, `${field}/name`) !== 'cpu' || percent === undefined) return [];
      return [{ path: `spec/metrics[type=${type}]/${field}/target/averageUtilization`, percent }];
    }),
  ];
}

function cpuTriggers(object: Manifest): Scaler['cpuTargets'] {
  return recordsAt(object, 'spec/triggers').flatMap((trigger) => {
    const percent = Number(fieldAt(trigger, 'metadata/value'));
    const isShare = (textAt(trigger, 'metricType') ?? textAt(trigger, 'metadata/type')) === 'Utilization';
    if (textAt(trigger, 'type') !== 'cpu' || !isShare || Number.isNaN(percent)) return [];
    return [{ path: 'spec/triggers[type=cpu]/metadata/value', percent }];
  });
}

function byTarget(world: World): ReadonlyMap<string, readonly Scaler[]> {
  return grouped(scalers(world), ({ targetKey }) => targetKey);
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('/');
}
