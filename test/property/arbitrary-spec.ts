import fc from 'fast-check';
import type { ImagesLock, PlatformProfile, ServiceSpec } from '../../lib';
import { ports, probes, resources, seconds, sideContainers, word, type Port } from './arbitrary-container';
import { profile, profileOf, sizes, TEAMS, type Profile } from './arbitrary-profile';

/**
 * Random fleets that break no rule, made valid by arithmetic of their own: nothing here asks the library what it thinks.
 * Everything is written for the environment `prod`; `whole` is the spec as it holds there, `written` the same with some
 * of its fields moved into `environments.prod`.
 */
export interface ArbitraryService {
  readonly name: string;
  readonly whole: ServiceSpec;
  readonly written: ServiceSpec;
}

export interface ArbitraryFleet {
  readonly profile: PlatformProfile;
  readonly services: readonly ArbitraryService[];
  readonly lock: ImagesLock;
  /** Consented calls, by construction all of them. */
  readonly calls: readonly { readonly caller: string; readonly callee: string; readonly port: number }[];
}

const serviceName = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{38}[a-z0-9]$/) },
);
const env = fc.dictionary(
  fc.constantFrom('LEVEL', 'PORT', 'REGION', 'FLAG_A', 'flag_b'),
  fc.oneof(word, fc.integer({ min: -5, max: 9999 }), fc.boolean()),
);

const external = fc.dictionary(
  fc.constantFrom('api.stripe.com', 'mail.example.org', 'a.b.example.net'),
  fc.oneof(
    fc.record({ port: fc.constantFrom(443, 8443, 25), timeout: fc.constantFrom('2s' as const) }, { requiredKeys: [] }),
    fc.constant({ need: 'soft' as const, fallback: 'try again tomorrow' }),
  ),
  { maxKeys: 2 },
);

interface Draft {
  readonly name: string;
  readonly kind: 'service' | 'worker' | 'cron' | 'cache';
  readonly ports: readonly Port[];
  readonly fields: Partial<ServiceSpec>;
  /** Decides, bit by bit, which fields are moved into the overlay. */
  readonly overlay: number;
  readonly locked: boolean;
  readonly consent: 'any' | 'names' | 'teams' | 'default';
}

