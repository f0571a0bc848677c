import { App, Chart } from 'cdk8s';
import { ServiceBlueprint } from '../../../lib';
import { intentSchema } from '../../../lib/blueprint/intent-schema';
import { Manifests, Match } from '../../../lib/testing';
import {
  cache,
  codes,
  cron,
  fleetOf,
  IMAGE,
  listOf,
  manifestsOf,
  problemsOf,
  profileOf,
  rendered,
  spec,
  worker,
  LEAST,
} from '../fleet/fleets';

const side = (changes = {}) => ({ image: IMAGE, ...changes });

interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations?: unknown };
  readonly spec: Record<string, never> & {
    readonly initContainers: readonly { readonly name: string; readonly restartPolicy?: string }[];
    readonly containers: readonly Record<string, unknown>[];
  };
}

function podOf(service: ReturnType<typeof spec>, profile?: Parameters<typeof rendered>[1]): Pod {
  return (rendered(service, profile).one('Deployment').spec as { template: Pod }).template;
}

describe('side containers', () => {
  const service = spec({
    sidecars: { zeta: side(), agent: side({ args: ['-v'], env: { MODE: 'x', COUNT: 3 } }) },
    init: { second: side(), first: side({ command: ['/bin/first'] }) },
  });

  test('start in order: native sidecars, then init containers, each by name', () => {
    expect(podOf(service).spec.initContainers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['agent', 'Always'],
      ['zeta', 'Always'],
      ['first', undefined],
      ['second', undefined],
    ]);
    expect(podOf(service).spec.containers.map(({ name }) => name)).toEqual(['app']);
  });

  test('have what their spec says, and no less locked down than the service', () => {
    const [agent, , first] = podOf(service).spec.initContainers;
    expect(agent).toMatchObject({
      args: ['-v'],
      env: [
        { name: 'COUNT', value: '3' },
        { name: 'MODE', value: 'x' },
      ],
    });
    expect(first).toMatchObject({
      command: ['/bin/first'],
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '400m', memory: '256Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
    });
  });

  test.each(['init', 'sidecars'] as const)('cannot take the name of the main container: %s', (group) => {
    expect(codes(problemsOf(spec({ [group]: { app: side() } })))).toEqual([`container-name-taken ${group}.app`]);
  });

  test('cannot take the name of each other', () => {
    expect(problemsOf(spec({ init: { agent: side() }, sidecars: { agent: side() } }))).not.toEqual([]);
  });
});

describe('a migration', () => {
  const migrate = { command: ['/bin/migrate', 'up'] };
  const jobName = (changes: Parameters<typeof spec>[0]) =>
    rendered(spec({ migrate, ...changes })).one('Job').metadata.name;

  test('is a Job in the service’s own image and configuration, before the workload', () => {
    const fleet = fleetOf({ app: spec({ migrate, env: { LEVEL: 'info' }, secrets: { PASSWORD: 'k' } }) });
    const order = listOf(fleet).map(({ kind }) => kind);
    expect(order.indexOf('Job')).toBeLessThan(order.indexOf('Deployment'));
    expect(order.indexOf('ConfigMap')).toBeLessThan(order.indexOf('Job'));
    expect(order.lastIndexOf('NetworkPolicy')).toBeLessThan(order.indexOf('Job'));
    manifestsOf(fleet).has('Job', {
      spec: {
        backoffLimit: 2,
        activeDeadlineSeconds: 600,
        ttlSecondsAfterFinished: 86400,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                name: 'app',
                image: IMAGE,
                command: migrate.command,
                envFrom: [{ configMapRef: { name: Match.any() } }],
              },
            ],
          },
        },
      },
    });
  });

  test('is found by the network policy of the service and by nothing else of it', () => {
    const { template } = rendered(spec({ migrate })).one('Job').spec as { template: Pod };
    expect(template.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'app',
      'app.kubernetes.io/instance': 'app-migrate',
    });
    const [container] = template.spec.containers;
    for (const field of ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'])
      expect(container).not.toHaveProperty(field);
  });

  test('runs again with another version, another configuration or another command, and never without', () => {
    const before = jobName({});
    expect(before).toMatch(/^app-migrate-[0-9a-f]{10}$/);
    expect(jobName({ image: IMAGE.replace('0123', '3210') })).not.toBe(before);
    expect(jobName({ env: { LEVEL: 'info' } })).not.toBe(before);
    expect(jobName({ migrate: { command: ['/bin/migrate', 'down'] } })).not.toBe(before);
    expect(jobName({ autoscaling: { min: 6 }, probes: { startup: '5s' } })).toBe(before);
  });
});

