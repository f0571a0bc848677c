import { counted } from '../core/text';
/** What is drawn of a call graph: plain data, without a word on where things stand. */
export interface GraphPicture {
  readonly title: string;
  /** Shown under the title; how much there is of everything when absent. */
  readonly summary?: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export type GraphTier = 'critical' | 'standard' | 'best-effort';
export type GraphKind = 'service' | 'worker' | 'cron' | 'cache';

export interface GraphNode {
  readonly name: string;
  readonly team: string;
  readonly tier: GraphTier;
  readonly kind: GraphKind;
  /** Shown behind the team, such as `3-20 replicas`. */
  readonly note?: string;
  /** What is wrong with it; drawn in red. */
  readonly finding?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Such as `grpc 1 s`; may be empty. */
  readonly label: string;
  /** The caller can do without the answer. */
  readonly soft: boolean;
  readonly finding?: string;
}

/** From the one that matters most. */
export const GRAPH_TIERS: readonly GraphTier[] = ['critical', 'standard', 'best-effort'];

/**
 * More nodes than this make a picture several screens high that takes seconds to lay out and that nobody reads; it is
 * drawn by team instead.
 */
export const LARGEST_PICTURE = 300;

/** The picture to draw: as it is, or by team when it is too large to be read. */
export function drawable(picture: GraphPicture): { readonly picture: GraphPicture; readonly byTeam: boolean } {
  if (picture.nodes.length <= LARGEST_PICTURE) return { picture, byTeam: false };
  return { picture: byTeam(picture), byTeam: true };
}

/** One node per team, one edge per pair of teams. Calls inside a team are counted on its node. */
export function byTeam(picture: GraphPicture): GraphPicture {
  const { title, nodes, edges } = inOrder(picture);
  const teamOf = new Map(nodes.map((node) => [node.name, node.team]));
  const teams = [...grouped(nodes, (node) => node.team)];
  const pairs = grouped(edges, (edge) => JSON.stringify([teamOf.get(edge.from), teamOf.get(edge.to)]));
  const between = (from: string, to: string): readonly GraphEdge[] => pairs.get(JSON.stringify([from, to])) ?? [];

  return inOrder({
    title,
    summary: `${summaryOf(picture)}, shown by team`,
    nodes: teams.map(([team, members]) => teamNode(team, members, between(team, team))),
    edges: [...pairs.keys()].flatMap((pair) => {
      const [from, to] = JSON.parse(pair) as [string, string];
      return from === to ? [] : [teamEdge(from, to, between(from, to))];
    }),
  });
}

function teamNode(team: string, members: readonly GraphNode[], inside: readonly GraphEdge[]): GraphNode {
  const notes = [counted(members.length, 'service')];
  if (inside.length > 0) notes.push(`${counted(inside.length, 'call')} inside`);
  const tier = GRAPH_TIERS.find((candidate) => members.some((member) => member.tier === candidate)) ?? 'best-effort';
  return { name: team, team, tier, kind: 'service', note: notes.join(', '), ...findingsOf([...members, ...inside]) };
}

function teamEdge(from: string, to: string, calls: readonly GraphEdge[]): GraphEdge {
  const soft = calls.every((call) => call.soft);
  return { from, to, label: counted(calls.length, 'call'), soft, ...findingsOf(calls) };
}

function findingsOf(parts: readonly { readonly finding?: string }[]): { finding?: string } {
  const count = parts.filter((part) => part.finding !== undefined).length;
  return count > 0 ? { finding: counted(count, 'finding') } : {};
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Such as `11 services of 3 teams · 15 calls, 4 of them soft`. */
export function summaryOf({ summary, nodes, edges }: GraphPicture): string {
  if (summary !== undefined) return summary;
  if (nodes.length === 0) return 'no services';
  const teams = new Set(nodes.map((node) => node.team)).size;
  const soft = edges.filter((edge) => edge.soft).length;
  const calls = soft === 0 ? counted(edges.length, 'call') : `${counted(edges.length, 'call')}, ${soft} of them soft`;
  return `${counted(nodes.length, 'service')} of ${counted(teams, 'team')} · ${calls}`;
}

/**
 * The picture with nodes and edges sorted, so that the order in which files were read never shows. Throws on a name
 * that is there twice and on an edge that leads nowhere: the picture was put together wrongly.
 */
export function inOrder(picture: GraphPicture): GraphPicture {
  const names = new Set<string>();
  for (const { name } of picture.nodes) {
    if (names.has(name)) throw new Error(`the picture has two nodes called "${name}"`);
    names.add(name);
  }
  for (const { from, to } of picture.edges) {
    const missing = [from, to].find((name) => !names.has(name));
    if (missing !== undefined) throw new Error(`the call ${from} -> ${to} has an end that is no node: "${missing}"`);
  }
  const edgeKey = (edge: GraphEdge): string =>
    JSON.stringify([edge.from, edge.to, edge.label, edge.soft, edge.finding ?? '']);
  return {
    ...picture,
    nodes: picture.nodes.toSorted((a, b) => compare(a.name, b.name)),
    edges: picture.edges.toSorted((a, b) => compare(edgeKey(a), edgeKey(b))),
  };
}

/** By code unit: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
