import {
  cron,
  decision,
  fleetOf,
  IMAGE,
  manifestsOf,
  profileOf,
  rendered,
  resolved,
  resolvedSpec,
  spec,
  worker,
  cache,
  listOf,
} from '../fleet/fleets';

const side = { image: IMAGE, resources: { cpu: '200m', memory: '64Mi' } };
const noLimits = profileOf({ resources: { cpuLimitRatio: false } });
const mesh = { kind: 'istio' as const, cni: true, proxy: { cpu: '150m', cpuLimit: '3', memory: '512Mi' } };

describe('the quota', () => {
  test('fits the most pods, the surge, those that are still leaving and those stranded in a lost zone', () => {
    // Three waves of 5 leave within 30 s, and 7 of 20 may be stranded.
    const service = resolved();
    expect(service.tenancy.pods).toBe(20 + 5 + 15 + 7);
    expect(decision(service, 'tenancy.pods').because).toBe(
      '20 at most + 5 surge + 15 still terminating (min(20, 5 x 3 waves within 30s)) + 7 stranded in a lost zone',
    );
    rendered(spec()).has('ResourceQuota', {
      metadata: { name: 'golden-path', namespace: 'app' },
      spec: {
        hard: {
          pods: '47',
          'requests.cpu': '4700m',
          'requests.memory': `${47 * 256}Mi`,
          'limits.cpu': '18800m',
          'limits.memory': `${47 * 256}Mi`,
          'services.nodeports': '0',
          'services.loadbalancers': '0',
        },
      },
    });
  });

  test.each([
    [
      'never more leave than there are',
      { autoscaling: { max: 4 }, rollout: { maxSurge: '100%' as const } },
      4 + 4 + 4 + 2,
    ],
    [
      'a longer grace keeps more of them',
      { autoscaling: { max: 20 }, shutdown: { grace: '31s' as const } },
      20 + 5 + 20 + 7,
    ],
    [
      'a slower rollout keeps fewer',
      { autoscaling: { max: 20 }, rollout: { minReady: '30s' as const } },
      20 + 5 + 5 + 7,
    ],
    [
      'without a pause every second is a wave',
      { autoscaling: { max: 8 }, rollout: { minReady: '0s' as const } },
      8 + 2 + 8 + 3,
    ],
    ['a migration runs beside, and its predecessor may still leave', { migrate: { command: ['/m'] } }, 47 + 2],
  ])('%s', (_, changes, pods) => {
    expect(resolved(changes).tenancy.pods).toBe(pods);
  });

  test('of one zone holds no stranded pods', () => {
    expect(resolved({}, profileOf({ zones: ['here'] })).tenancy.pods).toBe(20 + 5 + 15);
  });

  test('of a cache holds the one that leaves and the one that comes', () => {
    expect(resolvedSpec(cache()).tenancy.pods).toBe(2);
    expect(resolvedSpec(cache({ migrate: { command: ['/m'] } })).tenancy.pods).toBe(4);
  });

  test('of a cron holds a run and one that is leaving, and more where runs may overlap', () => {
    expect(resolvedSpec(cron()).tenancy.pods).toBe(2);
    expect(resolvedSpec(cron({ job: { concurrency: 'Allow' } })).tenancy.pods).toBe(10);
  });

  test('counts a surge of more pods than there are only as far as it can happen', () => {
    expect(resolved({ autoscaling: { max: 3 }, rollout: { maxSurge: 1000 } }).tenancy.pods).toBe(3 + 3 + 3 + 1);
  });
});