describe('kinds', () => {
  test('a service has what the seeds ask for', () => {
    expect(
      listOf(fleetOf({ app: spec() }))
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(
      [
        'Deployment',
        'HorizontalPodAutoscaler',
        'LimitRange',
        'Namespace',
        'NetworkPolicy',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'ResourceQuota',
        'Role',
        'RoleBinding',
        'Service',
        'ServiceAccount',
      ].sort(),
    );
  });

  test('a worker without ports has no Service, and one with ports has one', () => {
    rendered(worker()).hasNo('Service');
    rendered(worker({ ports: { metrics: 9100 } })).has('Service', {
      spec: { ports: [{ name: 'metrics', port: 9100 }] },
    });
  });

  test('a cron runs one at a time, in UTC, with an end', () => {
    const manifests = rendered(cron());
    for (const kind of ['Deployment', 'Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'])
      manifests.hasNo(kind);
    manifests.has('CronJob', {
      spec: {
        schedule: '0 3 * * *',
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 300,
        jobTemplate: {
          spec: { backoffLimit: 2, activeDeadlineSeconds: 3600, template: { spec: { restartPolicy: 'Never' } } },
        },
      },
    });
  });

  test('a cron runs as its spec says', () => {
    const job = {
      timeZone: 'Europe/Oslo',
      concurrency: 'Replace',
      deadline: '5m',
      startingDeadline: '1m',
      retries: 0,
    } as const;
    rendered(cron({ job })).has('CronJob', {
      spec: {
        timeZone: 'Europe/Oslo',
        concurrencyPolicy: 'Replace',
        startingDeadlineSeconds: 60,
        jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 300 } },
      },
    });
  });

  test('a cron needs a schedule', () => {
    expect(codes(problemsOf(cron({ schedule: undefined })))).toEqual(['schedule-needed schedule']);
  });

  test.each(['probes', 'autoscaling', 'replicas', 'disruption', 'rollout', 'migrate', 'ports'] as const)(
    'a cron has no use for %s, and says so',
    (field) => {
      const values = {
        probes: { startup: '5s' },
        autoscaling: false,
        replicas: 2,
        disruption: { maxUnavailable: 1 },
        rollout: { minReady: '5s' },
        migrate: { command: ['/m'] },
        ports: { http: 8080 },
      } as const;
      expect(codes(problemsOf(cron({ [field]: values[field] })))).toEqual([`field-of-another-kind ${field}`]);
    },
  );

  test.each([
    ['schedule', { schedule: '@daily' }],
    ['job', { job: { retries: 1 } }],
  ])('only a cron has a %s', (field, changes) => {
    for (const service of [spec(changes), worker(changes), cache(changes)])
      expect(codes(problemsOf(service))).toEqual([`field-of-another-kind ${field}`]);
  });

  test('a service without a port is refused', () => {
    expect(codes(problemsOf(spec({ ports: undefined })))).toContain('port-needed ports');
  });
});

describe('the pod', () => {
  test('runs as nobody in particular', () => {
    expect(podOf(spec()).spec).toMatchObject({
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      serviceAccountName: 'app',
    });
    expect(podOf(spec({ security: { runAsUser: 70 } })).spec).toMatchObject({
      securityContext: { runAsUser: 70, fsGroup: 70 },
    });
    expect(podOf(spec(), profileOf({ runAsUser: 1000 })).spec).toMatchObject({ securityContext: { runAsUser: 1000 } });
  });

  test('has its entry point from the image, unless the spec says another', () => {
    const [container] = podOf(spec()).spec.containers;
    expect(container).not.toHaveProperty('command');
    expect(container).not.toHaveProperty('args');
    expect(podOf(spec({ command: ['/bin/app'], args: ['-v'] })).spec.containers[0]).toMatchObject({
      command: ['/bin/app'],
      args: ['-v'],
    });
  });

  test('is selected by labels that no version and no team changes', () => {
    const selector = (changes: Parameters<typeof spec>[0]) =>
      (rendered(spec(changes)).one('Deployment').spec as { selector: unknown }).selector;
    const frozen = { matchLabels: { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'app' } };
    expect(selector({})).toEqual(frozen);
    expect(selector({ team: 'other', tier: 'best-effort', image: IMAGE.replace('0123', '3210') })).toEqual(frozen);
  });
});

