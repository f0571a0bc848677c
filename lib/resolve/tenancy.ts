import { formatCpu, formatMemory } from '../core/units';
import { bytes, millicores, type Context } from './context';
import { larger } from './container';
import type {
  ContainerResources,
  PodResources,
  ResolvedContainer,
  ResolvedRollout,
  ResolvedScaling,
  ResolvedTenancy,
} from './resolved-service';
import type { Shutdown } from './rollout';
import { lostWithZone } from './zones';

export interface Sizes {
  readonly scaling: ResolvedScaling;
  readonly rollout: ResolvedRollout;
  readonly shutdown: Shutdown;
  readonly pod: PodResources;
  readonly containers: readonly ResolvedContainer[];
}

/** What the namespace may hold: enough for the worst moment of this service, and no more. */
export function resolveTenancy(context: Context, sizes: Sizes): ResolvedTenancy {
  const { decisions, platform } = context;
  const { pods, formula } = podCount(context, sizes);
  decisions.record('tenancy.pods', pods, 'derived', formula);

  const { pod } = sizes;
  const cpu = pods * pod.cpu;
  const memory = pods * pod.memory;
  const cpuLimit = pod.cpuLimit === null ? null : pods * pod.cpuLimit;
  const injected = pod.injected ? ', the mesh proxy included' : '';
  decisions.record('tenancy.cpu', formatCpu(cpu), 'derived', `${pods} pods x ${formatCpu(pod.cpu)}${injected}`);
  decisions.record(
    'tenancy.memory',
    formatMemory(memory),
    'derived',
    `${pods} pods x ${formatMemory(pod.memory)}${injected}`,
  );
  decisions.record(
    'tenancy.cpuLimit',
    cpuLimit === null ? 'none' : formatCpu(cpuLimit),
    'derived',
    pod.cpuLimit === null
      ? 'a container has no CPU limit; a quota on limits would refuse its pod'
      : `${pods} pods x ${formatCpu(pod.cpuLimit)}${injected}`,
  );

  const ownLargest = sizes.containers.map((container) => container.resources).reduce(larger);
  const { cpu: defaultCpu, memory: defaultMemory, cpuLimitRatio } = platform.resources;
  const fallback: ContainerResources = {
    cpu: millicores(defaultCpu),
    // A default would give a limit to the very container that is to have none.
    cpuLimit:
      cpuLimitRatio === false || pod.cpuLimit === null ? null : Math.ceil(millicores(defaultCpu) * cpuLimitRatio),
    memory: bytes(defaultMemory),
  };
  const largest = [ownLargest, fallback, ...(pod.injected ? [pod.injected] : [])].reduce(larger);
  decisions.record(
    'tenancy.largest',
    `CPU ${largest.cpuLimit === null ? 'unlimited' : formatCpu(largest.cpuLimit)}, memory ${formatMemory(largest.memory)}`,
    'derived',
    `the largest container of the pod${injected}; a larger one is somebody’s mistake`,
  );
  return { pods, cpu, cpuLimit, memory, largest, fallback };
}

/** Pods at the worst moment, with the sum written out. */
function podCount(context: Context, { scaling, rollout, shutdown }: Sizes): { pods: number; formula: string } {
  const { kind, spec, zones } = context;
  if (kind === 'cron') {
    const runs = spec.job?.concurrency === 'Allow' ? 5 : 1;
    return { pods: 2 * runs, formula: `${runs} running + ${runs} still terminating` };
  }
  const jobs = spec.migrate ? 2 : 0;
  const migration = jobs > 0 ? ` + ${jobs} migration (one running, one terminating)` : '';
  if (rollout.strategy === 'Recreate') {
    return { pods: 2 + jobs, formula: `1 + 1 still terminating${migration}` };
  }
  const { max } = scaling;
  const surge = rollout.surgePods;
  // Each wave of a rollout waits minReady at least, so this many waves are terminating at once.
  const waves = Math.ceil(shutdown.grace / Math.max(1, rollout.minReady));
  const replaced = Math.min(max, surge * waves);
  // Pods on nodes that are gone stay "terminating" until the nodes are back or deleted.
  const stranded = lostWithZone(max, zones);
  return {
    pods: max + surge + replaced + stranded + jobs,
    formula: `${max} at most + ${surge} surge + ${replaced} still terminating (min(${max}, ${surge} x ${waves} waves within ${shutdown.grace}s)) + ${stranded} stranded in a lost zone${migration}`,
  };
}
