import type { PlatformProfile, ServiceSpec } from 'golden-path';

/**
 * Fleets of any size, made up but of realistic shape: the same number gives the same fleet, byte for byte. What one
 * service has does not depend on how many there are, so that a cost that grows faster than the fleet is the tool's own.
 */
export interface GeneratedFleet {
  readonly services: Readonly<Record<string, ServiceSpec>>;
  readonly profile: PlatformProfile;
  readonly images: Readonly<Record<string, string>>;
  readonly calls: number;
}

const TEAM_SIZE = 8;
/** Teams that mostly call each other. */
const DOMAIN_TEAMS = 6;
/** One service in so many is called from everywhere: sign-in, feature flags, notifications. */
const HUB_EVERY = 50;

const DOMAINS = ['orders', 'catalog', 'billing', 'search', 'identity', 'delivery', 'media', 'risk'];
const NOUNS = ['api', 'gateway', 'index', 'ledger', 'planner', 'profile', 'quotes', 'stock'];

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Kind = NonNullable<ServiceSpec['kind']>;
type Calls = NonNullable<ServiceSpec['calls']>;

/** A service before it is known who calls it. */
interface Plan {
  readonly name: string;
  readonly index: number;
  readonly team: string;
  readonly kind: Kind;
  readonly tier: NonNullable<ServiceSpec['tier']>;
  readonly hub: boolean;
  readonly random: () => number;
  readonly callers: Plan[];
  calls: Calls;
}

export function generatedFleet(size: number): GeneratedFleet {
  const plans = Array.from({ length: size }, (_, index) => planned(index));
  const hubs = plans.filter(({ hub }) => hub);
  let calls = 0;
  for (const plan of plans) {
    plan.calls = plannedCalls(plan, plans, hubs);
    calls += Object.keys(plan.calls).length;
  }
  const images: Record<string, string> = {};
  const services: Record<string, ServiceSpec> = {};
  for (const plan of plans) {
    const spec = specOf(plan);
    services[plan.name] = spec;
    images[plan.name] = pinned(`registry.example.com/${plan.team}/${plan.name}`, plan.random);
    for (const [side, { image }] of [...Object.entries(spec.init ?? {}), ...Object.entries(spec.sidecars ?? {})])
      images[`${plan.name}/${side}`] = pinned(image, plan.random);
  }
  return { services, profile: PROFILE, images, calls };
}

const PROFILE: PlatformProfile = {
  name: 'generated',
  autoscaling: { keda: { prometheus: 'http://prometheus.monitoring.svc.cluster.local:9090' } },
  identityAnnotations: { 'iam.example.com/role': 'arn:aws:iam::111122223333:role/{identity}' },
  environments: { dev: { zones: ['local'] }, prod: {} },
};

function planned(index: number): Plan {
  const random = numbers(index + 1);
  const team = Math.floor(index / TEAM_SIZE);
  const domain = DOMAINS[Math.floor(team / DOMAIN_TEAMS) % DOMAINS.length]!;
  const hub = index % HUB_EVERY === 0;
  const kind = hub ? 'service' : pick<Kind>(random, [80, 'service'], [10, 'worker'], [6, 'cron'], [4, 'cache']);
  return {
    name: `${domain}-${NOUNS[index % NOUNS.length]!}-${index}`,
    index,
    team: `${domain}-${team}`,
    kind,
    tier: hub ? 'critical' : pick(random, [20, 'critical'], [60, 'standard'], [20, 'best-effort']),
    hub,
    random,
    callers: [],
    calls: {},
  };
}

