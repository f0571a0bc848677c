import type { Protocol } from '../spec/service-spec';
import { broken, type Context } from './context';
import type { ResolvedPort } from './resolved-service';

export function resolvePorts(context: Context): ResolvedPort[] {
  const seen = new Map<number, string>();
  return Object.entries(context.spec.ports ?? {}).map(([name, value]) => {
    const { port, protocol } = typeof value === 'number' ? { port: value, protocol: undefined } : value;
    const twin = seen.get(port);
    if (twin !== undefined) {
      broken(context, {
        code: 'port-taken',
        path: `ports.${name}`,
        message: `${twin} already has this port`,
        got: String(port),
        fix: 'give each name a port of its own',
      });
    }
    seen.set(port, name);
    const guess: Protocol = name.startsWith('http') ? 'http' : name.startsWith('grpc') ? 'grpc' : 'tcp';
    const settled = context.decisions.settle(`ports.${name}.protocol`, protocol, {
      value: guess,
      source: 'derived',
      because: 'the name of the port says so',
    });
    return { name, port, protocol: settled };
  });
}

/** Whether the Service shows clients every pod instead of one address. */
export function headless(context: Context, ports: readonly ResolvedPort[]): boolean {
  if (context.kind === 'cron' || ports.length === 0) return false;
  const needed = !context.platform.mesh && ports.some((port) => port.protocol === 'grpc');
  if (needed)
    context.notes.push(
      'gRPC without a mesh: the Service is headless, and clients must balance themselves (dns:/// with round_robin)',
    );
  context.decisions.record(
    'service.headless',
    needed,
    'derived',
    needed
      ? 'gRPC keeps one connection for all calls, so a cluster IP would send everything to one pod; a headless Service shows the client every pod'
      : 'connections are balanced by the cluster IP or by the mesh',
  );
  return needed;
}