describe('the intent', () => {
  const INTENT = 'golden-path.dev/intent';
  const service = spec({
    tier: 'critical',
    accepts: 'any',
    traffic: { peakRps: 20, rpsPerPod: 40, p99: '250ms' },
    slo: { availability: 99.9, latency: { p99: '300ms' } },
    calls: { cart: { timeout: '800ms', idempotent: true, need: 'soft', fallback: 'an empty cart' } },
    external: { 'api.stripe.com': { timeout: '3s' } },
    shutdown: { drain: '20s' },
  });
  const fleet = (changes = {}) => fleetOf({ app: { ...service, ...changes }, cart: spec({ accepts: 'any' }) });
  const factsOf = (changes = {}) =>
    JSON.parse(manifestsOf(fleet(changes)).one('Deployment').metadata.annotations![INTENT]!) as unknown;

  test('is what no manifest carries, by its schema', () => {
    expect(intentSchema.parse(factsOf())).toEqual({
      version: 1,
      tier: 'critical',
      kind: 'service',
      peakRps: 20,
      rpsPerPod: 40,
      p99Ms: 250,
      slo: { availability: 99.9, latency: { p99: '300ms' } },
      drainSeconds: 20,
      calls: {
        cart: {
          host: 'cart.cart.svc.cluster.local',
          port: 8080,
          timeoutMs: 800,
          idempotent: true,
          need: 'soft',
          fallback: 'an empty cart',
        },
      },
      external: { 'api.stripe.com': { port: 443, timeoutMs: 3000, need: 'hard' } },
    });
  });

  test('leaves out what is unknown', () => {
    const text = rendered(spec()).one('Deployment').metadata.annotations![INTENT]!;
    expect(text).toBe('{"calls":{},"drainSeconds":15,"external":{},"kind":"service","tier":"standard","version":1}');
    expect(intentSchema.safeParse(JSON.parse(text)).success).toBe(true);
  });

  test('of a cron is on the CronJob', () => {
    expect(intentSchema.parse(JSON.parse(rendered(cron()).one('CronJob').metadata.annotations![INTENT]!)).kind).toBe(
      'cron',
    );
  });

  test('restarts nothing when it changes: it is not on the pods', () => {
    const template = (changes = {}) =>
      (manifestsOf(fleet(changes)).one('Deployment').spec as { template: Pod }).template;
    expect(template().metadata).not.toHaveProperty('annotations');
    const changed = { traffic: { peakRps: 30, rpsPerPod: 40 }, slo: undefined };
    expect(template(changed)).toEqual(template());
    expect(factsOf(changed)).not.toEqual(factsOf());
  });

  test.each([
    ['a call', { calls: { cart: { timeout: '0s' as const } } }],
    ['a call out of the cluster', { external: { 'api.stripe.com': { timeout: '0s' as const } } }],
    ['the latency', { traffic: { peakRps: 20, rpsPerPod: 40, p99: '0s' as const } }],
  ])('cannot be made unreadable by a time span of nothing: %s', (_, changes) => {
    const rendering = () => {
      const made = fleet(changes).in('prod');
      return made.problems().length > 0 || intentSchema.safeParse(factsOf(changes)).success;
    };
    let fine: boolean;
    try {
      fine = rendering();
    } catch {
      fine = true;
    }
    expect(fine).toBe(true);
  });
});

describe('in a plain chart', () => {
  const chart = (id = 'shop') => new Chart(new App(), id, { disableResourceNameHashes: true });

  test('a blueprint is a fleet of one, for production', () => {
    const scope = chart();
    const { resolved } = new ServiceBlueprint(scope, 'app', {
      ...LEAST,
      calls: { cart: { at: { namespace: 'cart', port: 9090, protocol: 'grpc' } } },
    });
    expect(resolved).toMatchObject({ name: 'app', environment: 'prod', fleet: 'shop', calls: [{ protocol: 'grpc' }] });
    Manifests.of(scope).has('Deployment', {
      spec: {
        template: {
          spec: {
            containers: [{ name: 'app', env: [{ name: 'CART_ADDR', value: 'cart.cart.svc.cluster.local:9090' }] }],
          },
        },
      },
    });
  });

  test('a tag is enough, since there is no lock to pin digests in', () => {
    expect(() => new ServiceBlueprint(chart(), 'app', { ...LEAST, image: 'ghcr.io/acme/app:v1' })).not.toThrow();
    expect(() => new ServiceBlueprint(chart(), 'app', { ...LEAST, image: 'ghcr.io/acme/app' })).toThrow(
      /image-not-pinned/,
    );
  });

  test('everything wrong is thrown at once', () => {
    expect(() => new ServiceBlueprint(chart(), 'app', { ...LEAST, replicas: 0, calls: { Cart: {} } })).toThrow(
      /^2 problems/,
    );
    expect(() => new ServiceBlueprint(chart(), 'app', { ...LEAST, replicas: 3, calls: { cart: {} } })).toThrow(
      /^2 problems/,
    );
  });

  test('labels are valid whatever the chart is called', () => {
    const scope = chart('my shop (staging)');
    new ServiceBlueprint(scope, 'app', LEAST);
    for (const { metadata } of Manifests.of(scope).all('Deployment'))
      for (const value of Object.values(metadata.labels!))
        expect(value).toMatch(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/);
  });
});
