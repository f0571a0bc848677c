import { Fleet, ServiceBlueprint, type Manifest, type ServiceSpec } from '../../../lib';
import { Manifests } from '../../../lib/testing';
import { toYaml } from '../../../lib/kube/yaml';
import { codes, cron, decision, fleetOf, LEAST, listOf, only, problemsIn, profileOf, spec, worker } from './fleets';

const teams = profileOf({ namespaces: 'team' });

describe('a fleet', () => {
  const fleet = () => fleetOf({ web: spec({ calls: { cart: {} } }), cart: spec(), night: cron() });

  test('knows its services by name, in one order', () => {
    expect(fleet().size).toBe(3);
    expect(fleet().in('prod').names).toEqual(['cart', 'night', 'web']);
    expect(Fleet.isFleet(fleet())).toBe(true);
    expect(Fleet.isFleet({ name: 'x' })).toBe(false);
  });

  test('groups objects in the order in which they are applied, and leaves out what is empty', () => {
    expect(
      fleet()
        .in('prod')
        .service('web')
        .groups.map(({ name }) => name),
    ).toEqual(['00-tenancy', '10-access', '20-network', '50-workload', '60-autoscaling', '70-disruption']);
    expect(
      fleet()
        .in('prod')
        .service('night')
        .groups.map(({ name }) => name),
    ).not.toContain('70-disruption');
  });

  test('gives every object owner, tier, fleet and manager', () => {
    const named = new Fleet({ name: 'shop' });
    new ServiceBlueprint(
      named,
      'app',
      spec({ team: 'payments', tier: 'critical', accepts: 'any', migrate: { command: ['/m'] } }),
    );
    for (const { metadata } of listOf(named))
      expect(metadata.labels).toMatchObject({
        'golden-path.dev/team': 'payments',
        'golden-path.dev/tier': 'critical',
        'app.kubernetes.io/part-of': 'shop',
        'app.kubernetes.io/managed-by': 'golden-path',
        'app.kubernetes.io/component': 'service',
      });
  });

  test('is the same in whatever order it is declared', () => {
    const bytes = (services: Record<string, ServiceSpec>) => {
      const rendering = fleetOf(services).in('prod');
      return rendering.names.flatMap((name) =>
        rendering.service(name).groups.flatMap(({ manifests }) => manifests.map(toYaml)),
      );
    };
    const web = spec({ calls: { cart: {} } });
    expect(bytes({ web, cart: spec(), night: cron() })).toEqual(bytes({ night: cron(), cart: spec(), web }));
  });

  test('judges only the services that are asked about', () => {
    const broken = fleetOf({ web: spec({ replicas: 2 }), cart: spec({ shutdown: { grace: '1s' } }) }).in('prod');
    expect(codes(broken.problems(['web']))).toEqual(['replicas-under-autoscaling replicas']);
    expect(broken.problems()).toHaveLength(2);
  });

  test('leaves what it was given as it was', () => {
    const given = spec({
      command: ['/bin/app'],
      overrides: [{ target: { kind: 'Service' }, patch: { spec: { a: 1 } }, reason: 'a reason to test' }],
    });
    const before = structuredClone(given);
    const rendering = fleetOf({ app: given }).in('prod');
    rendering.service('app');
    expect(given).toEqual(before);
    // Somebody may share a piece between two specs and go on building the second.
    expect(Object.isFrozen(given.command)).toBe(false);
    expect(Object.isFrozen(given.overrides![0]!.patch)).toBe(false);
  });
});

