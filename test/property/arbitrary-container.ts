import fc from 'fast-check';
import type { ServiceSpec } from '../../lib';
import type { Profile } from './arbitrary-profile';

/** Random containers, ports and probes that fit to each other; see `arbitrary-spec.ts`. */
export const word = fc.stringMatching(/^[a-z]{1,8}$/);
export const seconds = (min: number, max: number) => fc.integer({ min, max }).map((value) => `${value}s` as const);
const cpu = fc.oneof(
  fc.integer({ min: 1, max: 3000 }).map((value) => ({ text: `${value}m`, value })),
  fc.constantFrom({ text: '1', value: 1000 }, { text: '0.25', value: 250 }, { text: '2.5', value: 2500 }),
);
const memory = fc.oneof(
  fc.integer({ min: 1, max: 4000 }).map((value) => `${value}Mi`),
  fc.constantFrom('1Gi', '0.5Gi', '512M', '1500k'),
);

/** Requests and limits that fit to each other and to the profile. */
export function resources({ cpuLimitRatio }: Profile) {
  return fc
    .record({ cpu: fc.option(cpu), memory: fc.option(memory), limit: fc.constantFrom('none', 'off', 'own') })
    .map(({ cpu: request, memory: size, limit }) => ({
      ...(request ? { cpu: request.text } : {}),
      ...(size ? { memory: size } : {}),
      ...(limit === 'off' ? { cpuLimit: false as const } : {}),
      ...(limit === 'own' && cpuLimitRatio !== false ? { cpuLimit: `${(request?.value ?? 100) + 7}m` } : {}),
    }));
}

export interface Port {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'http' | 'grpc' | 'tcp' | undefined;
}

export function ports(fewest: number): fc.Arbitrary<Port[]> {
  const names = ['http', 'http-admin', 'grpc', 'grpc-internal', 'metrics', 'redis', 'api'];
  return fc
    .record({
      names: fc.uniqueArray(fc.constantFrom(...names), { minLength: fewest, maxLength: 3 }),
      numbers: fc.uniqueArray(fc.integer({ min: 1024, max: 65535 }), { minLength: 3, maxLength: 3 }),
      protocols: fc.array(fc.constantFrom(undefined, 'http' as const, 'grpc' as const, 'tcp' as const), {
        minLength: 3,
        maxLength: 3,
      }),
    })
    .map((parts) =>
      parts.names.map((name, index) => ({ name, port: parts.numbers[index]!, protocol: parts.protocols[index] })),
    );
}

function check(own: readonly Port[], path: string) {
  const names = own.map(({ name }) => name);
  const exec = fc.constant({ exec: [`/bin/${path}`] });
  if (names.length === 0) return exec;
  const port = fc.option(fc.constantFrom(...names), { nil: undefined });
  const headers = fc.option(fc.dictionary(fc.constantFrom('x-check', 'host', 'accept'), word), { nil: undefined });
  return fc.oneof(
    exec,
    fc.constantFrom(...names).map((tcp) => ({ tcp })),
    port.map((asked) => ({ grpc: path, ...(asked ? { port: asked } : {}) })),
    fc.tuple(port, headers).map(([asked, sent]) => ({
      http: `/${path}`,
      ...(asked ? { port: asked } : {}),
      ...(sent ? { headers: sent } : {}),
    })),
  );
}

/** Liveness asks something else than readiness, or waits three times as long. */
export function probes(own: readonly Port[]): fc.Arbitrary<ServiceSpec['probes']> {
  const timing = { period: seconds(1, 20), timeout: seconds(1, 10), failures: fc.integer({ min: 1, max: 9 }) };
  const ready = fc.record(
    { check: check(own, 'ready'), ...timing },
    { requiredKeys: own.length === 0 ? ['check'] : [] },
  );
  return fc
    .record({
      readiness: ready,
      liveness: fc.record({ check: check(own, 'alive'), ...timing }, { requiredKeys: ['check'] }),
      same: fc.boolean(),
      startup: fc.option(seconds(0, 300)),
    })
    .map(({ readiness, liveness, same, startup }) => {
      const patient = { ...liveness, failures: undefined };
      return {
        readiness,
        // Without a number of failures the library has to find one that is patient enough.
        liveness: same && readiness.check ? { ...patient, check: readiness.check } : liveness,
        ...(startup === null ? {} : { startup }),
      };
    }) as fc.Arbitrary<ServiceSpec['probes']>;
}

export function sideContainers(p: Profile, names: readonly string[]) {
  return fc.dictionary(
    fc.constantFrom(...names),
    fc
      .record({
        args: fc.option(fc.array(word, { minLength: 1, maxLength: 2 }), { nil: undefined }),
        env: fc.option(fc.dictionary(fc.constantFrom('LEVEL', 'MODE'), word), { nil: undefined }),
        resources: fc.option(resources(p), { nil: undefined }),
      })
      .map((fields) => ({ image: `ghcr.io/acme/side@sha256:${'b'.repeat(64)}`, ...fields })),
    { maxKeys: 2 },
  );
}
