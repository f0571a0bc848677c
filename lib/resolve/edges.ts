import { compare, sortedEntries } from '../core/canonical';
import { formatPath } from '../core/data';
import { formatDuration } from '../core/units';
import type { CallEdge, CallGraph } from '../graph/call-graph';
import type { SystemPeer } from '../platform/network-peers';
import { broken, milliseconds, optional, type Context } from './context';
import type { Edges, NetworkRule, OwnFacts, ResolvedCall, ResolvedExternal } from './resolved-service';

/** Internal RPC and external HTTP, as the seeds' practical defaults have them. */
const INTERNAL_TIMEOUT = 1_000;
const EXTERNAL_TIMEOUT = 5_000;

/** Own facts of a service of the fleet. */
export type FactsOf = (name: string) => OwnFacts;

/** Second pass: what follows from calls, with the facts of both ends known. */
export function resolveEdges(context: Context, own: OwnFacts, graph: CallGraph, factsOf: FactsOf): Edges {
  const calls = resolveCalls(context, graph, factsOf);
  const externals = resolveExternals(context);
  checkEnvironment(context, calls);
  return {
    calls,
    externals,
    callers: [...new Set(graph.callersOf(own.name).map((edge) => edge.caller))].sort(compare),
    network: {
      ingress: ingressRules(context, own, graph, factsOf),
      egress: egressRules(context, calls, externals, factsOf),
    },
  };
}

function resolveCalls(context: Context, graph: CallGraph, factsOf: FactsOf): ResolvedCall[] {
  const { spec, platform, decisions } = context;
  const edges = new Map(graph.callsOf(context.name).map((edge) => [edge.callee, edge]));
  return sortedEntries(spec.calls).flatMap(([callee, call]) => {
    const path = formatPath(['calls', callee]);
    const place = call.at
      ? {
          namespace: call.at.namespace,
          port: call.at.port,
          portName: null,
          protocol: call.at.protocol ?? ('http' as const),
        }
      : placeOf(edges.get(callee), factsOf);
    if (!place) return [];
    const host = `${callee}.${place.namespace}.svc.${platform.clusterDomain}`;
    const timeoutMs = decisions.settle(
      `${path}.timeout`,
      optional(call.timeout, milliseconds),
      {
        value: INTERNAL_TIMEOUT,
        source: 'derived',
        because: 'the seeds’ default for an internal call: every call has an end',
      },
      formatDuration,
    );
    const need = resolveNeed(context, path, call);
    const idempotent = decisions.settle(`${path}.idempotent`, call.idempotent, {
      value: false,
      source: 'derived',
      because: 'nobody said that a repeated call does no harm, so nothing may repeat it',
    });
    const env = call.env ?? `${callee.toUpperCase().replaceAll('-', '_')}_ADDR`;
    decisions.record(
      `${path}.env`,
      `${env}=${host}:${place.port}`,
      call.env === undefined ? 'derived' : 'spec',
      'the full name spares the search through other domains',
    );
    return [
      {
        callee,
        host,
        port: place.port,
        portName: place.portName,
        protocol: place.protocol,
        timeoutMs,
        idempotent,
        need,
        fallback: call.fallback ?? null,
        env,
      },
    ];
  });
}

/** Undefined for a call that the graph has refused; its problem is already reported. */
function placeOf(edge: CallEdge | undefined, factsOf: FactsOf) {
  if (!edge) return undefined;
  const callee = factsOf(edge.callee);
  const port = callee.ports.find(({ name }) => name === edge.port)!;
  return { namespace: callee.namespace.name, port: port.port, portName: port.name, protocol: port.protocol };
}

function resolveExternals(context: Context): ResolvedExternal[] {
  return sortedEntries(context.spec.external).map(([host, external]) => {
    const path = formatPath(['external', host]);
    const need = resolveNeed(context, path, external);
    const port = context.decisions.settle(`${path}.port`, external.port, {
      value: 443,
      source: 'derived',
      because: 'HTTPS',
    });
    const timeoutMs = context.decisions.settle(
      `${path}.timeout`,
      optional(external.timeout, milliseconds),
      {
        value: EXTERNAL_TIMEOUT,
        source: 'derived',
        because: 'the seeds’ default for an external call: every call has an end',
      },
      formatDuration,
    );
    return {
      host,
      port,
      timeoutMs,
      need,
      fallback: external.fallback ?? null,
    };
  });
}

interface Needed {
  readonly need?: 'hard' | 'soft' | undefined;
  readonly fallback?: string | undefined;
}

/** Whether the caller can do without, and what it does then. */
function resolveNeed(context: Context, path: string, { need, fallback }: Needed): 'hard' | 'soft' {
  if (fallback !== undefined)
    context.decisions.record(`${path}.fallback`, fallback, 'spec', 'what the service does without an answer');
  if (need === 'soft' && fallback === undefined) {
    broken(context, {
      code: 'fallback-needed',
      path: `${path}.fallback`,
      message: 'a soft call needs a fallback: without one it is a hard call',
      fix: 'say what the service does without an answer, such as fallback: "last known rate", or make the call hard',
    });
  }
  return context.decisions.settle(`${path}.need`, need, {
    value: 'hard' as const,
    source: 'derived',
    because: 'a call is needed until somebody says what happens without it',
  });
}