describe('an environment', () => {
  const changing = spec({
    env: { LEVEL: 'info', REGION: 'north' },
    tier: 'standard',
    autoscaling: { min: 6, max: 12 },
    environments: {
      staging: { env: { LEVEL: 'debug' }, autoscaling: { max: 8 }, tier: 'best-effort', ports: { admin: 9000 } },
      dev: { autoscaling: false },
    },
  });
  const of = (environment: string) => fleetOf({ app: changing }).in(environment);

  test('lays its overlay over the spec, map by map', () => {
    expect(of('staging').resolved('app')).toMatchObject({
      environment: 'staging',
      tier: 'best-effort',
      configData: { LEVEL: 'debug', REGION: 'north' },
      scaling: { min: 6, max: 8 },
      ports: [{ name: 'http' }, { name: 'admin' }],
    });
    expect(of('prod').resolved('app')).toMatchObject({
      tier: 'standard',
      configData: { LEVEL: 'info' },
      scaling: { min: 6, max: 12 },
    });
    expect(of('prod').resolved('app').ports).toHaveLength(1);
  });

  test('may switch a part off', () => {
    expect(of('dev').resolved('app').scaling).toEqual({ mode: 'fixed', min: 3, max: 3 });
  });

  test('is judged by what holds in it', () => {
    const service = spec({ environments: { staging: { replicas: 2 }, dev: { shutdown: { grace: '1s' } } } });
    expect(problemsIn(fleetOf({ app: service }))).toEqual([]);
    expect(codes(problemsIn(fleetOf({ app: service }), { env: 'staging' }))).toEqual([
      'replicas-under-autoscaling replicas',
    ]);
    expect(codes(problemsIn(fleetOf({ app: service }), { env: 'dev' }))).toEqual(['grace-too-short shutdown.grace']);
  });

  test('that replaces a check by another kind of check has the new one only', () => {
    const service = spec({
      probes: { readiness: { check: { http: '/ready' } } },
      ports: { http: 8080, grpc: 9090 },
      environments: { prod: { probes: { readiness: { check: { grpc: '', port: 'grpc' } } } } },
    });
    expect(problemsIn(fleetOf({ app: service }))).toEqual([]);
    expect(fleetOf({ app: service }).in('prod').resolved('app').probes!.readiness.check).toEqual({
      type: 'grpc',
      port: 9090,
      service: '',
    });
    const back = spec({
      probes: { readiness: { check: { exec: ['/bin/ready'] } } },
      environments: { prod: { probes: { readiness: { check: { http: '/ready' } } } } },
    });
    expect(fleetOf({ app: back }).in('prod').resolved('app').probes!.readiness.check).toMatchObject({
      type: 'http',
      path: '/ready',
    });
  });

  test('of the profile changes what is derived, and only there', () => {
    const profile = profileOf({
      environments: { dev: { zones: ['local'], tiers: { standard: { minReplicas: 1 } } }, prod: {} },
    });
    const fleet = fleetOf({ app: spec() }, profile);
    expect(problemsIn(fleet, { env: 'dev' })).toEqual([]);
    expect(fleet.in('dev').resolved('app').scaling).toMatchObject({ min: 1, cpuTarget: 70 });
    expect(fleet.in('prod').resolved('app').scaling).toMatchObject({ min: 3, cpuTarget: 45 });
  });

  test('says in a Decision which overlay it was', () => {
    expect(decision(of('staging').resolved('app'), 'autoscaling.max').because).toContain('the spec for staging');
  });
});

