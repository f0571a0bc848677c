import fc from 'fast-check';
import type { PlatformProfile, ServiceSpec } from '../../lib';

/** Random platform profiles, and numbers of pods that fit to them; see `arbitrary-spec.ts`. */
export type Profile = Readonly<{
  zones: string[];
  namespaces: 'service' | 'team';
  cpuLimitRatio: number | false;
  mesh: boolean;
  keda: boolean;
  loadAfterLoss: number;
  highestTarget: number;
  floor: number;
  nodeLocal: boolean;
  shutdown: { preStop: number; drain: number };
  surge: number;
  minReady: number;
}>;

export const profile: fc.Arbitrary<Profile> = fc.record({
  zones: fc.integer({ min: 1, max: 4 }).map((count) => ['north', 'south', 'east', 'west'].slice(0, count)),
  namespaces: fc.constantFrom('service' as const, 'team' as const),
  cpuLimitRatio: fc.constantFrom<(number | false)[]>(false, 1, 1.5, 4, 10),
  mesh: fc.boolean(),
  keda: fc.boolean(),
  loadAfterLoss: fc.integer({ min: 40, max: 100 }),
  highestTarget: fc.integer({ min: 30, max: 90 }),
  floor: fc.integer({ min: 2, max: 5 }),
  nodeLocal: fc.boolean(),
  shutdown: fc.record({ preStop: fc.integer({ min: 0, max: 20 }), drain: fc.integer({ min: 0, max: 40 }) }),
  surge: fc.integer({ min: 1, max: 100 }),
  minReady: fc.integer({ min: 0, max: 20 }),
});

export const TEAMS = ['red', 'green', 'blue'];
const IDENTITY = { 'cloud.example.com/role': 'role/{identity}' };

export function profileOf(p: Profile): PlatformProfile {
  const tier = { minReplicas: p.floor };
  return {
    environments: { prod: {}, dev: {} },
    zones: p.zones,
    namespaces: p.namespaces,
    resources: { cpuLimitRatio: p.cpuLimitRatio },
    mesh: p.mesh ? { kind: 'istio', cni: true } : false,
    autoscaling: {
      zoneLossLoad: p.loadAfterLoss,
      highestTarget: p.highestTarget,
      keda: p.keda ? { prometheus: 'http://prometheus.monitoring:9090' } : false,
    },
    tiers: { critical: tier, standard: tier, 'best-effort': tier },
    network: { dns: { nodeLocal: p.nodeLocal ? '169.254.20.10' : false } },
    shutdown: { preStop: `${p.shutdown.preStop}s`, drain: `${p.shutdown.drain}s` },
    rollout: { maxSurge: `${p.surge}%`, minReady: `${p.minReady}s` },
    identityAnnotations: IDENTITY,
  };
}

/** Fewest pods whose survivors carry the peak, in whole numbers only. */
function carrying(peakRps: number, rpsPerPod: number, zoneCount: number, load: number): number {
  for (let pods = 1; ; pods += 1) {
    const left = zoneCount === 1 ? pods : pods - Math.ceil(pods / zoneCount);
    if (left * rpsPerPod * load >= peakRps * 100) return pods;
  }
}

/** Highest target that is safe at every number of pods. */
function safeTarget(min: number, max: number, { zones, loadAfterLoss, highestTarget }: Profile): number {
  let target = highestTarget;
  for (let pods = Math.max(2, min); zones.length > 1 && pods <= max; pods += 1) {
    const left = pods - Math.ceil(pods / zones.length);
    while (target * pods > loadAfterLoss * left) target -= 1;
  }
  return target;
}

interface Sizes {
  readonly traffic: ServiceSpec['traffic'];
  readonly autoscaling: ServiceSpec['autoscaling'];
  readonly replicas: number | undefined;
  readonly disruption: ServiceSpec['disruption'];
}

export function sizes(p: Profile): fc.Arbitrary<Sizes> {
  const metrics = fc.array(
    fc.record({
      type: fc.constantFrom('rps' as const, 'concurrency' as const, 'queue-depth' as const),
      query: fc.constantFrom('sum(rate(requests[1m]))', 'sum(queue{name="x"})'),
      perPod: fc.integer({ min: 1, max: 500 }),
    }),
    { minLength: 1, maxLength: 2 },
  );
  return fc
    .record({
      peak: fc.option(
        fc.record({ peakRps: fc.integer({ min: 1, max: 900 }), rpsPerPod: fc.integer({ min: 30, max: 90 }) }),
      ),
      p99: fc.option(fc.constantFrom('250ms' as const, '1s' as const)),
      fixed: fc.boolean(),
      min: fc.option(fc.integer({ min: 2, max: 12 })),
      above: fc.option(fc.integer({ min: 0, max: 30 })),
      below: fc.option(fc.nat(20)),
      metrics: fc.option(metrics),
      budget: fc.option(fc.nat(3)),
    })
    .map(({ peak, p99, fixed, min, above, below, metrics: asked, budget }) => {
      const needed = peak ? carrying(peak.peakRps, peak.rpsPerPod, p.zones.length, p.loadAfterLoss) : 0;
      const traffic = peak || p99 ? { ...peak, ...(p99 ? { p99 } : {}) } : undefined;
      const disruption = (pods: number | null) =>
        budget === null || pods === null ? undefined : { maxUnavailable: Math.min(pods - 1, budget + 1) };
      if (fixed) {
        const replicas = min === null ? null : Math.max(min, needed);
        return {
          traffic: min === null ? undefined : traffic,
          autoscaling: false as const,
          replicas: replicas ?? undefined,
          disruption: disruption(replicas),
        };
      }
      const max = min === null || above === null ? undefined : Math.max(min, needed) + above;
      // A target is set only where both ends are known.
      const cpuTarget = max === undefined || below === null ? undefined : Math.max(1, safeTarget(min!, max, p) - below);
      return {
        traffic,
        autoscaling: {
          ...(min === null ? {} : { min }),
          ...(max === undefined ? {} : { max }),
          ...(cpuTarget === undefined ? {} : { cpuTarget }),
          ...(asked && p.keda ? { metrics: asked } : {}),
        },
        replicas: undefined,
        disruption: disruption(min),
      };
    });
}
