import { formatPath } from '../../../lib/core/data';
import { cache, cron, decision, fleetOf, IMAGE, profileOf, resolved, spec, worker } from '../fleet/fleets';

const side = { image: IMAGE };

/** Every knob of every kind, and calls in both directions. */
const everything = () =>
  fleetOf(
    {
      full: spec({
        accepts: 'any',
        ports: { http: 8080, grpc: { port: 9090, protocol: 'grpc' } },
        traffic: { peakRps: 400, rpsPerPod: 50, p99: '250ms' },
        env: { LEVEL: 'info' },
        secrets: { PASSWORD: 'shop/password' },
        files: { '/etc/app.conf': 'a' },
        volumes: { '/data': { size: '1Gi' } },
        init: { prepare: side },
        sidecars: { agent: side },
        migrate: { command: ['/migrate'] },
        identity: 'app',
        calls: { plain: {}, store: { timeout: '50ms' } },
        external: { 'api.stripe.com': {} },
        autoscaling: { metrics: [{ type: 'rps', query: 'sum(x)', perPod: 20 }] },
      }),
      plain: spec(),
      fixed: spec({ autoscaling: false }),
      jobs: worker(),
      night: cron(),
      store: cache(),
    },
    profileOf({
      autoscaling: { keda: { prometheus: 'http://prometheus:9090' } },
      identityAnnotations: { role: '{identity}' },
      mesh: { kind: 'istio', cni: true },
    }),
  ).in('prod');

/** What a team wrote and the library only carries on; nothing was decided. */
const CARRIED =
  /^(name|fleet|environment|team|labels|selector|callers|notes|decisions|overrides|extra|slo|traffic|configData|files|secrets|network)\b|\.(name|host|callee|portName|key|path|content|query|perPod|type|fallback|command|args|env)\b|^ports\[\d+\]\.port$|^volumes\[\d+\]|^cron\.schedule$|\.check\./;

/** Where the decision about a leaf stands, for leaves that are not called like their knob. */
function decisionPath(
  path: string,
  service: {
    calls: readonly { callee: string }[];
    externals: readonly { host: string }[];
    ports: readonly { name: string }[];
    init: readonly { name: string }[];
    sidecars: readonly { name: string }[];
  },
): string[] {
  const list = (at: RegExp, names: readonly string[], prefix: string): string | undefined => {
    const match = at.exec(path);
    return match
      ? `${formatPath([prefix, names[Number(match[1])]!])}.${match[2]}`
          .replace('timeoutMs', 'timeout')
          .replace('.resources.', '.resources.')
      : undefined;
  };
  const named =
    list(
      /^calls\[(\d+)\]\.(.+)$/,
      service.calls.map(({ callee }) => callee),
      'calls',
    ) ??
    list(
      /^externals\[(\d+)\]\.(.+)$/,
      service.externals.map(({ host }) => host),
      'external',
    ) ??
    list(
      /^ports\[(\d+)\]\.(.+)$/,
      service.ports.map(({ name }) => name),
      'ports',
    ) ??
    list(
      /^init\[(\d+)\]\.(.+)$/,
      service.init.map(({ name }) => name),
      'init',
    ) ??
    list(
      /^sidecars\[(\d+)\]\.(.+)$/,
      service.sidecars.map(({ name }) => name),
      'sidecars',
    );
  // The address of a callee is one decision.
  if (named !== undefined) return [named, named.replace(/^(calls\..*)\.(port|protocol)$/, '$1.env')];
  const main = path.replace(/^main\.(resources\.)/, '$1').replace(/^main\.image/, 'image');
  const scaling = path
    .replace(/^scaling\.(min|max|cpuTarget)$/, 'autoscaling.$1')
    .replace(/^scaling\.(mode|prometheus)$/, 'autoscaling.min');
  return [
    path,
    main,
    scaling,
    // A fixed number of pods is one decision.
    path.replace(/^scaling\.(min|max|mode)$/, 'replicas'),
    path.replace(/^cron\./, 'job.'),
    path.replace(/^probes\.startup\..*/, 'probes.startup'),
    path.replace(/^spread\..*/, 'spread.zone'),
    path.replace(/^headless$/, 'service.headless'),
    path.replace(/^namespace\..*/, 'namespace'),
    path.replace(/^runAsUser$/, 'security.runAsUser'),
    path.replace(/^secretStore\..*/, 'secrets'),
    path.replace(/^serviceAccountAnnotations\..*/, 'identity'),
    path.replace(/^teamGroup$/, 'access.group'),
    path.replace(/^rollout\.surgePods$/, 'rollout.maxSurge'),
    // A cache is replaced, not rolled.
    path.replace(/^rollout\.(maxSurge|surgePods)$/, 'rollout.strategy'),
    // What one pod takes follows from containers that are decided one by one, and is in the reason of the sums.
    path.replace(/^pod\.(injected\.)?(cpu|cpuLimit|memory)$/, 'tenancy.$2'),
  ];
}

