import { broken, type Context } from './context';
import type { ResolvedScaling } from './resolved-service';
import { lostWithZone, podsForPeak, roundUpToZones, zoneSafeTarget } from './zones';

/** From this many pods on a drain may take a quarter of them at a time. */
const QUARTER_FROM = 8;

/** How many pods there are, and what decides it. */
export function resolveScaling(context: Context): ResolvedScaling {
  const { kind, spec } = context;
  if (kind === 'cron') return { mode: 'fixed', min: 0, max: 0 };
  if (kind === 'cache') return single(context);
  if (spec.autoscaling === false) return fixed(context);
  if (spec.replicas !== undefined) {
    broken(context, {
      code: 'replicas-under-autoscaling',
      path: 'replicas',
      message: 'a fixed number of pods and an autoscaler would fight over the same field',
      got: String(spec.replicas),
      fix: 'set autoscaling: false, or use autoscaling.min and autoscaling.max',
    });
  }
  return autoscaled(context);
}

/** A cache has one pod, whatever else is said. */
function single(context: Context): ResolvedScaling {
  const { decisions, spec } = context;
  if (spec.replicas !== undefined && spec.replicas !== 1) {
    broken(context, {
      code: 'cache-is-single',
      path: 'replicas',
      message: 'a cache has one pod',
      got: String(spec.replicas),
      expected: '1',
      fix: 'remove replicas, or run a replicated store outside of this blueprint',
    });
  }
  decisions.record('replicas', 1, 'locked', 'a cache is one pod: two would each hold half of the truth');
  return { mode: 'fixed', min: 1, max: 1 };
}

function fixed(context: Context): ResolvedScaling {
  const replicas = context.decisions.settle('replicas', context.spec.replicas, derivedMin(context, true));
  checkFloor(context, replicas, 'replicas');
  checkPeak(context, replicas, 'replicas');
  return { mode: 'fixed', min: replicas, max: replicas };
}

function autoscaled(context: Context): ResolvedScaling {
  const { spec, platform, decisions, zones } = context;
  const own = spec.autoscaling === false ? {} : (spec.autoscaling ?? {});
  const smallest = derivedMin(context);
  const min = decisions.settle('autoscaling.min', own.min, {
    value: smallest.value,
    source: smallest.source,
    because: smallest.because,
  });
  const largest = derivedMax(context, min);
  const max = decisions.settle('autoscaling.max', own.max, {
    value: largest.value,
    source: largest.source,
    because: largest.because,
  });
  checkFloor(context, min, 'autoscaling.min');
  checkCeiling(context, min, max);

  const { highestTarget: highest, zoneLossLoad: load, keda } = platform.autoscaling;
  const safe = zoneSafeTarget({ min, max: Math.max(min, max), zones, highest, load });
  const because =
    safe.worst === null
      ? `${highest} is the profile’s highest target${zones === 1 ? '; with one zone there is no zone to lose' : ', and a lost zone allows it at every number of pods'}`
      : `at ${safe.worst} pods a lost zone takes ${lostWithZone(safe.worst, zones)}: ${load} % x ${safe.worst - lostWithZone(safe.worst, zones)}/${safe.worst} keeps the survivors at ${load} % of their request`;
  const cpuTarget = decisions.settle('autoscaling.cpuTarget', own.cpuTarget, {
    value: safe.target,
    source: 'derived',
    because,
  });
  if (cpuTarget > safe.target) {
    broken(context, {
      code: 'target-not-zone-safe',
      path: 'autoscaling.cpuTarget',
      message: `after a lost zone the survivors would run above ${load} % of their CPU request before new pods are there`,
      got: String(cpuTarget),
      expected: `at most ${safe.target} (${because})`,
      fix: 'lower cpuTarget, or raise autoscaling.min: more pods lose a smaller share',
    });
  }

  if (own.metrics === undefined) return { mode: 'hpa', min, max, cpuTarget };
  if (keda === false) {
    broken(context, {
      code: 'no-keda',
      path: 'autoscaling.metrics',
      message: 'scaling on Prometheus metrics needs KEDA, which the profile does not offer',
      fix: 'set autoscaling.keda in the profile, or scale on CPU only',
    });
    return { mode: 'hpa', min, max, cpuTarget };
  }
  decisions.record(
    'autoscaling.metrics',
    own.metrics.map((metric) => `${metric.type}: ${metric.perPod} per pod`),
    'spec',
    'KEDA takes whichever metric, CPU included, asks for most pods',
  );
  return { mode: 'keda', min, max, cpuTarget, metrics: own.metrics, prometheus: keda.prometheus };
}

interface Derived {
  readonly value: number;
  readonly source: 'tier' | 'derived';
  readonly because: string;
}