describe('namespaces by team', () => {
  const small = { autoscaling: { min: 3, max: 4 } };
  const fleet = () =>
    fleetOf(
      {
        web: spec({ ...small, team: 'red', calls: { cart: {} } }),
        cart: spec({ ...small, team: 'red', resources: { cpu: '300m', memory: '1Gi' } }),
        jobs: worker({ team: 'blue', accepts: 'any' }),
      },
      teams,
    );
  const platform = () => fleet().in('prod').platformGroups().groups;
  const of = (team: string) => Manifests.of(platform().find(({ name }) => name === `10-namespace-${team}`)!.manifests);

  test('have one of each boundary, which belongs to no single service', () => {
    expect(platform().map(({ name }) => name)).toEqual(['00-priorities', '10-namespace-blue', '10-namespace-red']);
    for (const kind of ['Namespace', 'ResourceQuota', 'LimitRange', 'NetworkPolicy']) of('red').count(kind, 1);
    const own: readonly Manifest[] = ['web', 'cart'].flatMap((name) => listOf(fleet(), name));
    for (const kind of ['Namespace', 'ResourceQuota', 'LimitRange']) Manifests.of(own).hasNo(kind);
    for (const { metadata } of own) expect(metadata.namespace).toBe('red');
  });

  test('are closed once', () => {
    of('red').has('NetworkPolicy', { metadata: { name: 'deny-all', namespace: 'red' }, spec: { podSelector: {} } });
    expect(
      listOf(fleet(), 'web')
        .filter(({ kind }) => kind === 'NetworkPolicy')
        .map(({ metadata }) => metadata.name),
    ).toEqual(['web']);
  });

  test('hold the sum of what their services need', () => {
    const { resolved } = { resolved: (name: string) => fleet().in('prod').resolved(name).tenancy };
    const [web, cart] = [resolved('web'), resolved('cart')];
    expect(web.pods).toBe(4 + 1 + 3 + 2);
    of('red').has('ResourceQuota', {
      spec: {
        hard: {
          pods: String(web.pods + cart.pods),
          'requests.cpu': `${10 * 100 + 10 * 300}m`.replace('4000m', '4'),
          'requests.memory': `${10 * 256 + 10 * 1024}Mi`.replace('12800Mi', '12800Mi'),
          'limits.cpu': '16',
        },
      },
    });
    of('red').has('LimitRange', { spec: { limits: [{ max: { cpu: '1200m', memory: '1Gi' } }] } });
  });

  test('have no CPU limits as soon as one container has none', () => {
    const mixed = fleetOf(
      { a: spec({ team: 'red', resources: { cpu: '2', cpuLimit: false } }), b: spec({ team: 'red' }) },
      teams,
    );
    const { groups } = mixed.in('prod').platformGroups();
    const text = JSON.stringify(
      groups.find(({ name }) => name === '10-namespace-red')!.manifests.filter(({ kind }) => kind !== 'Namespace'),
    );
    expect(text).not.toContain('limits.cpu');
    expect(text).not.toMatch(/"(default|max)":\{"cpu"/);
  });

  test('are where the addresses lead', () => {
    expect(fleet().in('prod').resolved('web').calls[0]!.host).toBe('cart.red.svc.cluster.local');
    const [rule] = fleet().in('prod').resolved('cart').network.ingress;
    expect(rule).toMatchObject({ peer: 'web', to: { namespace: 'red', labels: { 'app.kubernetes.io/name': 'web' } } });
  });
});

describe('what services share', () => {
  test('is a priority class for each tier, and never the default one', () => {
    const { groups } = fleetOf({ app: spec() }).in('prod').platformGroups();
    const manifests = Manifests.of(groups.flatMap((group) => group.manifests));
    manifests.count('PriorityClass', 3);
    manifests.hasNo('PriorityClass', { globalDefault: true });
    for (const [name, value] of [
      ['critical', 1_000_000],
      ['standard', 100_000],
      ['best-effort', 1_000],
    ] as const)
      manifests.has('PriorityClass', { metadata: { name: `golden-path-${name}` }, value });
  });

  test('is a list of the operators that are needed, with versions and who needs them', () => {
    const keda = profileOf({ autoscaling: { keda: { prometheus: 'http://p:9090' } } });
    const pages = fleetOf(
      {
        web: spec({ secrets: { KEY: 'shop/key' } }),
        cart: spec({ autoscaling: { metrics: [{ type: 'rps', query: 'x', perPod: 1 }] } }),
      },
      keda,
    ).in('prod');
    const { operators } = pages.platformGroups();
    expect(operators).toMatch(/External Secrets \| [\d.]+ \| ExternalSecret \| web \|/);
    expect(operators).toMatch(/KEDA \| [\d.]+ \| ScaledObject \| cart \|/);
    expect(fleetOf({ app: spec() }).in('prod').platformGroups().operators).toContain('No operator is needed');
  });
});

describe('two objects are never the same', () => {
  test.each(['deny-all', 'golden-path'])('with a service named %s', (name) => {
    for (const profile of [undefined, teams]) {
      const fleet = fleetOf({ [name]: LEAST }, profile);
      if (problemsIn(fleet).length > 0) continue;
      const rendering = fleet.in('prod');
      const all = [...rendering.service(name).groups, ...rendering.platformGroups().groups].flatMap(
        ({ manifests }) => manifests,
      );
      const keys = all.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });
});

describe('a namespace that is the cluster’s own or the platform’s', () => {
  test.each(['kube-system', 'kube-public', 'default', 'monitoring', 'istio-system'])(
    'is not taken over by a service named %s',
    (name) => {
      expect(problemsIn(fleetOf({ [name]: LEAST }))).not.toEqual([]);
    },
  );

  test('is not taken over by a team of that name', () => {
    expect(problemsIn(fleetOf({ app: spec({ team: 'kube-system' }) }, teams))).not.toEqual([]);
  });
});

test('a problem says where the blueprint is declared', () => {
  const fleet = new Fleet({ name: 'shop' });
  new ServiceBlueprint(fleet, 'app', { ...LEAST, replicas: 3 });
  const line = Number(/fleet\.test\.ts:(\d+)/.exec(new Error().stack!)![1]) - 1;
  expect(only(problemsIn(fleet), 'replicas-under-autoscaling').at).toEqual({
    file: __filename,
    line,
    column: expect.any(Number),
  });
});
