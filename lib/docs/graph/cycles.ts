import type { GraphEdge } from '../graph-picture';

/** The calls that are part of a cycle: whoever is called calls back, by whatever way. */
export function onCycles(edges: readonly GraphEdge[]): Set<GraphEdge> {
  const calls = new Map<string, string[]>();
  for (const { from, to } of edges) calls.set(from, [...(calls.get(from) ?? []), to]);
  const reached = new Map([...calls.keys()].map((name) => [name, reachable(name, calls)]));
  return new Set(edges.filter(({ from, to }) => reached.get(to)?.has(from)));
}

function reachable(start: string, calls: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of calls.get(name) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}
