import { broken, inSeconds, optional, seconds, type Context } from './context';
import type { ResolvedProbes, ResolvedRollout, ResolvedScaling } from './resolved-service';

/** Between the end of draining and SIGKILL; a preStop hook that overruns gets only 2 s extra. */
const SPARE = 5;
/** Scheduling, a node that has to be added, and pulling the image. */
const SCHEDULING = 60;

export interface Shutdown {
  readonly preStop: number;
  readonly drain: number;
  readonly grace: number;
}

/** From deletion to SIGKILL: leave the endpoint lists, finish what is in flight, exit. */
export function resolveShutdown(context: Context): Shutdown {
  const { spec, platform, decisions } = context;
  const own = spec.shutdown ?? {};
  const called = Object.keys(spec.ports ?? {}).length > 0;
  const preStop = decisions.settle(
    'shutdown.preStop',
    optional(own.preStop, seconds),
    called
      ? {
          value: seconds(platform.shutdown.preStop),
          source: 'platform',
          because: 'endpoint lists, proxies and load balancers need this long to forget a pod',
        }
      : { value: 0, source: 'derived', because: 'nobody calls it, so no endpoint list has to forget it' },
    inSeconds,
  );
  const drain = decisions.settle(
    'shutdown.drain',
    optional(own.drain, seconds),
    {
      value: seconds(platform.shutdown.drain),
      source: 'platform',
      because: 'time to finish what is in flight after SIGTERM',
    },
    inSeconds,
  );
  const needed = preStop + drain + SPARE;
  const grace = decisions.settle(
    'shutdown.grace',
    optional(own.grace, seconds),
    {
      value: needed,
      source: 'derived',
      because: `${preStop}s preStop + ${drain}s drain + ${SPARE}s spare before SIGKILL`,
    },
    inSeconds,
  );
  if (grace < needed) {
    broken(context, {
      code: 'grace-too-short',
      path: 'shutdown.grace',
      message: 'the process would be killed before it has finished what is in flight',
      got: inSeconds(grace),
      expected: `at least ${needed}s = ${preStop}s preStop + ${drain}s drain + ${SPARE}s spare`,
      fix: 'raise shutdown.grace, or shorten preStop or drain',
    });
  }
  return { preStop, drain, grace };
}

/** How old pods are replaced by new ones. */
export function resolveRollout(
  context: Context,
  probes: ResolvedProbes | null,
  scaling: ResolvedScaling,
  shutdown: Shutdown,
): ResolvedRollout {
  const { spec, platform, decisions, kind } = context;
  const own = spec.rollout ?? {};
  const strategy = kind === 'cache' ? 'Recreate' : 'RollingUpdate';
  decisions.record(
    'rollout.strategy',
    strategy,
    'locked',
    strategy === 'Recreate'
      ? 'two caches side by side would split the data'
      : 'maxUnavailable 0: capacity never falls below what is wanted while pods are replaced',
  );
  if (strategy === 'Recreate' && own.maxSurge !== undefined) {
    broken(context, {
      code: 'field-of-another-kind',
      path: 'rollout.maxSurge',
      message: 'a cache is replaced, never joined by a second pod',
      got: String(own.maxSurge),
      fix: 'remove rollout.maxSurge',
    });
  }
  const maxSurge =
    strategy === 'Recreate'
      ? 0
      : decisions.settle<string | number>('rollout.maxSurge', own.maxSurge, {
          value: platform.rollout.maxSurge,
          source: 'platform',
          because:
            'the rollout takes about as many waves as this fits into 100 %, and the quota holds this much on top',
        });
  const minReady = decisions.settle(
    'rollout.minReady',
    optional(own.minReady, seconds),
    {
      value: seconds(platform.rollout.minReady),
      source: 'platform',
      because: 'a pod that crashes in its first seconds stops the rollout',
    },
    inSeconds,
  );
  const start = probes ? probes.startup.period * probes.startup.failures : 0;
  const needed = start + minReady;
  const progressDeadline = decisions.settle(
    'rollout.progressDeadline',
    optional(own.progressDeadline, seconds),
    {
      value: needed + shutdown.grace + SCHEDULING,
      source: 'derived',
      because: `${start}s to start + ${minReady}s ready + ${shutdown.grace}s for room in the quota + ${SCHEDULING}s to schedule and pull; a bad version is reported then`,
    },
    inSeconds,
  );
  if (progressDeadline <= needed) {
    broken(context, {
      code: 'deadline-too-short',
      path: 'rollout.progressDeadline',
      message: 'a healthy version would be reported as failed',
      got: inSeconds(progressDeadline),
      expected: `more than ${needed}s = ${start}s to start + ${minReady}s ready`,
    });
  }
  decisions.record('rollout.history', platform.rollout.history, 'platform', 'versions that a rollback can still go to');
  return {
    strategy,
    maxSurge,
    surgePods: surgePods(maxSurge, scaling.max),
    minReady,
    progressDeadline,
    history: platform.rollout.history,
  };
}

/** Kubernetes rounds a surge percentage up, and never starts more new pods than are wanted. */
function surgePods(maxSurge: string | number, replicas: number): number {
  const pods = typeof maxSurge === 'number' ? maxSurge : Math.ceil((replicas * Number.parseInt(maxSurge, 10)) / 100);
  return Math.min(pods, replicas);
}