function draft(name: string, p: Profile): fc.Arbitrary<Draft> {
  return fc
    .constantFrom('service' as const, 'service' as const, 'worker' as const, 'cron' as const, 'cache' as const)
    .chain((kind) =>
      ports(kind === 'service' || kind === 'cache' ? 1 : 0)
        .map((list) => (kind === 'cron' ? [] : list))
        .chain((own) => {
          const serving = kind !== 'cron';
          const scaled = kind === 'service' || kind === 'worker';
          const absent = fc.constant(undefined);
          const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
          return fc
            .record({
              team: fc.constantFrom(...TEAMS),
              tier: maybe(fc.constantFrom('critical' as const, 'standard' as const, 'best-effort' as const)),
              command: maybe(fc.array(word, { minLength: 1, maxLength: 2 })),
              args: maybe(fc.array(word, { maxLength: 2 })),
              env: maybe(env),
              files: maybe(fc.dictionary(fc.constantFrom('/etc/app.conf', '/etc/app_conf', '/srv/a/b'), word)),
              secrets: maybe(
                fc.dictionary(
                  fc.constantFrom('DB_PASSWORD', 'API_KEY'),
                  fc.constantFrom('shop/db', { key: 'shop/api' }, { key: 'shop/api', property: 'key' }),
                ),
              ),
              resources: maybe(resources(p)),
              probes: serving ? (own.length === 0 ? probes(own) : maybe(probes(own))) : absent,
              sizes: scaled ? maybe(sizes(p)) : absent,
              rollout: serving
                ? maybe(
                    fc.record(
                      {
                        ...(kind === 'cache'
                          ? {}
                          : {
                              maxSurge: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom('10%', '50%', '100%')),
                            }),
                        minReady: seconds(0, 30),
                        progressDeadline: fc.constantFrom('900s' as const, '2h' as const),
                      },
                      { requiredKeys: [] },
                    ),
                  )
                : absent,
              shutdown: maybe(
                fc
                  .record({ preStop: fc.nat(20), drain: fc.nat(60), spare: fc.option(fc.integer({ min: 5, max: 60 })) })
                  .map(({ preStop, drain, spare }) => ({
                    preStop: `${preStop}s` as const,
                    drain: `${drain}s` as const,
                    ...(spare === null ? {} : { grace: `${preStop + drain + spare}s` as const }),
                  })),
              ),
              job:
                kind === 'cron'
                  ? maybe(
                      fc.record(
                        {
                          timeZone: fc.constantFrom('Europe/Oslo', 'Etc/UTC'),
                          concurrency: fc.constantFrom('Forbid' as const, 'Replace' as const, 'Allow' as const),
                          retries: fc.nat(5),
                          deadline: seconds(60, 7200),
                        },
                        { requiredKeys: [] },
                      ),
                    )
                  : absent,
              external: maybe(external),
              volumes: maybe(
                fc.dictionary(
                  fc.constantFrom('/data', '/tmp', '/var/cache'),
                  fc.record({
                    size: fc.constantFrom('1Mi', '32Mi'),
                    medium: fc.constantFrom('disk' as const, 'memory' as const),
                  }),
                ),
              ),
              init: maybe(sideContainers(p, ['prepare', 'fetch'])),
              sidecars: maybe(sideContainers(p, ['proxy-cache', 'agent'])),
              migrate: serving ? maybe(fc.constant({ command: ['/bin/migrate'] })) : absent,
              identity: maybe(word),
              security: maybe(fc.record({ runAsUser: fc.integer({ min: 1, max: 70_000 }) })),
              slo: maybe(fc.constant({ availability: 99.9, latency: { p99: '300ms' as const } })),
              extra: maybe(
                fc.constant([
                  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own-words' }, data: { b: '1', a: '2' } },
                ]),
              ),
              overrides: maybe(
                fc.constant([
                  {
                    target: { kind: 'ServiceAccount' },
                    patch: {
                      metadata: { annotations: { zeta: 'z', alpha: 'a' } },
                      imagePullSecrets: [{ name: 'pull' }],
                    },
                    reason: 'an old registry needs a password',
                  },
                ]),
              ),
              overlay: fc.nat(2 ** 24),
              locked: fc.boolean(),
              consent: fc.constantFrom('any' as const, 'names' as const, 'teams' as const, 'default' as const),
            })
            .map(({ overlay, locked, consent, sizes: knobs, ...fields }) => ({
              name,
              kind,
              ports: own,
              overlay,
              locked,
              consent,
              fields: {
                ...fields,
                ...knobs,
                ...(kind === 'cron' ? { schedule: '*/5 * * * *' } : {}),
                // Team namespaces hold the objects of several services, and these two have names of their own.
                ...(p.namespaces === 'team' ? { extra: undefined } : {}),
              } as Partial<ServiceSpec>,
            }));
        }),
    );
}

const call = fc.record({
  made: fc.integer({ min: 0, max: 3 }).map((value) => value === 0),
  port: fc.option(fc.nat(2)),
  timeout: fc.option(fc.constantFrom('200ms' as const, '1.5s' as const), { nil: undefined }),
  soft: fc.boolean(),
  idempotent: fc.option(fc.boolean(), { nil: undefined }),
  ownVariable: fc.boolean(),
});

/** Fields that stay where they are: who may call whom must not depend on what the other side moved. */
const UNMOVED = new Set(['team', 'image', 'kind']);