/** A path and all that it lies in: one decision may be about a whole. */
function ancestry(path: string): string[] {
  const shorter = path.replace(/(\.[\w/-]+|\[[^\]]*\])$/, '');
  return shorter === path ? [path] : [path, ...ancestry(shorter)];
}

function leavesOf(value: unknown, path: (string | number)[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
  return value === null ? [] : [formatPath(path)];
}

test.each(['full', 'plain', 'fixed', 'jobs', 'night', 'store'])(
  'every number and every choice of %s has a Decision',
  (name) => {
    const service = everything().resolved(name);
    const decided = new Set(service.decisions.map(({ path }) => path));
    const missing = leavesOf(service)
      .filter((path) => !CARRIED.test(path))
      // A cron has no replicas, no rollout and no probes.
      .filter((path) => name !== 'night' || !/^(scaling|rollout)\b/.test(path))
      .filter((path) => service.ports.length > 0 || path !== 'headless')
      .filter((path) => service.secrets.length > 0 || !path.startsWith('secretStore.'))
      .filter(
        (path) =>
          !decisionPath(path, service).some((candidate) => ancestry(candidate).some((known) => decided.has(known))),
      );
    expect(missing).toEqual([]);
  },
);

test('every reason is a sentence about something, and every source is one of the layers', () => {
  const rendering = everything();
  for (const name of rendering.names) {
    for (const { path, because, source, value } of rendering.resolved(name).decisions) {
      expect(`${path}: ${because}`).toMatch(/: \S.+/s);
      expect(because).not.toMatch(/undefined|NaN|Infinity|\[object/);
      expect(value).not.toBeUndefined();
      expect(['platform', 'tier', 'spec', 'derived', 'locked']).toContain(source);
    }
  }
});

test('the source of a value is the layer that it comes from', () => {
  const service = resolved({ tier: 'best-effort', shutdown: { drain: '20s' } });
  const source = (path: string) => decision(service, path).source;
  expect(source('tier')).toBe('spec');
  expect(source('shutdown.drain')).toBe('spec');
  expect(source('shutdown.preStop')).toBe('platform');
  expect(source('shutdown.grace')).toBe('derived');
  expect(source('nodeLossTolerance')).toBe('tier');
  expect(source('autoscaling.max')).toBe('tier');
  expect(source('autoscaling.min')).toBe('derived');
  expect(source('security.locked')).toBe('locked');
  expect(source('rollout.strategy')).toBe('locked');
  expect(source('resources.cpu')).toBe('platform');
});

test('a value that was set says where, and what it would have been', () => {
  const service = resolved({
    resources: { cpu: '200m', memory: '256Mi' },
    environments: { prod: { resources: { cpu: '300m' } }, dev: { resources: { memory: '1Gi' } } },
  });
  expect(decision(service, 'resources.cpu')).toMatchObject({ value: '300m', source: 'spec' });
  expect(decision(service, 'resources.cpu').because).toMatch(/^set in the spec for prod, instead of 100m \(/);
  expect(decision(service, 'resources.memory').because).toMatch(/^set in the spec, the same as without it \(/);
});

test('decisions are sorted by path, and no path has two', () => {
  const rendering = everything();
  for (const name of rendering.names) {
    const paths = rendering.resolved(name).decisions.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)].sort((a, b) => (a < b ? -1 : 1)));
  }
});

test('a resolved service cannot be changed, however deep', () => {
  const rendering = everything();
  const thawed: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) thawed.push(path);
    for (const [key, member] of Object.entries(value)) walk(member, `${path}.${key}`);
  };
  for (const name of rendering.names) walk(rendering.resolved(name), name);
  expect(thawed).toEqual([]);
});

test('a resolved service has no holes: what does not apply is null', () => {
  const rendering = everything();
  const holes: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (value === undefined) holes.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) walk(member, `${path}.${key}`);
  };
  for (const name of rendering.names) walk({ ...rendering.resolved(name), traffic: null }, name);
  expect(holes).toEqual([]);
});

test('the same service is resolved once', () => {
  const rendering = everything();
  expect(rendering.resolved('full')).toBe(rendering.resolved('full'));
});
