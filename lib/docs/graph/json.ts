import { type GraphEdge, type GraphNode, type GraphPicture, inOrder } from '../graph-picture';

/** The picture for other programs. Fields stand in one order, whatever order they were given in. */
export function toGraphJson(picture: GraphPicture): string {
  const { title, summary, nodes, edges } = inOrder(picture);
  return `${JSON.stringify({ title, summary, nodes: nodes.map(jsonNode), edges: edges.map(jsonEdge) }, null, 2)}\n`;
}

function jsonNode({ name, team, tier, kind, note, finding }: GraphNode): GraphNode {
  return { name, team, tier, kind, note, finding };
}

function jsonEdge({ from, to, label, soft, finding }: GraphEdge): GraphEdge {
  return { from, to, label, soft, finding };
}
