import {
  cache,
  codes,
  cron,
  decision,
  only,
  problemsOf,
  profileOf,
  rendered,
  resolved,
  resolvedSpec,
  spec,
  worker,
  zones,
} from '../fleet/fleets';

const keda = profileOf({ autoscaling: { keda: { prometheus: 'http://prometheus:9090' } } });
const metrics = [{ type: 'rps' as const, query: 'sum(rate(http[1m]))', perPod: 50 }];

describe('the range of replicas', () => {
  test.each([
    ['critical', 1, 3],
    ['critical', 2, 4],
    ['critical', 3, 3],
    ['critical', 4, 4],
    ['standard', 3, 3],
    ['best-effort', 1, 2],
    ['best-effort', 3, 3],
  ] as const)('starts for tier %s in %i zones at %i', (tier, count, min) => {
    const { scaling } = resolved({ tier, accepts: 'any' }, profileOf({ zones: zones(count) }));
    expect(scaling).toMatchObject({ mode: 'hpa', min, max: 20 });
  });

  test('starts at the floor of the profile, rounded up to a multiple of the zones', () => {
    const service = resolved({}, profileOf({ tiers: { standard: { minReplicas: 4, maxReplicas: 9 } } }));
    expect(service.scaling).toMatchObject({ min: 6, max: 9 });
    expect(decision(service, 'autoscaling.min')).toMatchObject({ source: 'derived', value: 6 });
    expect(decision(service, 'autoscaling.min').because).toContain('floor of tier standard is 4');
    expect(decision(service, 'autoscaling.max')).toMatchObject({ source: 'tier', value: 9 });
  });

  test('never ends below where it starts', () => {
    expect(resolved({}, profileOf({ tiers: { standard: { minReplicas: 30 } } })).scaling).toMatchObject({
      min: 30,
      max: 30,
    });
    expect(resolved({ autoscaling: { min: 25 } }).scaling).toMatchObject({ min: 25, max: 25 });
  });

  test('of a critical service starts at what carries the peak with a zone lost', () => {
    const traffic = { peakRps: 800, rpsPerPod: 90 };
    expect(resolved({ tier: 'critical', accepts: 'any', traffic }).scaling).toMatchObject({ min: 15, max: 30 });
    // The others wait for the autoscaler, which must have the room.
    expect(resolved({ traffic }).scaling).toMatchObject({ min: 3, max: 30 });
    expect(resolved({ traffic: { peakRps: 80, rpsPerPod: 90 } }).scaling).toMatchObject({ min: 3, max: 20 });
  });

  test('follows nothing from a peak whose share for one pod is unknown, and says so', () => {
    const service = resolved({ tier: 'critical', accepts: 'any', traffic: { peakRps: 800 } });
    expect(service.scaling).toMatchObject({ min: 3, max: 20 });
    expect(service.notes.join()).toContain('rpsPerPod');
  });

  test('can be set, and then says what it would have been', () => {
    const service = resolved({ autoscaling: { min: 6, max: 8 } });
    expect(service.scaling).toMatchObject({ min: 6, max: 8 });
    const { because, source } = decision(service, 'autoscaling.min');
    expect([source, because]).toEqual(['spec', expect.stringContaining('instead of 3 (floor of tier standard)')]);
  });

  test.each([
    ['max below min', { autoscaling: { min: 8, max: 4 } }, 'max-below-min autoscaling.max', '4', 'at least 8'],
    ['one pod', { autoscaling: { min: 1 } }, 'too-few-replicas autoscaling.min', '1', 'at least 2'],
    [
      'a max that does not carry the peak',
      { autoscaling: { max: 14 }, traffic: { peakRps: 800, rpsPerPod: 90 } },
      'max-below-peak autoscaling.max',
      '14',
      'at least 15',
    ],
  ])('is refused with %s', (_, changes, code, got, expected) => {
    const problems = problemsOf(spec(changes));
    expect(codes(problems)).toEqual([code]);
    expect(problems[0]).toMatchObject({ kind: 'rule', subject: 'app', got, expected, fix: expect.any(String) });
  });

  test('may start at one pod where there is one zone or the service may be away', () => {
    expect(problemsOf(spec({ autoscaling: { min: 1 } }), profileOf({ zones: ['here'] }))).toEqual([]);
    expect(problemsOf(spec({ tier: 'best-effort', autoscaling: { min: 1 } }))).toEqual([]);
  });
});

