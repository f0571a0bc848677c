import { sortedEntries } from '../core/canonical';
import type { EnvironmentSpec } from '../spec/service-spec';
import { broken, inSeconds, optional, seconds, type Context } from './context';
import type { ProbeCheck, ResolvedPort, ResolvedProbe, ResolvedProbes } from './resolved-service';

type Check = NonNullable<NonNullable<NonNullable<EnvironmentSpec['probes']>['readiness']>['check']>;

/** How much longer liveness must take than readiness: traffic stops long before anything is restarted. */
const PATIENCE = 3;

/** Startup, readiness and liveness of a container that runs for good; null for what runs to its end. */
export function resolveProbes(context: Context, ports: readonly ResolvedPort[]): ResolvedProbes | null {
  if (context.kind === 'cron') return null;
  const { spec, platform, decisions } = context;
  const own = spec.probes ?? {};
  const [first] = ports;
  if (!first && !(own.readiness?.check && own.liveness?.check)) {
    broken(context, {
      code: 'probes-needed',
      path: 'probes',
      message: 'without a port nothing can be derived that tells a healthy process from a hanging one',
      expected: 'probes.readiness.check and probes.liveness.check with exec',
      fix: 'add probes: { readiness: { check: { exec: [...] } }, liveness: { check: { exec: [...] } } }',
    });
    return null;
  }

  const timing = (name: 'readiness' | 'liveness', period: number, failures: number, why: string) => ({
    period: decisions.settle(
      `probes.${name}.period`,
      optional(own[name]?.period, seconds),
      { value: period, source: 'derived', because: why },
      inSeconds,
    ),
    timeout: decisions.settle(
      `probes.${name}.timeout`,
      optional(own[name]?.timeout, seconds),
      { value: 2, source: 'derived', because: 'the API default of 1s fails healthy pods on a busy node' },
      inSeconds,
    ),
    failures: decisions.settle(`probes.${name}.failures`, own[name]?.failures, {
      value: failures,
      source: 'derived',
      because: why,
    }),
  });

  const readiness: ResolvedProbe = {
    check: checkOf(context, 'readiness', own.readiness?.check, first, ports),
    ...timing(
      'readiness',
      5,
      3,
      `traffic leaves a failing pod within ${own.readiness?.failures ?? 3} x ${optional(own.readiness?.period, seconds) ?? 5}s`,
    ),
  };
  const readinessFails = readiness.period * readiness.failures;
  const livenessPeriod = optional(own.liveness?.period, seconds) ?? 10;
  const liveness: ResolvedProbe = {
    check: checkOf(context, 'liveness', own.liveness?.check, first, ports),
    ...timing(
      'liveness',
      10,
      Math.ceil((PATIENCE * readinessFails) / livenessPeriod),
      `a restart is the last resort: at least ${PATIENCE} times the ${readinessFails}s after which readiness takes the traffic away`,
    ),
  };
  if (sameCheck(liveness.check, readiness.check) && liveness.period * liveness.failures < PATIENCE * readinessFails) {
    broken(context, {
      code: 'liveness-too-eager',
      path: 'probes.liveness',
      message: 'liveness asks what readiness asks, and restarts before readiness had its time to heal',
      got: `${liveness.period}s x ${liveness.failures} = ${liveness.period * liveness.failures}s`,
      expected: `at least ${PATIENCE} x ${readinessFails}s`,
      fix: 'raise probes.liveness.failures, or give liveness a check of its own',
    });
  }

  const budget = decisions.settle(
    'probes.startup',
    optional(own.startup, seconds),
    {
      value: seconds(platform.probes.startup),
      source: 'platform',
      because: 'the profile’s time to start; liveness waits until then',
    },
    inSeconds,
  );
  const startup: ResolvedProbe = {
    check: liveness.check,
    period: 2,
    timeout: 2,
    failures: Math.max(1, Math.ceil(budget / 2)),
  };
  return { startup, readiness, liveness };
}

function checkOf(
  context: Context,
  name: 'readiness' | 'liveness',
  own: Check | undefined,
  first: ResolvedPort | undefined,
  ports: readonly ResolvedPort[],
): ProbeCheck {
  const derived = first ? derivedCheck(context, name, first) : undefined;
  const check = own ? writtenCheck(context, `probes.${name}.check`, own, ports) : derived!.check;
  const because = derived?.because ?? 'nothing can be derived without a port';
  context.decisions.settle(`probes.${name}.check`, own ? describe(check) : undefined, {
    value: derived ? describe(derived.check) : 'none',
    source: 'derived',
    because,
  });
  return check;
}

function derivedCheck(
  context: Context,
  name: 'readiness' | 'liveness',
  port: ResolvedPort,
): { check: ProbeCheck; because: string } {
  const tcp: ProbeCheck = { type: 'tcp', port: port.name };
  if (name === 'liveness') {
    return {
      check: tcp,
      because: 'a connection says that the process lives and asks no dependency, which a restart would not heal',
    };
  }
  if (port.protocol === 'http') {
    const path = context.platform.probes.readinessPath;
    return {
      check: { type: 'http', path, port: port.name, headers: {} },
      because: 'the profile’s readiness path on the first port, which speaks HTTP',
    };
  }
  if (port.protocol === 'grpc') {
    return {
      check: { type: 'grpc', port: port.port, service: '' },
      because: 'the standard gRPC health service on the first port',
    };
  }
  return { check: tcp, because: 'the first port speaks a protocol without a health check of its own' };
}

function writtenCheck(context: Context, path: string, check: Check, ports: readonly ResolvedPort[]): ProbeCheck {
  if ('exec' in check) return { type: 'exec', command: check.exec };
  const wanted = 'tcp' in check ? check.tcp : check.port;
  const port = wanted === undefined ? ports[0] : ports.find((candidate) => candidate.name === wanted);
  if (!port) {
    broken(context, {
      code: 'unknown-port',
      path,
      message:
        wanted === undefined ? 'the service has no port that could be asked' : 'the service has no port of this name',
      got: wanted ?? 'no ports',
      expected: ports.length === 0 ? 'an exec check' : `one of ${ports.map(({ name }) => name).join(', ')}`,
    });
    return { type: 'tcp', port: wanted ?? '' };
  }
  if ('tcp' in check) return { type: 'tcp', port: port.name };
  if ('grpc' in check) return { type: 'grpc', port: port.port, service: check.grpc };
  return { type: 'http', path: check.http, port: port.name, headers: Object.fromEntries(sortedEntries(check.headers)) };
}

function sameCheck(a: ProbeCheck, b: ProbeCheck): boolean {
  if (a.type === 'http' && b.type === 'http') return a.path === b.path && a.port === b.port;
  if (a.type === 'grpc' && b.type === 'grpc') return a.service === b.service && a.port === b.port;
  return a.type === 'exec' && b.type === 'exec' && a.command.join('\0') === b.command.join('\0');
}

function describe(check: ProbeCheck): string {
  switch (check.type) {
    case 'http':
      return `GET ${check.path} on ${check.port}`;
    case 'grpc':
      return `gRPC health${check.service === '' ? '' : ` of ${check.service}`} on ${check.port}`;
    case 'tcp':
      return `TCP connection to ${check.port}`;
    case 'exec':
      return `exec ${check.command.join(' ')}`;
  }
}