/** Two sources for one variable: the later would win silently. */
function checkEnvironment(context: Context, calls: readonly ResolvedCall[]): void {
  const sources = new Map<string, string>();
  const take = (variable: string, path: string): void => {
    const earlier = sources.get(variable);
    if (earlier === undefined) sources.set(variable, path);
    else {
      broken(context, {
        code: 'env-conflict',
        path,
        message: `${variable} is already set by ${earlier}`,
        got: variable,
        fix: 'remove one of the two, or give the call another variable with env',
      });
    }
  };
  for (const call of calls) take(call.env, formatPath(['calls', call.callee]));
  for (const [variable] of sortedEntries(context.spec.env)) take(variable, formatPath(['env', variable]));
  for (const [variable] of sortedEntries(context.spec.secrets)) take(variable, formatPath(['secrets', variable]));
}

function ingressRules(context: Context, own: OwnFacts, graph: CallGraph, factsOf: FactsOf): NetworkRule[] {
  const { platform, spec } = context;
  const portOf = (name: string) => ({
    port: own.ports.find((port) => port.name === name)!.port,
    protocol: 'TCP' as const,
  });
  const ports = own.ports.map(({ port }) => ({ port, protocol: 'TCP' as const }));

  const fromServices = graph.callersOf(own.name).map((edge): NetworkRule => {
    const caller = factsOf(edge.caller);
    return { peer: edge.caller, to: podsOf(caller.name, caller.namespace.name), ports: [portOf(edge.port)] };
  });
  // Services of other repositories: where each service has its own namespace, the name says where they are.
  const foreign = (Array.isArray(spec.accepts) ? spec.accepts : []).filter(
    (name) => !name.includes(':') && platform.namespaces === 'service' && !graph.nodes.has(name),
  );
  const fromForeign =
    ports.length === 0 ? [] : foreign.map((name): NetworkRule => ({ peer: name, to: podsOf(name, name), ports }));

  const fromSystem = systemPeers(context, 'from').flatMap(([name, peer]): NetworkRule[] => {
    const allowed = peer.ports.length > 0 ? peer.ports : ports;
    return allowed.length === 0 ? [] : [{ peer: `system:${name}`, to: podsLabelled(peer), ports: allowed }];
  });
  return [...fromServices, ...fromForeign, ...fromSystem];
}

function egressRules(
  context: Context,
  calls: readonly ResolvedCall[],
  externals: readonly ResolvedExternal[],
  factsOf: FactsOf,
): NetworkRule[] {
  const { platform, spec, decisions } = context;
  const { dns, internalCidrs } = platform.network;
  const rules: NetworkRule[] = [
    { peer: 'dns', to: { type: 'pods', namespace: dns.namespace, labels: dns.podLabels }, ports: dns.ports },
  ];
  if (dns.nodeLocal !== false) {
    rules.push({
      peer: 'node-local dns',
      to: { type: 'cidr', cidr: `${dns.nodeLocal}/32`, except: [] },
      ports: dns.ports,
    });
  }
  for (const call of calls) {
    const at = spec.calls?.[call.callee]?.at;
    const namespace = at ? at.namespace : factsOf(call.callee).namespace.name;
    rules.push({
      peer: call.callee,
      to: podsOf(call.callee, namespace),
      ports: [{ port: call.port, protocol: 'TCP' }],
    });
  }
  for (const [name, peer] of systemPeers(context, 'to')) {
    if (peer.ports.length > 0) rules.push({ peer: `system:${name}`, to: podsLabelled(peer), ports: peer.ports });
  }
  if (externals.length > 0) {
    const ports = [...new Set(externals.map(({ port }) => port))].sort((a, b) => a - b);
    const hosts = externals.map(({ host }) => host).join(', ');
    rules.push({
      peer: `external: ${hosts}`,
      to: { type: 'cidr', cidr: '0.0.0.0/0', except: internalCidrs.filter((cidr) => cidr.includes('.')) },
      ports: ports.map((port) => ({ port, protocol: 'TCP' as const })),
    });
    const widened = `a NetworkPolicy knows no host names: port ${ports.join(', ')} is open to every address outside the cluster for ${hosts}`;
    decisions.record('network.external', 'widened', 'derived', widened);
    context.notes.push(widened);
  }
  return rules;
}

function systemPeers(context: Context, direction: 'from' | 'to'): [string, SystemPeer][] {
  const { platform, spec } = context;
  return sortedEntries(platform.network.systemPeers).filter(([name, peer]) => {
    if (peer.direction !== direction) return false;
    if (peer.applies === 'mesh') return platform.mesh !== false;
    if (peer.applies === 'accepted') return Array.isArray(spec.accepts) && spec.accepts.includes(`system:${name}`);
    return true;
  });
}

/** All pods of a service, its jobs too: they carry its name and an instance of their own. */
function podsOf(service: string, namespace: string): NetworkRule['to'] {
  return { type: 'pods', namespace, labels: { 'app.kubernetes.io/name': service } };
}

function podsLabelled(peer: SystemPeer): NetworkRule['to'] {
  return { type: 'pods', namespace: peer.namespace, labels: peer.podLabels };
}