describe('the CPU target', () => {
  test.each([
    [1, 70],
    [2, 36],
    [3, 45],
    [4, 54],
  ])('in %i zones is %i %%', (count, target) => {
    const service = resolved({}, profileOf({ zones: zones(count) }));
    expect(service.scaling).toMatchObject({ cpuTarget: target });
    expect(decision(service, 'autoscaling.cpuTarget').value).toBe(target);
  });

  test('is explained by the number of pods at which a lost zone hurts most', () => {
    expect(decision(resolved(), 'autoscaling.cpuTarget').because).toBe(
      'at 4 pods a lost zone takes 2: 90 % x 2/4 keeps the survivors at 90 % of their request',
    );
    const single = resolved({}, profileOf({ zones: ['here'] }));
    expect(decision(single, 'autoscaling.cpuTarget').because).toContain('no zone to lose');
  });

  test('may be lower than what is safe, but not higher', () => {
    expect(resolved({ autoscaling: { cpuTarget: 40 } }).scaling).toMatchObject({ cpuTarget: 40 });
    expect(problemsOf(spec({ autoscaling: { cpuTarget: 45 } }))).toEqual([]);
    const problem = only(problemsOf(spec({ autoscaling: { cpuTarget: 46 } })), 'target-not-zone-safe');
    expect(problem).toMatchObject({ path: 'autoscaling.cpuTarget', got: '46', kind: 'rule' });
    expect(problem.expected).toMatch(/^at most 45 \(at 4 pods/);
  });

  test('stays within the profile', () => {
    const { scaling } = resolved({}, profileOf({ autoscaling: { highestTarget: 33, zoneLossLoad: 100 } }));
    expect(scaling).toMatchObject({ cpuTarget: 33 });
  });
});

describe('the autoscaler', () => {
  test('owns the number of pods: the Deployment has none', () => {
    const manifests = rendered(spec());
    expect(manifests.one('Deployment').spec).not.toHaveProperty('replicas');
    manifests.has('HorizontalPodAutoscaler', {
      apiVersion: 'autoscaling/v2',
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' },
        minReplicas: 3,
        maxReplicas: 20,
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: 'app',
              target: { type: 'Utilization', averageUtilization: 45 },
            },
          },
        ],
        behavior: {
          scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max' },
          scaleDown: { stabilizationWindowSeconds: 300 },
        },
      },
    });
  });

  test('is KEDA where metrics are asked for, and then there is no second one', () => {
    const manifests = rendered(spec({ autoscaling: { metrics } }), keda);
    manifests.hasNo('HorizontalPodAutoscaler');
    manifests.has('ScaledObject', {
      spec: {
        minReplicaCount: 3,
        maxReplicaCount: 20,
        fallback: { replicas: 3, behavior: 'currentReplicasIfHigher' },
        triggers: [
          { type: 'cpu', metricType: 'Utilization', metadata: { containerName: 'app', value: '45' } },
          {
            type: 'prometheus',
            metadata: {
              serverAddress: 'http://prometheus:9090',
              query: 'sum(rate(http[1m]))',
              threshold: '50',
              ignoreNullValues: 'false',
            },
          },
        ],
      },
    });
    expect(manifests.one('Deployment').spec).not.toHaveProperty('replicas');
  });

  test('cannot follow metrics where the profile has no KEDA', () => {
    expect(codes(problemsOf(spec({ autoscaling: { metrics } })))).toEqual(['no-keda autoscaling.metrics']);
  });

  test('can be switched off for a fixed number, which the Deployment then names', () => {
    const manifests = rendered(spec({ autoscaling: false, replicas: 4 }));
    manifests.hasNo('HorizontalPodAutoscaler');
    manifests.has('Deployment', { spec: { replicas: 4 } });
    rendered(spec({ autoscaling: false })).has('Deployment', { spec: { replicas: 3 } });
  });

  test('and a fixed number do not go together', () => {
    expect(codes(problemsOf(spec({ replicas: 4 })))).toEqual(['replicas-under-autoscaling replicas']);
  });
});

