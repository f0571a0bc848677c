import { Fleet, ProblemsError, ServiceBlueprint, type Problem, type ServiceSpec } from '../../../lib';
import type { Manifest, PlatformProfile, RenderOptions, ResolvedService } from '../../../lib';
import { Manifests } from '../../../lib/testing';

/** Fleets for tests: small, valid, and rendered for `prod` unless a test says otherwise. */
export const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`;
export const IMAGE = `ghcr.io/acme/app${DIGEST}`;

/** The fewest fields that make a service. */
export const LEAST: ServiceSpec = { team: 'shop', image: IMAGE, ports: { http: 8080 } };

type Changes = Partial<ServiceSpec>;

export function spec(changes: Changes = {}): ServiceSpec {
  return { ...LEAST, ...changes };
}

/** Kinds that have no port of their own. */
export function worker(changes: Changes = {}): ServiceSpec {
  const check = { check: { exec: ['/bin/healthy'] } };
  return {
    team: 'shop',
    image: IMAGE,
    kind: 'worker',
    probes: { readiness: check, liveness: { check: { exec: ['/bin/alive'] } } },
    ...changes,
  };
}

export function cron(changes: Changes = {}): ServiceSpec {
  return { team: 'shop', image: IMAGE, kind: 'cron', schedule: '0 3 * * *', ...changes };
}

export function cache(changes: Changes = {}): ServiceSpec {
  return { team: 'shop', image: IMAGE, kind: 'cache', ports: { redis: 6379 }, ...changes };
}

export function fleetOf(services: Readonly<Record<string, unknown>>, profile?: PlatformProfile): Fleet {
  const fleet = new Fleet({ name: 'test-fleet', ...(profile ? { profile } : {}) });
  for (const [name, service] of Object.entries(services)) new ServiceBlueprint(fleet, name, service as ServiceSpec);
  return fleet;
}

export const ENVIRONMENTS = { dev: {}, staging: {}, prod: {} };

export function profileOf(profile: PlatformProfile): PlatformProfile {
  return { environments: ENVIRONMENTS, ...profile };
}

export function zones(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `zone-${'abcdefghi'[index]}`);
}

/** One service, everything decided. */
export function resolved(changes: Changes = {}, profile?: PlatformProfile, environment = 'prod'): ResolvedService {
  return resolvedSpec(spec(changes), profile, environment);
}

export function resolvedSpec(service: ServiceSpec, profile?: PlatformProfile, environment = 'prod'): ResolvedService {
  return fleetOf({ app: service }, profile).in(environment).resolved('app');
}

/** All objects of one service of a fleet that breaks no rule. */
export function manifestsOf(fleet: Fleet, name = 'app', options: RenderOptions & { env?: string } = {}): Manifests {
  return Manifests.of(listOf(fleet, name, options));
}

export function listOf(
  fleet: Fleet,
  name = 'app',
  { env = 'prod', ...options }: RenderOptions & { env?: string } = {},
): Manifest[] {
  const rendering = fleet.in(env, options);
  expect(rendering.problems([name])).toEqual([]);
  return rendering.service(name).groups.flatMap(({ manifests }) => manifests);
}

export function rendered(service: ServiceSpec, profile?: PlatformProfile): Manifests {
  return manifestsOf(fleetOf({ app: service }, profile));
}

/** Everything wrong with a fleet: what cannot be used, or else the rules that it breaks. */
export function problemsIn(fleet: Fleet, options: RenderOptions & { env?: string } = {}): readonly Problem[] {
  const { env = 'prod', ...rest } = options;
  try {
    return fleet.in(env, rest).problems();
  } catch (error) {
    if (!ProblemsError.is(error)) throw error;
    return error.problems;
  }
}

export function problemsOf(
  service: unknown,
  profile?: PlatformProfile,
  options: RenderOptions = {},
): readonly Problem[] {
  return problemsIn(fleetOf({ app: service }, profile), options);
}

export function codes(problems: readonly Problem[]): string[] {
  return problems.map(({ code, path }) => `${code} ${path}`.trim());
}

/** The one problem of its code, so that a test can look at its sentences. */
export function only(problems: readonly Problem[], code: string): Problem {
  const found = problems.filter((problem) => problem.code === code);
  expect(codes(found)).toHaveLength(1);
  return found[0]!;
}

export function decision(service: ResolvedService, path: string) {
  const found = service.decisions.find((candidate) => candidate.path === path);
  if (!found) throw new Error(`no decision at ${path}; there are ${service.decisions.map((d) => d.path).join(', ')}`);
  return found;
}