/** Pods that carry the stated peak with a zone lost; undefined without the facts. */
function peakPods({ spec, zones, platform }: Context): number | undefined {
  const { peakRps, rpsPerPod } = spec.traffic ?? {};
  if (peakRps === undefined || rpsPerPod === undefined) return undefined;
  return podsForPeak(peakRps, rpsPerPod, zones, platform.autoscaling.zoneLossLoad);
}

/** `alone`: no autoscaler will add what the peak needs. */
function derivedMin(context: Context, alone = false): Derived {
  const { tier, tierSettings, zones, spec, platform } = context;
  const floor = tierSettings.minReplicas;
  const rounded = roundUpToZones(floor, zones);
  const peak = peakPods(context);
  if ((tier === 'critical' || alone) && peak !== undefined && peak > floor) {
    const value = roundUpToZones(peak, zones);
    return {
      value,
      source: 'derived',
      because: `${spec.traffic!.peakRps} rps at ${spec.traffic!.rpsPerPod} per pod still fit with a zone lost and ${platform.autoscaling.zoneLossLoad} % load: ${peak} pods, rounded up to a multiple of ${zones} zones; ${alone ? 'no autoscaler will add any' : 'a critical service does not wait for the autoscaler'}`,
    };
  }
  if (rounded === floor) return { value: floor, source: 'tier', because: `floor of tier ${tier}` };
  return {
    value: rounded,
    source: 'derived',
    because: `floor of tier ${tier} is ${floor}, rounded up to a multiple of ${zones} zones`,
  };
}

function derivedMax(context: Context, min: number): Derived {
  const { tier, tierSettings, zones, spec } = context;
  const ceiling = tierSettings.maxReplicas;
  const peak = peakPods(context);
  const needed = Math.max(min, peak === undefined ? 0 : roundUpToZones(2 * peak, zones));
  if (needed <= ceiling) return { value: ceiling, source: 'tier', because: `ceiling of tier ${tier}` };
  return {
    value: needed,
    source: 'derived',
    because:
      peak === undefined
        ? `the smallest number is already above the ceiling of tier ${tier}`
        : `twice what ${spec.traffic!.peakRps} rps need with a zone lost (${peak} pods), for a peak that nobody expected`,
  };
}

/** With one pod, losing a node is losing the service. */
function checkFloor(context: Context, pods: number, path: string): void {
  if (pods >= 2 || context.zones === 1 || context.tier === 'best-effort') return;
  broken(context, {
    code: 'too-few-replicas',
    path,
    message: `a ${context.tier} service with one pod is gone with its node, and no budget can protect it from a drain`,
    got: String(pods),
    expected: 'at least 2',
    fix: `raise ${path}, or make the service best-effort if it may be away`,
  });
}

function checkCeiling(context: Context, min: number, max: number): void {
  if (max < min) {
    broken(context, {
      code: 'max-below-min',
      path: 'autoscaling.max',
      message: 'the largest number of pods is below the smallest',
      got: String(max),
      expected: `at least ${min}`,
      fix: 'raise autoscaling.max or lower autoscaling.min',
    });
  }
  checkPeak(context, max, 'autoscaling.max');
}

function checkPeak(context: Context, pods: number, path: string): void {
  const peak = peakPods(context);
  if (peak === undefined || pods >= peak) return;
  broken(context, {
    code: 'max-below-peak',
    path,
    message: `the stated peak of ${context.spec.traffic!.peakRps} rps does not fit with a zone lost`,
    got: String(pods),
    expected: `at least ${peak}`,
    fix: `raise ${path}, or correct traffic`,
  });
}

/** Pods that a drain may take at a time; null where a budget could only deadlock a drain. */
export function resolveDisruption(context: Context, scaling: ResolvedScaling): { maxUnavailable: number } | null {
  const { kind, spec, decisions } = context;
  if (kind === 'cron') return null;
  if (scaling.min < 2) {
    decisions.record('disruption', 'none', 'derived', 'a budget on a single pod would block every drain for ever');
    if (spec.disruption) {
      broken(context, {
        code: 'budget-without-spare',
        path: 'disruption',
        message: 'a disruption budget needs at least 2 pods',
        got: String(scaling.min),
        fix: 'remove disruption, or raise the number of pods',
      });
    }
    return null;
  }
  const quarter = scaling.min >= QUARTER_FROM ? Math.floor(scaling.min / 4) : 1;
  const maxUnavailable = decisions.settle('disruption.maxUnavailable', spec.disruption?.maxUnavailable, {
    value: quarter,
    source: 'derived',
    because:
      quarter === 1
        ? `one at a time of at least ${scaling.min}; a drain always gets on, because one may always go`
        : `a quarter of at least ${scaling.min} pods, so that draining a large service does not take hours`,
  });
  if (maxUnavailable >= scaling.min) {
    broken(context, {
      code: 'budget-allows-all',
      path: 'disruption.maxUnavailable',
      message: 'a drain could take every pod at once',
      got: String(maxUnavailable),
      expected: `at most ${scaling.min - 1}`,
    });
  }
  return { maxUnavailable };
}