describe('a fixed number of pods', () => {
  test('must be two at least', () => {
    expect(codes(problemsOf(spec({ autoscaling: false, replicas: 1 })))).toEqual(['too-few-replicas replicas']);
  });

  test('comes from the tier when the spec says nothing, and its Decision says so', () => {
    expect(decision(resolved({ autoscaling: false }), 'replicas')).toMatchObject({ value: 3, source: 'tier' });
  });

  test('must carry the stated peak with a zone lost, as an autoscaled one must', () => {
    const traffic = { peakRps: 800, rpsPerPod: 90 };
    expect(codes(problemsOf(spec({ autoscaling: false, replicas: 4, traffic })))).toEqual(['max-below-peak replicas']);
    expect(problemsOf(spec({ autoscaling: false, replicas: 15, traffic }))).toEqual([]);
  });

  test('derived from a stated peak carries it', () => {
    const traffic = { peakRps: 800, rpsPerPod: 90 };
    expect(resolved({ autoscaling: false, traffic }).scaling).toEqual({ mode: 'fixed', min: 15, max: 15 });
  });
});

describe('kinds', () => {
  test('a worker scales like a service', () => {
    expect(resolvedSpec(worker()).scaling).toMatchObject({ mode: 'hpa', min: 3, max: 20 });
  });

  test('a cache is one pod, without an autoscaler and without a budget', () => {
    const manifests = rendered(cache());
    manifests.has('Deployment', { spec: { replicas: 1, strategy: { type: 'Recreate' } } });
    manifests.hasNo('HorizontalPodAutoscaler');
    manifests.hasNo('PodDisruptionBudget');
    expect(codes(problemsOf(cache({ replicas: 2 })))).toEqual(['cache-is-single replicas']);
    expect(codes(problemsOf(cache({ autoscaling: { min: 2 } })))).toEqual(['cache-is-single autoscaling']);
    expect(problemsOf(cache({ replicas: 1, autoscaling: false }))).toEqual([]);
  });

  test('a cron has no replicas at all', () => {
    expect(resolvedSpec(cron()).scaling).toEqual({ mode: 'fixed', min: 0, max: 0 });
  });

  test('half of a fact about traffic is refused', () => {
    expect(codes(problemsOf(spec({ traffic: { rpsPerPod: 9 } })))).toEqual(['half-a-fact traffic.peakRps']);
  });
});

describe('the disruption budget', () => {
  test.each([
    [2, 1],
    [3, 1],
    [7, 1],
    [8, 2],
    [11, 2],
    [12, 3],
    [40, 10],
  ])('at a minimum of %i pods lets %i go', (min, maxUnavailable) => {
    const manifests = rendered(spec({ autoscaling: { min, max: 60 } }));
    manifests.has('PodDisruptionBudget', { spec: { maxUnavailable, unhealthyPodEvictionPolicy: 'AlwaysAllow' } });
    expect(manifests.one('PodDisruptionBudget').spec).not.toHaveProperty('minAvailable');
  });

  test('comes from the minimum, not from the maximum', () => {
    expect(resolved({ autoscaling: { min: 2, max: 100 } }).disruption).toEqual({ maxUnavailable: 1 });
  });

  test('is left out below two pods, where it could only block every drain', () => {
    const changes = { tier: 'best-effort' as const, autoscaling: { min: 1 } };
    rendered(spec(changes)).hasNo('PodDisruptionBudget');
    expect(decision(resolved(changes), 'disruption').because).toContain('block every drain');
    expect(codes(problemsOf(spec({ ...changes, disruption: { maxUnavailable: 1 } })))).toEqual([
      'budget-without-spare disruption',
    ]);
  });

  test('may not let everything go at once', () => {
    expect(problemsOf(spec({ disruption: { maxUnavailable: 2 } }))).toEqual([]);
    expect(only(problemsOf(spec({ disruption: { maxUnavailable: 3 } })), 'budget-allows-all')).toMatchObject({
      path: 'disruption.maxUnavailable',
      got: '3',
      expected: 'at most 2',
    });
  });
});
