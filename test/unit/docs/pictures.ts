import type { GraphEdge, GraphKind, GraphNode, GraphPicture, GraphTier } from '../../../lib/docs/graph-picture';

const TIERS: GraphTier[] = ['critical', 'standard', 'best-effort'];
const KINDS: GraphKind[] = ['service', 'worker', 'cron', 'cache'];

export function node(name: string, more: Partial<GraphNode> = {}): GraphNode {
  return { name, team: 'core', tier: 'standard', kind: 'service', ...more };
}

export function edge(from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge {
  return { from, to, label: 'grpc 1 s', soft: false, ...more };
}

/** Calls between any two services, themselves included; the same ones every time. */
export function tangle(size: number, callsEach: number): GraphPicture {
  let seed = 1;
  const next = (): number => (seed = (seed * 48271) % 2147483647);
  const name = (index: number): string => `service-${index}`;
  return {
    title: `${size} services`,
    nodes: Array.from({ length: size }, (_, index) =>
      node(name(index), {
        team: `team-${index % 7}`,
        tier: TIERS[index % 3] ?? 'standard',
        kind: KINDS[index % 4] ?? 'service',
        note: '2-8 replicas',
        ...(index % 10 === 3 ? { finding: 'something that takes more than a single line to say about it' } : {}),
      }),
    ),
    edges: Array.from({ length: size * callsEach }, (_, index) =>
      edge(name(index % size), name(next() % size), {
        soft: next() % 3 === 0,
        ...(index % 15 === 4 ? { finding: 'too slow for its caller' } : {}),
      }),
    ),
  };
}

/** Names and labels that mean something else in one of the formats. */
export const AWKWARD: GraphPicture = {
  title: 'a "title" <with> & all',
  nodes: [
    node('end', { team: 'te"am' }),
    node('graph', { note: '<b>&amp;' }),
    node('a"b', { finding: 'bad "thing" <here>' }),
    node('back\\slash', { kind: 'cache' }),
    node('%%{init}%%', { kind: 'cron' }),
    node('__proto__', { kind: 'worker' }),
    node('bell\u0007\ud800'),
  ],
  edges: [
    edge('end', 'graph', { label: '"quoted" | piped --> x' }),
    edge('graph', 'a"b', { label: '<1 s> & more', finding: 'late & "slow"' }),
    edge('__proto__', '%%{init}%%', { label: '' }),
  ],
};
