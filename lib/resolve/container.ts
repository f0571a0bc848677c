import { sortedEntries } from '../core/canonical';
import { formatCpu, formatMemory } from '../core/units';
import type { EnvironmentSpec } from '../spec/service-spec';
import { broken, bytes, millicores, optional, type Context } from './context';
import type { Images } from './images';
import type { ContainerResources, PodResources, ResolvedContainer } from './resolved-service';

type ResourcesSpec = EnvironmentSpec['resources'];

/** The container that the service is. */
export function mainContainer(context: Context, images: Images): ResolvedContainer {
  const { spec, name } = context;
  return {
    name,
    image: images.resolve(context, name, spec.image, 'image'),
    command: spec.command ?? [],
    args: spec.args ?? [],
    env: {},
    resources: containerResources(context, spec.resources, 'resources'),
  };
}

/** Containers beside the main one, in name order: init containers run in that order. */
export function sideContainers(context: Context, group: 'init' | 'sidecars', images: Images): ResolvedContainer[] {
  return sortedEntries(context.spec[group]).map(([name, spec]) => {
    const twin =
      name === context.name
        ? 'the main container'
        : group === 'init' && context.spec.sidecars?.[name]
          ? 'a sidecar'
          : undefined;
    if (twin !== undefined) {
      broken(context, {
        code: 'container-name-taken',
        path: `${group}.${name}`,
        message: `${twin} already has this name`,
        fix: 'give it another name',
      });
    }
    return {
      name,
      image: images.resolve(context, `${context.name}/${name}`, spec.image, `${group}.${name}.image`),
      command: spec.command ?? [],
      args: spec.args ?? [],
      env: Object.fromEntries(sortedEntries(spec.env).map(([key, value]) => [key, String(value)])),
      resources: containerResources(context, spec.resources, `${group}.${name}.resources`),
    };
  });
}

function containerResources(context: Context, spec: ResourcesSpec, path: string): ContainerResources {
  const { decisions, platform } = context;
  const defaults = platform.resources;
  const cpu = decisions.settle(
    `${path}.cpu`,
    optional(spec?.cpu, millicores),
    {
      value: millicores(defaults.cpu),
      source: 'platform',
      because: 'the profile’s request for a container that says nothing',
    },
    formatCpu,
  );
  const memory = decisions.settle(
    `${path}.memory`,
    optional(spec?.memory, bytes),
    {
      value: bytes(defaults.memory),
      source: 'platform',
      because: 'request and limit are the same: memory cannot be taken back without killing, so none is promised twice',
    },
    formatMemory,
  );
  const ratio = defaults.cpuLimitRatio;
  const cpuLimit = decisions.settle<number | null>(
    `${path}.cpuLimit`,
    spec?.cpuLimit === undefined ? undefined : spec.cpuLimit === false ? null : millicores(spec.cpuLimit),
    {
      value: ratio === false ? null : Math.ceil(cpu * ratio),
      source: 'platform',
      because:
        ratio === false
          ? 'the profile sets no CPU limits'
          : `${ratio} times the request: room for a burst, and a bulkhead at kernel level against a runaway process`,
    },
    (value) => (value === null ? 'none' : formatCpu(value)),
  );
  if (ratio === false && cpuLimit !== null) {
    broken(context, {
      code: 'cpu-limits-are-off',
      path: `${path}.cpuLimit`,
      message: 'the profile has CPU limits switched off, for every container or for none',
      got: formatCpu(cpuLimit),
      fix: 'remove cpuLimit',
    });
  }
  if (cpuLimit !== null && cpuLimit < cpu) {
    broken(context, {
      code: 'limit-below-request',
      path: `${path}.cpuLimit`,
      message: 'the CPU limit is lower than the request',
      got: formatCpu(cpuLimit),
      expected: `at least ${formatCpu(cpu)}`,
      fix: 'raise cpuLimit or lower cpu',
    });
  }
  return { cpu, cpuLimit, memory };
}

/** What the scheduler and the quota count for one pod: all that runs together, or the largest init container. */
export function podResources(
  context: Context,
  main: ResolvedContainer,
  init: readonly ResolvedContainer[],
  sidecars: readonly ResolvedContainer[],
): PodResources {
  const { mesh } = context.platform;
  const injected = mesh
    ? { cpu: millicores(mesh.proxy.cpu), cpuLimit: millicores(mesh.proxy.cpuLimit), memory: bytes(mesh.proxy.memory) }
    : null;
  const together = sum([
    main.resources,
    ...sidecars.map((container) => container.resources),
    ...(injected ? [injected] : []),
  ]);
  // A native sidecar starts before the init containers that follow it, so it may run beside any of them.
  const beside = sum([...sidecars.map((container) => container.resources), ...(injected ? [injected] : [])]);
  const starting = init.map((container) => sum([container.resources, beside]));
  return { ...[together, ...starting].reduce(larger), injected };
}

const NOTHING: ContainerResources = { cpu: 0, cpuLimit: 0, memory: 0 };

function sum(parts: readonly ContainerResources[]): ContainerResources {
  return parts.reduce(
    (total, part) => ({
      cpu: total.cpu + part.cpu,
      // One container without a limit leaves the pod without one.
      cpuLimit: total.cpuLimit === null || part.cpuLimit === null ? null : total.cpuLimit + part.cpuLimit,
      memory: total.memory + part.memory,
    }),
    NOTHING,
  );
}

/** The larger of two, field by field. */
export function larger(a: ContainerResources, b: ContainerResources): ContainerResources {
  return {
    cpu: Math.max(a.cpu, b.cpu),
    cpuLimit: a.cpuLimit === null || b.cpuLimit === null ? null : Math.max(a.cpuLimit, b.cpuLimit),
    memory: Math.max(a.memory, b.memory),
  };
}