describe('one pod', () => {
  test('is the sum of what runs together', () => {
    expect(resolved({ sidecars: { agent: side } }).pod).toMatchObject({
      cpu: 300,
      cpuLimit: 1200,
      memory: 320 * 2 ** 20,
    });
  });

  test('is the largest start when that is more: an init container beside all sidecars', () => {
    const init = { big: { ...side, resources: { cpu: '2', memory: '1Gi' } }, small: side };
    expect(resolved({ init, sidecars: { agent: side } }).pod).toMatchObject({
      cpu: 2200,
      memory: (1024 + 64) * 2 ** 20,
    });
    expect(resolved({ init: { small: { ...side, resources: { cpu: '50m' } } } }).pod.cpu).toBe(100);
  });

  test('holds the proxy of the mesh, at the start too', () => {
    const service = resolved({ init: { big: { ...side, resources: { cpu: '2' } } } }, profileOf({ mesh }));
    expect(service.pod).toMatchObject({ cpu: 2150, injected: { cpu: 150, cpuLimit: 3000, memory: 512 * 2 ** 20 } });
    expect(decision(service, 'tenancy.cpu').because).toContain('the mesh proxy included');
    const manifests = rendered(spec(), profileOf({ mesh }));
    manifests.has('ResourceQuota', { spec: { hard: { 'requests.cpu': '11750m', 'limits.cpu': `${47 * 3400}m` } } });
    // What is injected must pass the LimitRange.
    manifests.has('LimitRange', { spec: { limits: [{ type: 'Container', max: { cpu: '3', memory: '512Mi' } }] } });
    manifests.has('Namespace', { metadata: { labels: { 'istio-injection': 'enabled' } } });
  });

  test('asks the same memory as it is limited to, and a multiple of the CPU', () => {
    const service = resolved({ resources: { cpu: '300m', memory: '1Gi' } });
    expect(service.main.resources).toEqual({ cpu: 300, cpuLimit: 1200, memory: 2 ** 30 });
    expect(
      resolved({ resources: { cpu: '333m' } }, profileOf({ resources: { cpuLimitRatio: 1.5 } })).main.resources
        .cpuLimit,
    ).toBe(500);
    expect(resolved({ resources: { cpuLimit: '250m' } }).main.resources.cpuLimit).toBe(250);
  });
});

describe('CPU limits that are off by the profile', () => {
  const everything = spec({
    migrate: { command: ['/m'] },
    init: { prepare: side },
    sidecars: { agent: side },
    autoscaling: { max: 4 },
  });

  test.each([
    ['service', everything, noLimits],
    ['worker', worker(), noLimits],
    ['cron', cron(), noLimits],
    ['cache', cache(), noLimits],
    ['service in a mesh', everything, profileOf({ ...noLimits, mesh })],
  ])('are nowhere: %s', (_, service, profile) => {
    const manifests = listOf(fleetOf({ app: service }, profile));
    const found: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, member] of Object.entries(value)) {
        if (key === 'limits.cpu') found.push(`${path}.${key}`);
        if (/\.(limits|default|max)$/.test(path) && key === 'cpu') found.push(`${path}.${key}`);
        walk(member, `${path}.${key}`);
      }
    };
    for (const manifest of manifests) walk(manifest, manifest.kind);
    expect(found).toEqual([]);
    // The walk looks where limits are: with the built-in profile it finds them.
    for (const manifest of listOf(fleetOf({ app: service }))) walk(manifest, manifest.kind);
    expect(found.length).toBeGreaterThanOrEqual(4);
  });
});

describe('a CPU limit that one service does without', () => {
  const service = spec({ resources: { cpu: '2', cpuLimit: false } });

  test('is not in the container and not in the quota, which would refuse the pod', () => {
    const manifests = rendered(service);
    expect(JSON.stringify(manifests.one('Deployment'))).toContain('"limits":{"memory":"256Mi"}');
    expect(JSON.stringify(manifests.one('ResourceQuota'))).not.toContain('limits.cpu');
  });

  test('does not come back by the default of the LimitRange, below the request at that', () => {
    const [limits] = (rendered(service).one('LimitRange').spec as { limits: [{ default: object; max: object }] })
      .limits;
    expect(limits.max).not.toHaveProperty('cpu');
    expect(limits.default).not.toHaveProperty('cpu');
  });
});

describe('the LimitRange', () => {
  test('accepts the largest container and gives the profile’s default to one that says nothing', () => {
    const manifests = rendered(spec({ resources: { cpu: '1', memory: '2Gi' }, sidecars: { agent: side } }));
    manifests.has('LimitRange', {
      spec: {
        limits: [
          {
            type: 'Container',
            max: { cpu: '4', memory: '2Gi' },
            default: { cpu: '400m', memory: '256Mi' },
            defaultRequest: { cpu: '100m', memory: '256Mi' },
          },
        ],
      },
    });
  });
});

describe('the namespace', () => {
  test('is the service’s own, restricted, and says whose it is', () => {
    manifestsOf(fleetOf({ app: spec({ tier: 'critical', accepts: 'any' }) })).has('Namespace', {
      metadata: {
        name: 'app',
        labels: {
          'pod-security.kubernetes.io/enforce': 'restricted',
          'golden-path.dev/team': 'shop',
          'golden-path.dev/tier': 'critical',
          'app.kubernetes.io/part-of': 'test-fleet',
        },
      },
    });
    expect(JSON.stringify(rendered(spec()).one('Namespace'))).not.toContain('istio');
  });
});
