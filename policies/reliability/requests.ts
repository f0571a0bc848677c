import { formatCpu, formatMemory } from '../../lib/core/units';
import type { Manifest } from '../../lib/kube/manifest';
import { fieldAt, Quantity, recordAt, recordsAt, type Fields, type PodSource, type World } from '../../lib/policy';

/** What containers ask for and may not exceed, and what a quota counts. */
export type Resource = 'cpu' | 'memory';
export type Side = 'requests' | 'limits';

export const RESOURCES = ['cpu', 'memory'] as const;

/** 10^-9 of a core or byte, in which all sums are exact. */
export type Nano = bigint;

/** The smallest and largest that a LimitRange admits for a container, and what it fills in. */
export interface ContainerRange {
  readonly object: Manifest;
  readonly limits: Fields;
}

/** LimitRanges for containers in a namespace. */
export function containerRanges(world: World, namespace: string): readonly ContainerRange[] {
  return world
    .in(namespace, '', 'LimitRange')
    .flatMap((object) =>
      recordsAt(object, 'spec/limits').flatMap((limits) => (limits.type === 'Container' ? [{ object, limits }] : [])),
    );
}

/** What a container comes with after admission; undefined where nobody says anything. */
export function amountOf(
  container: Fields,
  side: Side,
  resource: Resource,
  ranges: readonly ContainerRange[],
): Nano | undefined {
  const limit = nano(container, `resources/limits/${resource}`);
  const filledLimit = firstOf(ranges, [`default/${resource}`, `max/${resource}`]);
  if (side === 'limits') return limit ?? filledLimit;
  // A limit without a request is the request too.
  return (
    nano(container, `resources/requests/${resource}`) ??
    limit ??
    firstOf(ranges, [`defaultRequest/${resource}`, `default/${resource}`, `max/${resource}`, `min/${resource}`])
  );
}

/**
 * What a pod is counted with: the larger of what runs together and of what the most demanding init container needs,
 * with the native sidecars that were started before it.
 */
export function podAmount(
  { spec }: PodSource,
  side: Side,
  resource: Resource,
  ranges: readonly ContainerRange[],
): Nano {
  const whole = nano(spec, `resources/${side}/${resource}`);
  const amount = (container: Fields): Nano => amountOf(container, side, resource, ranges) ?? 0n;
  let sidecars = 0n;
  let starting = 0n;
  for (const init of recordsAt(spec, 'initContainers')) {
    const needed = sidecars + amount(init);
    if (init.restartPolicy === 'Always') sidecars = needed;
    starting = needed > starting ? needed : starting;
  }
  const running = recordsAt(spec, 'containers').reduce((sum, container) => sum + amount(container), sidecars);
  const overhead = nano(recordAt(spec, 'overhead'), resource) ?? 0n;
  return (whole ?? (running > starting ? running : starting)) + overhead;
}

/** Undefined for what is no quantity. */
export function nano(data: unknown, path: string): Nano | undefined {
  const value = fieldAt(data, path);
  return typeof value === 'string' || typeof value === 'number' ? Quantity.parse(String(value))?.nano : undefined;
}

/** A number of cores or bytes as people write it. */
export function formatted(amount: Nano, resource: Resource): string {
  return resource === 'cpu' ? formatCpu(Number(amount / 1_000_000n)) : formatMemory(Number(amount / 1_000_000_000n));
}

function firstOf(ranges: readonly ContainerRange[], paths: readonly string[]): Nano | undefined {
  for (const { limits } of ranges) {
    for (const path of paths) {
      const found = nano(limits, path);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
