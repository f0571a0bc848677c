import { compare, sortedEntries } from '../core/canonical';
import { formatPath } from '../core/data';
import { nearMiss } from '../core/near-miss';
import type { Problem } from '../core/problem';
import type { Platform } from '../platform/profile';
import type { EnvironmentSpec, ServiceKind, Tier } from '../spec/service-spec';

/** A service as the graph sees it. */
export interface ServiceNode {
  readonly name: string;
  readonly team: string;
  readonly tier: Tier;
  readonly kind: ServiceKind;
  /** Port names in the order written; the first is the default of a call. */
  readonly ports: readonly string[];
  /** Who may call; `any`, or names, `team:<name>` and `system:<peer>`. */
  readonly accepts: 'any' | readonly string[];
}

/** A call from one service of the fleet to another, declared by the caller. */
export interface CallEdge {
  readonly caller: string;
  readonly callee: string;
  /** Port of the callee, by name. */
  readonly port: string;
  readonly need: 'hard' | 'soft';
}

/** Who calls whom. Built once for a fleet in one environment; every list is sorted. */
export class CallGraph {
  private readonly outgoing = new Map<string, CallEdge[]>();
  private readonly incoming = new Map<string, CallEdge[]>();

  constructor(
    readonly nodes: ReadonlyMap<string, ServiceNode>,
    readonly edges: readonly CallEdge[],
  ) {
    for (const edge of edges) {
      append(this.outgoing, edge.caller, edge);
      append(this.incoming, edge.callee, edge);
    }
  }

  callsOf(service: string): readonly CallEdge[] {
    return this.outgoing.get(service) ?? [];
  }

  callersOf(service: string): readonly CallEdge[] {
    return this.incoming.get(service) ?? [];
  }
}

/** The graph of a fleet, and every call in it that cannot be or may not be. Only consented calls become edges. */
export function callGraph(
  specs: ReadonlyMap<string, EnvironmentSpec>,
  platform: Platform,
): { graph: CallGraph; problems: Problem[] } {
  const nodes = new Map<string, ServiceNode>();
  for (const name of [...specs.keys()].sort(compare)) nodes.set(name, nodeOf(name, specs.get(name)!, platform));

  const problems: Problem[] = [];
  const edges: CallEdge[] = [];
  for (const node of nodes.values()) {
    problems.push(...acceptProblems(node, nodes, platform));
    for (const [callee, call] of sortedEntries(specs.get(node.name)!.calls)) {
      const target = nodes.get(callee);
      const problem = target ? callProblem(node, target, call) : unknownCallee(node, callee, call, nodes);
      if (problem) problems.push(problem);
      else if (target) {
        edges.push({ caller: node.name, callee, port: call.port ?? target.ports[0]!, need: call.need ?? 'hard' });
      }
    }
  }
  return { graph: new CallGraph(nodes, edges), problems };
}

type Call = NonNullable<EnvironmentSpec['calls']>[string];

function nodeOf(name: string, spec: EnvironmentSpec, platform: Platform): ServiceNode {
  const tier = spec.tier ?? 'standard';
  const ownTeam = platform.tiers[tier].explicitAccepts ? [] : [`team:${spec.team}`];
  return {
    name,
    team: spec.team,
    tier,
    kind: spec.kind ?? 'service',
    ports: Object.keys(spec.ports ?? {}),
    accepts: spec.accepts ?? ownTeam,
  };
}

/** Whether `callee` has agreed to be called by `caller`. */
export function consents(callee: ServiceNode, caller: ServiceNode): boolean {
  if (callee.accepts === 'any') return true;
  return callee.accepts.includes(caller.name) || callee.accepts.includes(`team:${caller.team}`);
}

