import {
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

interface Probes {
  readonly startupProbe: unknown;
  readonly readinessProbe: unknown;
  readonly livenessProbe: unknown;
}

function probesOf(changes: Parameters<typeof spec>[0]): Probes {
  const deployment = rendered(spec(changes)).one('Deployment') as unknown as {
    spec: { template: { spec: { containers: [Probes] } } };
  };
  return deployment.spec.template.spec.containers[0];
}

const ready = { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 };
const alive = { periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 5 };

test('an HTTP service is ready by the path of the profile and alive by a connection', () => {
  const { startupProbe, readinessProbe, livenessProbe } = probesOf({ ports: { http: 8080 } });
  expect(readinessProbe).toEqual({ httpGet: { path: '/health/ready', port: 'http' }, ...ready });
  expect(livenessProbe).toEqual({ tcpSocket: { port: 'http' }, ...alive });
  expect(startupProbe).toEqual({
    tcpSocket: { port: 'http' },
    periodSeconds: 2,
    timeoutSeconds: 2,
    failureThreshold: 30,
  });
});

test('a gRPC service is ready by the standard health service, asked by number', () => {
  const { readinessProbe, livenessProbe } = probesOf({ ports: { grpc: 9090 } });
  expect(readinessProbe).toEqual({ grpc: { port: 9090 }, ...ready });
  expect(livenessProbe).toEqual({ tcpSocket: { port: 'grpc' }, ...alive });
});

test('a service of another protocol is ready and alive by a connection', () => {
  const { readinessProbe, livenessProbe } = probesOf({ ports: { redis: 6379 } });
  expect(readinessProbe).toEqual({ tcpSocket: { port: 'redis' }, ...ready });
  expect(livenessProbe).toEqual({ tcpSocket: { port: 'redis' }, ...alive });
});

test('the protocol of a port decides, not its name, and the first port is asked', () => {
  const { readinessProbe } = probesOf({ ports: { api: { port: 9090, protocol: 'grpc' }, http: 8080 } });
  expect(readinessProbe).toMatchObject({ grpc: { port: 9090 } });
});

test('what a check says is asked', () => {
  const { readinessProbe, livenessProbe } = probesOf({
    ports: { http: 8080, admin: 8081, grpc: 9090 },
    probes: {
      readiness: {
        check: { http: '/ok', port: 'admin', headers: { host: 'shop' } },
        period: '7s',
        timeout: '1s',
        failures: 2,
      },
      liveness: { check: { grpc: 'shop.v1', port: 'grpc' } },
    },
  });
  expect(readinessProbe).toEqual({
    httpGet: { path: '/ok', port: 'admin', httpHeaders: [{ name: 'host', value: 'shop' }] },
    periodSeconds: 7,
    timeoutSeconds: 1,
    failureThreshold: 2,
  });
  expect(livenessProbe).toMatchObject({ grpc: { port: 9090, service: 'shop.v1' }, failureThreshold: 5 });
});

test('headers are written in one order, however the spec has them', () => {
  const headers = (pairs: [string, string][]) =>
    probesOf({ probes: { readiness: { check: { http: '/ok', headers: Object.fromEntries(pairs) } } } });
  expect(
    headers([
      ['b', '1'],
      ['a', '2'],
    ]),
  ).toEqual(
    headers([
      ['a', '2'],
      ['b', '1'],
    ]),
  );
});

test('a worker without ports needs checks of its own', () => {
  expect(codes(problemsOf(worker({ probes: undefined })))).toEqual(['probes-needed probes']);
  const deployment = rendered(worker()).one('Deployment');
  expect(deployment.spec).toMatchObject({
    template: { spec: { containers: [{ readinessProbe: { exec: { command: ['/bin/healthy'] } } }] } },
  });
});

test('a cron has no probes', () => {
  expect(resolvedSpec(cron()).probes).toBeNull();
});

describe('liveness is patient', () => {
  test.each([
    ['by default', undefined, undefined, 10, 5],
    ['with a slow readiness', { period: '20s' as const, failures: 4 }, undefined, 10, 24],
    ['with a short period', undefined, { period: '4s' as const }, 4, 12],
    ['with a period that does not divide', { period: '7s' as const, failures: 1 }, { period: '10s' as const }, 10, 3],
  ])('%s: at least three times the time of readiness', (_, readiness, liveness, period, failures) => {
    const { probes } = resolved({ probes: { ...(readiness ? { readiness } : {}), ...(liveness ? { liveness } : {}) } });
    expect(probes!.liveness).toMatchObject({ period, failures });
    const { readiness: first } = probes!;
    expect(period * failures).toBeGreaterThanOrEqual(3 * first.period * first.failures);
  });

  test.each([{ http: '/health/ready' }, { grpc: '' }, { exec: ['/bin/check', '--all'] }] as const)(
    'when it asks what readiness asks: %j',
    (check) => {
      const same = { ...check } as never;
      const eager = { readiness: { check: same }, liveness: { check: same, period: '10s' as const, failures: 4 } };
      const problem = only(problemsOf(spec({ probes: eager })), 'liveness-too-eager');
      expect(problem).toMatchObject({
        path: 'probes.liveness',
        got: '10s x 4 = 40s',
        expected: 'at least 3 x 15s',
        kind: 'rule',
      });
      expect(problemsOf(spec({ probes: { ...eager, liveness: { ...eager.liveness, failures: 5 } } }))).toEqual([]);
    },
  );

  test('is found out though only one of the two names the port', () => {
    const probes = {
      readiness: { check: { http: '/ok' } },
      liveness: { check: { http: '/ok', port: 'http' }, failures: 1 },
    };
    expect(codes(problemsOf(spec({ probes })))).toEqual(['liveness-too-eager probes.liveness']);
  });

  test('may be as quick as it likes when it asks something else', () => {
    const liveness = { check: { http: '/alive' }, period: '1s' as const, failures: 1 };
    expect(problemsOf(spec({ probes: { liveness } }))).toEqual([]);
    expect(problemsOf(spec({ ports: { redis: 6379 }, probes: { liveness: { failures: 1 } } }))).toEqual([]);
  });
});

test('the time to start is what the profile says, or the spec, and liveness waits for it', () => {
  expect(resolved({ probes: { startup: '45s' } }).probes!.startup).toMatchObject({ period: 2, failures: 23 });
  const patient = profileOf({ probes: { startup: '5m', readinessPath: '/ready' } });
  expect(resolved({}, patient).probes!.startup.failures).toBe(150);
  expect(resolved({}, patient).probes!.readiness.check).toMatchObject({ path: '/ready' });
  expect(resolved({ probes: { startup: '0s' } }).probes!.startup.failures).toBe(1);
});

test('startup asks what liveness asks', () => {
  const { startupProbe } = probesOf({ probes: { liveness: { check: { http: '/alive' } } } });
  expect(startupProbe).toMatchObject({ httpGet: { path: '/alive', port: 'http' } });
});

test.each([{ tcp: 'htpp' }, { http: '/ok', port: 'htpp' }, { grpc: '', port: 'htpp' }] as const)(
  'a check of a port that is not there is refused: %j',
  (check) => {
    const problem = only(problemsOf(spec({ probes: { readiness: { check: { ...check } as never } } })), 'unknown-port');
    expect(problem).toMatchObject({ path: 'probes.readiness.check', got: 'htpp', expected: 'one of http' });
  },
);

test('a part of a second becomes a whole one, because Kubernetes knows nothing finer', () => {
  expect(resolved({ probes: { readiness: { period: '2.5s', timeout: '300ms' } } }).probes!.readiness).toMatchObject({
    period: 3,
    timeout: 1,
  });
});

test.each(['readiness', 'liveness'] as const)('a %s probe without any time between two checks is refused', (name) => {
  expect(problemsOf(spec({ probes: { [name]: { period: '0s' } } }))).not.toEqual([]);
});

test('the reason for a number of failures is true for the period that was set', () => {
  const service = resolved({ probes: { readiness: { period: '20s' } } });
  expect(service.probes!.readiness).toMatchObject({ period: 20, failures: 3 });
  expect(decision(service, 'probes.readiness.failures').because).not.toContain('15s');
});

test('a derived check is explained by the port that it follows from', () => {
  expect(decision(resolved({ ports: { grpc: 9090 } }), 'probes.readiness.check')).toMatchObject({
    value: 'gRPC health on 9090',
    source: 'derived',
    because: 'the standard gRPC health service on the first port',
  });
  const set = resolved({ probes: { liveness: { check: { exec: ['/bin/alive', '-q'] } } } });
  expect(decision(set, 'probes.liveness.check')).toMatchObject({
    value: 'exec /bin/alive -q',
    source: 'spec',
    because: expect.stringContaining('instead of TCP connection to http'),
  });
});