/** Mostly neighbours, some of the same domain, now and then a hub. Caches answer only. */
function plannedCalls(plan: Plan, plans: readonly Plan[], hubs: readonly Plan[]): Calls {
  const { random, index } = plan;
  if (plan.kind === 'cache') return {};
  const calls: Calls = {};
  const wanted = 5 + Math.floor(random() * 9);
  for (let found = 0; found < wanted; found++) {
    const roll = random();
    const reach = roll < 0.6 ? 2 * TEAM_SIZE : DOMAIN_TEAMS * TEAM_SIZE;
    const nearby = index - Math.floor(reach / 2) + Math.floor(random() * reach);
    const callee =
      roll < 0.85 ? plans[Math.min(Math.max(nearby, 0), plans.length - 1)]! : hubs[Math.floor(random() * hubs.length)]!;
    if (callee === plan || callee.name in calls || callee.kind === 'cron' || callee.kind === 'worker') continue;
    const soft = callee.tier === 'best-effort' || random() < 0.2;
    calls[callee.name] = {
      timeout: `${100 * (1 + Math.floor(random() * 20))}ms`,
      ...(random() < 0.5 ? { idempotent: true } : {}),
      ...(soft ? { need: 'soft', fallback: 'the answer of an hour ago' } : {}),
    };
    callee.callers.push(plan);
  }
  return calls;
}

function specOf(plan: Plan): ServiceSpec {
  const { name, team, kind, tier, random, calls } = plan;
  return {
    team,
    image: `registry.example.com/${team}/${name}`,
    ...(kind === 'service' ? {} : { kind }),
    tier,
    ...portsOf(plan),
    ...acceptsOf(plan),
    ...(Object.keys(calls).length > 0 ? { calls } : {}),
    ...(kind === 'cron' ? { schedule: `${plan.index % 60} 3 * * *`, job: { deadline: '30m' } } : {}),
    env: { LOG_LEVEL: 'info', REGION: 'eu-north-1', WORKERS: 1 + Math.floor(random() * 8), CACHE_TTL: '300s' },
    ...configuration(plan),
    resources: { cpu: `${100 + 50 * Math.floor(random() * 8)}m`, memory: `${128 * (1 + Math.floor(random() * 8))}Mi` },
    ...capacity(plan),
    ...companions(plan),
    ...exceptions(plan),
  };
}

function portsOf({ kind, random }: Plan): Pick<ServiceSpec, 'ports' | 'probes'> {
  switch (kind) {
    case 'service':
      return random() < 0.3 ? { ports: { grpc: 9000, http: 8080 } } : { ports: { http: 8080, metrics: 9090 } };
    case 'cache':
      return { ports: { redis: 6379 } };
    case 'worker': {
      const check = { exec: ['/bin/alive', '--within', '30s'] };
      return { probes: { readiness: { check }, liveness: { check } } };
    }
    case 'cron':
      return {};
  }
}

/** Each call has the consent of the one that is called: by name, or `any` where half the company calls. */
function acceptsOf({ hub, tier, kind, team, callers, index }: Plan): Pick<ServiceSpec, 'accepts'> {
  if (kind === 'cron' || kind === 'worker') return {};
  if (hub) return { accepts: 'any' };
  const strangers = callers.filter((caller) => caller.team !== team);
  if (tier !== 'critical' && strangers.length === 0) return {};
  const named = [...new Set((tier === 'critical' ? callers : strangers).map(({ name }) => name))];
  return {
    accepts: [
      ...(tier === 'critical' ? [] : [`team:${team}`]),
      ...(index % 10 === 0 ? ['system:gateway'] : []),
      ...named.sort(),
    ],
  };
}

function configuration({
  name,
  random,
  index,
}: Plan): Pick<ServiceSpec, 'files' | 'secrets' | 'identity' | 'external'> {
  return {
    ...(random() < 0.5
      ? {
          files: {
            '/etc/app/app.yaml': `server:\n  port: 8080\n  name: ${name}\nfeatures:\n  - checkout-v2\n  - dark-mode\n`,
            '/etc/app/logging.properties': `root.level=info\nroot.appender=stdout\nservice=${name}\nsample=${index}\n`,
          },
        }
      : {}),
    ...(random() < 0.6
      ? {
          secrets: {
            DATABASE_URL: `${name}/database-url`,
            SIGNING_KEY: { key: `${name}/signing`, property: 'current' },
          },
        }
      : {}),
    ...(random() < 0.4 ? { identity: name } : {}),
    ...(random() < 0.1 ? { external: { 'api.partner.example.com': { timeout: '3s' } } } : {}),
  };
}

