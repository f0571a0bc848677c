import {
  codes,
  cron,
  fleetOf,
  listOf,
  manifestsOf,
  only,
  problemsOf,
  profileOf,
  problemsIn,
  resolved,
  spec,
  worker,
} from '../fleet/fleets';

interface Rule {
  readonly from?: readonly unknown[];
  readonly to?: readonly unknown[];
  readonly ports: readonly unknown[];
}

function rulesOf(fleet: ReturnType<typeof fleetOf>, name: string, direction: 'ingress' | 'egress'): readonly Rule[] {
  const policy = manifestsOf(fleet, name).one('NetworkPolicy', name) as unknown as {
    spec: Record<string, Rule[] | undefined>;
  };
  return policy.spec[direction] ?? [];
}

const pods = (namespace: string, labels: Record<string, string>) => [
  {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: labels },
  },
];
const service = (name: string, namespace = name) => pods(namespace, { 'app.kubernetes.io/name': name });
const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));

const shop = () =>
  fleetOf({
    web: spec({ calls: { cart: { port: 'grpc' } } }),
    cart: spec({ ports: { http: 8080, grpc: 9090 } }),
  });

describe('a call', () => {
  test('is open at the caller and at the callee, on its port only', () => {
    expect(rulesOf(shop(), 'web', 'egress')).toContainEqual({ to: service('cart'), ports: tcp(9090) });
    expect(rulesOf(shop(), 'cart', 'ingress')).toContainEqual({ from: service('web'), ports: tcp(9090) });
  });

  test('is not open the other way round', () => {
    expect(JSON.stringify(rulesOf(shop(), 'web', 'ingress'))).not.toContain('cart');
    expect(JSON.stringify(rulesOf(shop(), 'cart', 'egress'))).not.toContain('web');
  });

  test('goes to the first port by default', () => {
    const fleet = fleetOf({ web: spec({ calls: { cart: {} } }), cart: spec({ ports: { grpc: 9090, http: 8080 } }) });
    expect(rulesOf(fleet, 'web', 'egress')).toContainEqual({ to: service('cart'), ports: tcp(9090) });
  });

  test('gives the caller the full name of the callee', () => {
    manifestsOf(shop(), 'web').has('Deployment', {
      spec: {
        template: {
          spec: {
            containers: [{ name: 'web', env: [{ name: 'CART_ADDR', value: 'cart.cart.svc.cluster.local:9090' }] }],
          },
        },
      },
    });
    const domain = profileOf({ clusterDomain: 'k8s.acme.example' });
    const fleet = fleetOf({ web: spec({ calls: { 'cart-store': { env: 'STORE' } } }), 'cart-store': spec() }, domain);
    expect(JSON.stringify(manifestsOf(fleet, 'web').one('Deployment'))).toContain(
      '{"name":"STORE","value":"cart-store.cart-store.svc.k8s.acme.example:8080"}',
    );
    const [call] = fleetOf({ web: spec({ calls: { 'cart-store': {} } }), 'cart-store': spec() })
      .in('prod')
      .resolved('web').calls;
    expect(call!.env).toBe('CART_STORE_ADDR');
  });

  test('has an end by default, and is neither repeated nor soft', () => {
    expect(shop().in('prod').resolved('web').calls).toMatchObject([
      { timeoutMs: 1000, idempotent: false, need: 'hard', fallback: null },
    ]);
  });

  test('from a cron or from a migration is open as well: the policy selects by name', () => {
    const fleet = fleetOf({ night: cron({ calls: { cart: {} } }), cart: spec() });
    const run = manifestsOf(fleet, 'night').one('CronJob') as unknown as {
      spec: { jobTemplate: { spec: { template: object } } };
    };
    expect(run.spec.jobTemplate.spec.template).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/name': 'night' } },
    });
    expect(manifestsOf(fleet, 'night').one('NetworkPolicy', 'night').spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'night' } },
    });
  });

  test('that is soft needs a fallback', () => {
    const fleet = fleetOf({ web: spec({ calls: { cart: { need: 'soft' } } }), cart: spec() });
    expect(codes(problemsIn(fleet))).toEqual(['fallback-needed calls.cart.fallback']);
    expect(codes(problemsOf(spec({ external: { 'api.stripe.com': { need: 'soft' } } })))).toEqual([
      'fallback-needed external["api.stripe.com"].fallback',
    ]);
  });

  test('without consent opens nothing', () => {
    const rendering = fleetOf({ web: spec({ team: 'web', calls: { cart: {} } }), cart: spec() }).in('prod');
    expect(rendering.resolved('web').calls).toEqual([]);
    expect(rendering.resolved('cart').network.ingress.map(({ peer }) => peer)).toEqual(['system:scrape']);
  });
});