function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function split(whole: ServiceSpec, bits: number): ServiceSpec {
  const base: Record<string, unknown> = {};
  const overlay: Record<string, unknown> = {};
  Object.entries(whole).forEach(([key, value], index) => {
    const moved = !UNMOVED.has(key) && ((bits >> (index % 24)) & 1) === 1;
    (moved ? overlay : base)[key] = value;
  });
  // A service must be complete in its base too as far as the schema goes, which asks for team and image only.
  return {
    ...base,
    ...(Object.keys(overlay).length > 0 ? { environments: { prod: overlay } } : {}),
  } as unknown as ServiceSpec;
}

export const arbitraryFleet: fc.Arbitrary<ArbitraryFleet> = fc
  .tuple(profile, fc.uniqueArray(serviceName, { minLength: 1, maxLength: 8 }))
  .chain(([p, names]) =>
    fc
      .tuple(
        fc.tuple(...names.map((name) => draft(name, p))),
        fc.array(call, { minLength: names.length ** 2, maxLength: names.length ** 2 }),
      )
      .map(([drafts, wires]) => {
        const made = drafts.flatMap((caller, from) =>
          drafts.flatMap((callee, to) => {
            const wire = wires[from * drafts.length + to]!;
            return wire.made && callee.ports.length > 0 ? [{ caller, callee, wire, index: `${from}_${to}` }] : [];
          }),
        );
        const lock: Record<string, string> = {};
        const services = drafts.map((service): ArbitraryService => {
          const digest = `sha256:${'c'.repeat(64)}`;
          if (service.locked) lock[service.name] = `ghcr.io/acme/${service.name}@${digest}`;
          const out = made.filter(({ caller }) => caller === service);
          const callers = made.filter(({ callee }) => callee === service).map(({ caller }) => caller);
          const whole = withoutUndefined<ServiceSpec>({
            ...service.fields,
            team: service.fields.team!,
            kind: service.kind === 'service' ? undefined : service.kind,
            image: `ghcr.io/acme/${service.name.replace(/-+/g, '-')}${service.locked ? '' : `@${digest}`}`,
            ports:
              service.ports.length === 0
                ? undefined
                : Object.fromEntries(
                    service.ports.map(({ name, port, protocol }) => [name, protocol ? { port, protocol } : port]),
                  ),
            accepts: acceptedBy(service, callers),
            calls:
              out.length === 0
                ? undefined
                : Object.fromEntries(
                    out.map(({ callee, wire, index }) => [
                      callee.name,
                      withoutUndefined({
                        port: wire.port === null ? undefined : callee.ports[wire.port % callee.ports.length]!.name,
                        timeout: wire.timeout,
                        idempotent: wire.idempotent,
                        ...(wire.soft ? { need: 'soft' as const, fallback: 'the last answer' } : {}),
                        env: wire.ownVariable ? `PEER_${index}` : undefined,
                      }),
                    ]),
                  ),
          });
          if (service.locked) lock[service.name] = `${whole.image}@${digest}`;
          return { name: service.name, whole, written: split(whole, service.overlay) };
        });
        return {
          profile: profileOf(p),
          services,
          lock,
          calls: made.map(({ caller, callee, wire }) => ({
            caller: caller.name,
            callee: callee.name,
            port: callee.ports[wire.port === null ? 0 : wire.port % callee.ports.length]!.port,
          })),
        };
      }),
  );

function acceptedBy({ consent, fields, ports: own }: Draft, callers: readonly Draft[]): ServiceSpec['accepts'] {
  const gateway = own.length > 0 && fields.overrides ? ['system:gateway'] : [];
  if (consent === 'any') return 'any';
  if (consent === 'teams') return [...gateway, ...new Set(callers.map((caller) => `team:${caller.fields.team!}`))];
  const ownTeam = callers.every((caller) => caller.fields.team === fields.team);
  if (consent === 'default' && ownTeam && (fields.tier ?? 'standard') !== 'critical') return undefined;
  return [...gateway, ...callers.map(({ name }) => name)];
}