function callProblem(caller: ServiceNode, callee: ServiceNode, call: Call): Problem | undefined {
  const path = formatPath(['calls', callee.name]);
  const common = { subject: caller.name, path } as const;
  if (call.at) {
    return {
      ...common,
      code: 'call-has-two-places',
      kind: 'input',
      path: `${path}.at`,
      message: `${callee.name} is a service of this fleet, so where it is cannot be said here`,
      fix: 'remove at',
    };
  }
  if (callee.ports.length === 0) {
    return {
      ...common,
      code: 'callee-without-port',
      kind: 'input',
      message: `${callee.name} has no port that could be called`,
      got: `kind ${callee.kind} without ports`,
      fix: `give ${callee.name} a port, or remove the call`,
    };
  }
  if (call.port !== undefined && !callee.ports.includes(call.port)) {
    const near = nearMiss(call.port, callee.ports);
    return {
      ...common,
      code: 'unknown-port',
      kind: 'input',
      path: `${path}.port`,
      message: `${callee.name} has no port of this name`,
      got: call.port,
      expected: `one of ${callee.ports.join(', ')}`,
      ...(near === undefined ? {} : { fix: `did you mean ${JSON.stringify(near)}` }),
    };
  }
  if (consents(callee, caller)) return undefined;
  return {
    ...common,
    code: 'call-without-consent',
    kind: 'rule',
    message: `${callee.name} does not accept calls from ${caller.name}`,
    got: `accepts: ${callee.accepts === 'any' ? 'any' : `[${callee.accepts.join(', ')}]`}`,
    expected: `${caller.name}, team:${caller.team} or any among what ${callee.name} (team ${callee.team}, ${callee.tier}) accepts`,
    fix: `add ${caller.name} to accepts of ${callee.name}, or remove the call`,
  };
}

function unknownCallee(
  caller: ServiceNode,
  callee: string,
  call: Call,
  nodes: ReadonlyMap<string, ServiceNode>,
): Problem | undefined {
  if (call.at) return undefined;
  const near = nearMiss(callee, nodes.keys());
  return {
    code: 'unknown-service',
    kind: 'input',
    subject: caller.name,
    path: formatPath(['calls', callee]),
    message: `there is no service named ${callee} in this fleet`,
    got: callee,
    expected: 'a service of this fleet, or at: { namespace, port } for one outside of it',
    fix:
      near === undefined
        ? 'add the service, say where it is with at, or remove the call'
        : `did you mean ${JSON.stringify(near)}`,
  };
}

/** Names among what a service accepts that can let nobody in. */
function acceptProblems(node: ServiceNode, nodes: ReadonlyMap<string, ServiceNode>, platform: Platform): Problem[] {
  if (node.accepts === 'any') return [];
  const peers = Object.entries(platform.network.systemPeers)
    .filter(([, peer]) => peer.direction === 'from')
    .map(([name]) => `system:${name}`);
  return node.accepts.flatMap((accepted) => {
    if (accepted.startsWith('system:')) return peers.includes(accepted) ? [] : [unknownPeer(node, accepted, peers)];
    // Where each service has its own namespace, the name of a service says where it is, in whatever fleet.
    if (accepted.startsWith('team:') || nodes.has(accepted) || platform.namespaces === 'service') return [];
    return [unknownCaller(node, accepted, nodes)];
  });
}

function unknownPeer(node: ServiceNode, accepted: string, peers: readonly string[]): Problem {
  const near = nearMiss(accepted, peers);
  return {
    code: 'unknown-peer',
    kind: 'input',
    subject: node.name,
    path: 'accepts',
    message: 'the profile has no calling system peer of this name',
    got: accepted,
    expected: peers.length === 0 ? 'no system peer: the profile lists none' : `one of ${peers.join(', ')}`,
    ...(near === undefined ? {} : { fix: `did you mean ${JSON.stringify(near)}` }),
  };
}

function unknownCaller(node: ServiceNode, accepted: string, nodes: ReadonlyMap<string, ServiceNode>): Problem {
  const near = nearMiss(accepted, nodes.keys());
  return {
    code: 'unknown-service',
    kind: 'input',
    subject: node.name,
    path: 'accepts',
    message:
      'there is no service of this name in this fleet, and with one namespace for each team its name does not say where it is',
    got: accepted,
    expected: 'a service of this fleet, or team:<name>',
    fix: near === undefined ? 'declare it in this fleet, or remove it' : `did you mean ${JSON.stringify(near)}`,
  };
}

function append(map: Map<string, CallEdge[]>, key: string, edge: CallEdge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}