describe('a call out of the fleet', () => {
  const at = { namespace: 'billing', port: 9000 };

  test('goes where the spec says', () => {
    const fleet = fleetOf({ web: spec({ calls: { invoices: { at, timeout: '2s' } } }) });
    expect(rulesOf(fleet, 'web', 'egress')).toContainEqual({ to: service('invoices', 'billing'), ports: tcp(9000) });
    expect(fleet.in('prod').resolved('web').calls).toMatchObject([
      {
        host: 'invoices.billing.svc.cluster.local',
        port: 9000,
        protocol: 'http',
        portName: null,
        env: 'INVOICES_ADDR',
        timeoutMs: 2000,
      },
    ]);
  });

  test('from another repository is let in by name', () => {
    const fleet = fleetOf({ web: spec({ accepts: ['invoices'] }) });
    expect(rulesOf(fleet, 'web', 'ingress')).toContainEqual({ from: service('invoices'), ports: tcp(8080) });
  });

  test('from another repository cannot be let in where a name says nothing about the namespace, and that is said', () => {
    const teams = profileOf({ namespaces: 'team' });
    expect(problemsOf(spec({ accepts: ['invoices'] }), teams)).not.toEqual([]);
  });
});

describe('a host outside', () => {
  const external = { 'api.stripe.com': {}, 'mail.acme.example': { port: 587, timeout: '1s' as const } };

  test('opens its port to the world, but not to the cluster or to cloud metadata, and says so', () => {
    const fleet = fleetOf({ web: spec({ external }) });
    expect(rulesOf(fleet, 'web', 'egress')).toContainEqual({
      to: [
        {
          ipBlock: {
            cidr: '0.0.0.0/0',
            except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
          },
        },
      ],
      ports: tcp(443, 587),
    });
    const { notes, decisions, externals } = fleet.in('prod').resolved('web');
    expect(notes).toEqual([expect.stringContaining('port 443, 587 is open to every address outside the cluster')]);
    expect(decisions).toContainEqual(expect.objectContaining({ path: 'network.external', value: 'widened' }));
    expect(externals.map(({ host, timeoutMs }) => [host, timeoutMs])).toEqual([
      ['api.stripe.com', 5000],
      ['mail.acme.example', 1000],
    ]);
  });

  test('that nobody calls opens nothing', () => {
    expect(JSON.stringify(rulesOf(fleetOf({ web: spec() }), 'web', 'egress'))).not.toContain('0.0.0.0/0');
  });

  test('says in which layer its timeout was set', () => {
    const environments = { prod: { external: { 'api.stripe.com': { timeout: '9s' as const } } } };
    const { decisions } = resolved({ external, environments });
    const found = decisions.find(({ path }) => path === 'external["api.stripe.com"].timeout');
    expect(found!.because).toContain('set in the spec for prod');
  });
});

