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
} from '../fleet/fleets';

describe('leaving', () => {
  test('takes 30 seconds by default: 10 to be forgotten, 15 to drain, 5 to spare', () => {
    expect(resolved().shutdown).toEqual({ preStop: 10, drain: 15, grace: 30 });
    rendered(spec()).has('Deployment', {
      spec: {
        template: {
          spec: {
            terminationGracePeriodSeconds: 30,
            containers: [{ name: 'app', lifecycle: { preStop: { sleep: { seconds: 10 } } } }],
          },
        },
      },
    });
    expect(decision(resolved(), 'shutdown.grace').because).toBe('10s preStop + 15s drain + 5s spare before SIGKILL');
  });

  test('takes as long as the spec asks for', () => {
    expect(resolved({ shutdown: { preStop: '3s', drain: '1m' } }).shutdown).toEqual({
      preStop: 3,
      drain: 60,
      grace: 68,
    });
    expect(resolved({ shutdown: { grace: '90s' } }).shutdown).toMatchObject({ grace: 90 });
    expect(resolved({}, profileOf({ shutdown: { preStop: '5s', drain: '5s' } })).shutdown.grace).toBe(15);
  });

  test('rounds a part of a second up, never down', () => {
    expect(resolved({ shutdown: { preStop: '1.2s', drain: '100ms' } }).shutdown).toEqual({
      preStop: 2,
      drain: 1,
      grace: 8,
    });
  });

  test('may not be cut short of what it needs', () => {
    expect(problemsOf(spec({ shutdown: { grace: '30s' } }))).toEqual([]);
    expect(only(problemsOf(spec({ shutdown: { grace: '29s' } })), 'grace-too-short')).toEqual({
      code: 'grace-too-short',
      kind: 'rule',
      subject: 'app',
      path: 'shutdown.grace',
      message: 'the process would be killed before it has finished what is in flight',
      got: '29s',
      expected: 'at least 30s = 10s preStop + 15s drain + 5s spare',
      fix: 'raise shutdown.grace, or shorten preStop or drain',
      at: expect.anything(),
    });
  });

  test('needs no pause where nobody calls', () => {
    for (const silent of [worker(), cron()])
      expect(resolvedSpec(silent).shutdown).toEqual({ preStop: 0, drain: 15, grace: 20 });
    expect(JSON.stringify(rendered(worker()).all('Deployment'))).not.toContain('preStop');
    expect(resolvedSpec(cache()).shutdown.preStop).toBe(10);
  });

  test('needs the pause for a worker too, when it has a port that is called', () => {
    expect(resolvedSpec(worker({ ports: { http: 8080 } })).shutdown.preStop).toBe(10);
  });
});

describe('replacing', () => {
  test('never takes a pod away before its successor is ready', () => {
    rendered(spec()).has('Deployment', {
      spec: {
        minReadySeconds: 10,
        revisionHistoryLimit: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      },
    });
  });

  test.each([
    ['25%', 20, 5],
    ['10%', 3, 1],
    ['34%', 3, 2],
    ['100%', 7, 7],
    [2, 20, 2],
    [9, 3, 3],
  ] as const)('with a surge of %s over %i pods adds %i', (maxSurge, max, pods) => {
    const { rollout } = resolved({ rollout: { maxSurge }, autoscaling: { max } });
    expect(rollout).toMatchObject({ maxSurge, surgePods: pods });
  });

  test('of a cache stops the old one first', () => {
    expect(resolvedSpec(cache()).rollout).toMatchObject({ strategy: 'Recreate', surgePods: 0 });
    expect(rendered(cache()).one('Deployment').spec).toMatchObject({ strategy: { type: 'Recreate' } });
    expect(JSON.stringify(rendered(cache()).all('Deployment'))).not.toContain('rollingUpdate');
  });

  test('of a cache has no surge, and asking for one is not ignored', () => {
    expect(problemsOf(cache({ rollout: { maxSurge: '50%' } }))).not.toEqual([]);
  });

  test('is reported as failed only after a healthy pod had its time', () => {
    // 60 to start, 10 to stay ready, 30 until a leaving pod makes room, 60 to schedule and pull.
    expect(resolved().rollout.progressDeadline).toBe(160);
    expect(resolved({ probes: { startup: '5m' }, rollout: { minReady: '0s' } }).rollout.progressDeadline).toBe(390);
    expect(problemsOf(spec({ rollout: { progressDeadline: '71s' } }))).toEqual([]);
    expect(only(problemsOf(spec({ rollout: { progressDeadline: '70s' } })), 'deadline-too-short')).toMatchObject({
      path: 'rollout.progressDeadline',
      got: '70s',
      expected: 'more than 70s = 60s to start + 10s ready',
    });
  });
});

describe('tolerance of a lost node', () => {
  test.each([
    ['critical', 30],
    ['standard', 60],
    ['best-effort', 300],
  ] as const)('of tier %s is %i seconds, for both conditions', (tier, tolerationSeconds) => {
    const pod = (rendered(spec({ tier, accepts: 'any' })).one('Deployment').spec as { template: { spec: unknown } })
      .template.spec;
    expect(pod).toMatchObject({
      priorityClassName: `golden-path-${tier}`,
      tolerations: ['not-ready', 'unreachable'].map((condition) => ({
        key: `node.kubernetes.io/${condition}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds,
      })),
    });
  });
});

describe('spread', () => {
  type Spread = { topologyKey: string; minDomains?: number; whenUnsatisfiable: string }[] | undefined;
  function spreadOf(zones: number, changes: Parameters<typeof spec>[0] = {}): Spread {
    const names = Array.from({ length: zones }, (_, index) => `zone-${index}`);
    const { spec: deployed } = rendered(spec(changes), profileOf({ zones: names })).one('Deployment') as unknown as {
      spec: { template: { spec: { topologySpreadConstraints?: never } } };
    };
    return deployed.template.spec.topologySpreadConstraints;
  }
  const common = {
    maxSkew: 1,
    nodeTaintsPolicy: 'Honor',
    matchLabelKeys: ['pod-template-hash'],
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'app' } },
  };
  const host = { ...common, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' };
  const zone = { ...common, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' };

  test.each([
    [2, undefined],
    [3, 2],
    [4, 3],
  ])('over %i zones is strict, with minDomains %s, and over hosts where possible', (zones, minDomains) => {
    expect(spreadOf(zones)).toEqual([minDomains === undefined ? zone : { ...zone, minDomains }, host]);
  });

  test('over one zone is over hosts only, with a Decision that says so', () => {
    expect(spreadOf(1)).toEqual([host]);
    expect(decision(resolved({}, profileOf({ zones: ['here'] })), 'spread.zone')).toMatchObject({
      value: 'none',
      because: 'the platform has one zone',
    });
  });

  test('of a single pod is none', () => {
    expect(JSON.stringify(rendered(cache()).all('Deployment'))).not.toContain('topologySpreadConstraints');
    expect(codes(problemsOf(cache()))).toEqual([]);
  });
});