function capacity({ kind, name, random }: Plan): Partial<ServiceSpec> {
  if (kind === 'cron' || kind === 'cache') return {};
  const peakRps = 50 + Math.floor(random() * 950);
  return {
    ...(random() < 0.5 ? { traffic: { peakRps, rpsPerPod: 40, p99: '400ms' } } : {}),
    ...(random() < 0.2
      ? {
          autoscaling: {
            metrics: [{ type: 'rps', query: `sum(rate(http_requests_total{service="${name}"}[2m]))`, perPod: 30 }],
          },
        }
      : {}),
    ...(random() < 0.3 ? { slo: { availability: 99.9, latency: { p99: '500ms' } } } : {}),
    ...(random() < 0.3 ? { shutdown: { drain: '20s' } } : {}),
  };
}

function companions({ kind, random }: Plan): Pick<ServiceSpec, 'init' | 'sidecars' | 'migrate' | 'volumes'> {
  const small = { cpu: '50m', memory: '64Mi' };
  return {
    ...(random() < 0.15
      ? { sidecars: { 'log-shipper': { image: 'registry.example.com/platform/log-shipper', resources: small } } }
      : {}),
    ...(random() < 0.1
      ? { init: { warmup: { image: 'registry.example.com/platform/warmup', args: ['--quick'], resources: small } } }
      : {}),
    ...(kind === 'service' && random() < 0.25 ? { migrate: { command: ['/app/migrate', 'up'] } } : {}),
    ...(random() < 0.1 ? { volumes: { '/var/cache/app': { size: '512Mi' } } } : {}),
  };
}

/** What does not fit, and what the fleet brings besides: alerts, a scrape, a certificate, a changed field. */
function exceptions({ kind, name, random }: Plan): Pick<ServiceSpec, 'extra' | 'overrides' | 'environments'> {
  return {
    ...(kind === 'service' ? { extra: extras(name) } : {}),
    ...(random() < 0.05
      ? {
          overrides: [
            {
              target: { kind: kind === 'cron' ? 'CronJob' : 'Deployment' },
              patch: { metadata: { annotations: { 'example.com/cost-centre': '4711' } } },
              reason: 'the finance report reads this annotation until 2027',
            },
          ],
        }
      : {}),
    ...(random() < 0.3
      ? { environments: { dev: { env: { LOG_LEVEL: 'debug' } }, prod: { env: { WORKERS: 8 } } } }
      : {}),
  };
}

function extras(name: string): NonNullable<ServiceSpec['extra']> {
  return [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': name } },
        endpoints: [{ port: 'http', interval: '30s', path: '/metrics' }],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name },
      spec: {
        groups: [
          {
            name,
            rules: ['ErrorRate', 'Latency', 'Saturation'].map((alert) => ({
              alert: `${alert}High`,
              expr: `service:${alert.toLowerCase()}:rate5m{service="${name}"} > 0.01`,
              for: '5m',
              labels: { severity: 'page' },
              annotations: { summary: `${alert} of ${name} is above its limit` },
            })),
          },
        ],
      },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name },
      spec: {
        parentRefs: [{ name: 'public', namespace: 'gateway' }],
        hostnames: [`${name}.example.com`],
        rules: [{ backendRefs: [{ name, port: 8080 }] }],
      },
    },
    ...meshObjects(name),
  ];
}

/** What a mesh needs for one service; written by teams themselves as long as the blueprint does not render it. */
function meshObjects(name: string): NonNullable<ServiceSpec['extra']> {
  const host = `${name}.${name}.svc.cluster.local`;
  return [
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default' },
      spec: { mtls: { mode: 'STRICT' } },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name },
      spec: {
        host,
        trafficPolicy: {
          connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 20 } },
          outlierDetection: { consecutiveGatewayErrors: 5, interval: '5s', baseEjectionTime: '30s' },
        },
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name },
      spec: { hosts: [host], http: [{ timeout: '2s', route: [{ destination: { host } }] }] },
    },
  ];
}

function pinned(image: string, random: () => number): string {
  const digest = Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${image}:1.4.0@sha256:${digest}`;
}

/** One of several, by their weights out of 100. */
function pick<T>(random: () => number, ...choices: readonly [number, T][]): T {
  let roll = random() * 100;
  for (const [weight, choice] of choices) {
    roll -= weight;
    if (roll < 0) return choice;
  }
  return choices.at(-1)![1];
}