describe('the platform', () => {
  test('answers names, near and far', () => {
    const ports = [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ];
    const fleet = fleetOf({ web: spec() });
    expect(rulesOf(fleet, 'web', 'egress').slice(0, 2)).toEqual([
      { to: pods('kube-system', { 'k8s-app': 'kube-dns' }), ports },
      { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports },
    ]);
    const far = fleetOf({ web: spec() }, profileOf({ network: { dns: { nodeLocal: false } } }));
    expect(JSON.stringify(rulesOf(far, 'web', 'egress'))).not.toContain('169.254');
  });

  test('scrapes every port, takes telemetry, and comes through the gateway only where that is accepted', () => {
    const fleet = fleetOf({
      web: spec({ accepts: ['system:gateway'] }),
      api: spec({ ports: { http: 8080, metrics: 9100 } }),
    });
    const scrape = pods('monitoring', { 'app.kubernetes.io/name': 'prometheus' });
    const gateway = pods('gateway', { 'golden-path.dev/role': 'gateway' });
    expect(rulesOf(fleet, 'web', 'ingress')).toEqual([
      { from: gateway, ports: tcp(8080) },
      { from: scrape, ports: tcp(8080) },
    ]);
    expect(rulesOf(fleet, 'api', 'ingress')).toEqual([{ from: scrape, ports: tcp(8080, 9100) }]);
    expect(rulesOf(fleet, 'api', 'egress')).toContainEqual({
      to: pods('monitoring', { 'app.kubernetes.io/name': 'opentelemetry-collector' }),
      ports: tcp(4317, 4318),
    });
  });

  test('reaches the control plane of the mesh only with a mesh', () => {
    const istiod = { to: pods('istio-system', { app: 'istiod' }), ports: tcp(15012) };
    const mesh = profileOf({ mesh: { kind: 'istio', cni: true } });
    expect(rulesOf(fleetOf({ web: spec() }), 'web', 'egress')).not.toContainEqual(istiod);
    expect(rulesOf(fleetOf({ web: spec() }, mesh), 'web', 'egress')).toContainEqual(istiod);
  });

  test('has nothing to ask of what has no port', () => {
    for (const silent of [worker(), cron()]) expect(rulesOf(fleetOf({ app: silent }), 'app', 'ingress')).toEqual([]);
  });
});

test('a namespace is closed in both directions, whatever lands in it', () => {
  const [closed, ...more] = listOf(shop(), 'cart').filter(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'deny-all',
  );
  expect(more).toEqual([]);
  expect(closed).toMatchObject({ metadata: { namespace: 'cart' } });
  expect(closed!.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

describe('a variable', () => {
  test.each([
    ['a call and a literal', { env: { CART_ADDR: 'x' } }, 'env.CART_ADDR'],
    ['a call and a secret', { secrets: { CART_ADDR: 'x' } }, 'secrets.CART_ADDR'],
    ['two calls', { calls: { cart: {}, web: { env: 'CART_ADDR' } } }, 'calls.web'],
  ])('set by %s is refused', (_, changes, path) => {
    const fleet = fleetOf({ web: spec({ calls: { cart: {} }, ...changes }), cart: spec() });
    expect(only(problemsIn(fleet), 'env-conflict')).toMatchObject({ subject: 'web', path, got: 'CART_ADDR' });
  });

  test('set by a literal and a secret is refused', () => {
    expect(only(problemsOf(spec({ env: { URL: 'x' }, secrets: { URL: 'shop/url' } })), 'env-conflict')).toMatchObject({
      path: 'secrets.URL',
      message: 'URL is already set by env.URL',
    });
  });
});

describe('gRPC', () => {
  const mesh = profileOf({ mesh: { kind: 'istio', cni: true } });

  test('without a mesh gets a headless Service and a note that clients balance', () => {
    const fleet = fleetOf({ app: spec({ ports: { grpc: 9090 } }) });
    manifestsOf(fleet).has('Service', { spec: { clusterIP: 'None', ports: [{ name: 'grpc', appProtocol: 'grpc' }] } });
    expect(fleet.in('prod').resolved('app').notes.join()).toContain('clients must balance themselves');
  });

  test('with a mesh has an address of its own', () => {
    const fleet = fleetOf({ app: spec({ ports: { grpc: 9090 } }) }, mesh);
    expect(manifestsOf(fleet).one('Service').spec).not.toHaveProperty('clusterIP');
    expect(fleet.in('prod').resolved('app').notes).toEqual([]);
  });

  test('is not what HTTP gets', () => {
    expect(manifestsOf(fleetOf({ app: spec() })).one('Service').spec).not.toHaveProperty('clusterIP');
  });
});
