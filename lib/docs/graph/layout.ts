import { type GraphEdge, type GraphNode, type GraphPicture, inOrder } from '../graph-picture';
import { boxContent, type BoxContent, labelContent, type LabelContent } from './content';
import { onCycles } from './cycles';
import { dagre, type DagreGraph } from './dagre';
import type { Box, Label, Layout, Rect } from './placement';
import { routed } from './route';

const NODE_GAP = 26;
const LINE_GAP = 14;
/** Room for a line to climb, on either side of a column of labels. */
const COLUMN_GAP = 48;
/** Boxes without a call to or from them stand in rows below the others, in a picture at least this wide. */
const ROW_WIDTH = 900;
/** What a loop needs beside its label. */
const LOOP_ROOM = 80;

export function layoutOf(picture: GraphPicture): Layout {
  const { nodes, edges } = inOrder(picture);
  const called = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const main = layoutOfCalls(
    nodes.filter((node) => called.has(node.name)),
    edges,
  );
  const lone = nodes.filter((node) => !called.has(node.name));
  const boxes = [...main.boxes, ...rows(lone, main)];
  return { ...extent(boxes, main), boxes, wires: main.wires };
}

function layoutOfCalls(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Layout {
  // Numbered ids: no name can then be one that the library or JavaScript itself keeps for other purposes.
  const idOf = new Map(nodes.map((node, index) => [node.name, `n${index}`]));
  const lines = edges.map((edge, index) => ({
    edge,
    id: `e${index}`,
    from: idOf.get(edge.from) ?? '',
    to: idOf.get(edge.to) ?? '',
    content: labelContent(edge),
  }));
  const sized = nodes.map((node) => ({ node, id: idOf.get(node.name) ?? '', content: contentOf(node, edges) }));

  const graph = new dagre.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: NODE_GAP,
    edgesep: LINE_GAP,
    // Labels stand in columns of their own, for which the library halves the gap.
    ranksep: 2 * COLUMN_GAP,
    // Cuts cycles at few calls: with many of them, a quarter of the width and of the time of the library's own choice.
    acyclicer: 'greedy',
  });
  for (const { id, content } of sized) graph.setNode(id, { width: content.width, height: content.height });
  const cyclic = onCycles(edges);
  for (const { edge, id, from, to, content } of lines) {
    const { width = 0, height = from === to ? LINE_GAP : 0 } = content ?? {};
    // A cycle is cut at a soft call, where it has one, which then runs backwards. Weights also change the order of boxes,
    // not for the better; hence only here.
    const weight = cyclic.has(edge) && !edge.soft ? 2 : 1;
    graph.setEdge(from, to, { width, height, labelpos: 'c', weight }, id);
  }
  if (sized.length > 0) dagre.layout(graph);

  const columns = columnsOf(graph, sized, lines);
  const boxes = new Map(
    sized.map(({ node, id, content }): [string, Box] => {
      const { x, y } = graph.node(id);
      // As wide as the widest of its column: the room is there, and a column of equal boxes is calmer.
      const width = columns.get(Math.round(x)) ?? content.width;
      return [id, { node, content, x: x - width / 2, y: y - content.height / 2, width, height: content.height }];
    }),
  );
  const wires = routed(
    lines.flatMap(({ edge, id, from, to, content }) => {
      const [source, target] = [boxes.get(from), boxes.get(to)];
      const { points, x = 0, y = 0 } = graph.edge(from, to, id);
      if (!source || !target) return [];
      return [
        { edge, id, source, target, inner: points.slice(1, -1), middle: { x, y }, label: content && at(x, y, content) },
      ];
    }),
    columns,
  );
  const placed = [...boxes.values()];
  return { ...extent([...placed, ...wires.flatMap(({ label }) => label ?? [])]), boxes: placed, wires };
}

function contentOf(node: GraphNode, edges: readonly GraphEdge[]): BoxContent {
  const callers = edges.filter(({ from, to }) => to === node.name && from !== node.name).length;
  const callees = edges.filter(({ from, to }) => from === node.name && to !== node.name).length;
  const loops = edges.filter(({ from, to }) => from === node.name && to === node.name);
  const atLeast = Math.max(0, ...loops.map((loop) => (labelContent(loop)?.width ?? 0) + LOOP_ROOM));
  return boxContent(node, Math.max(callers, callees), atLeast);
}

/** How wide each column is, by its middle. */
function columnsOf(
  graph: DagreGraph,
  boxes: readonly { readonly id: string; readonly content: BoxContent }[],
  lines: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly content?: LabelContent;
  }[],
): Map<number, number> {
  const columns = new Map<number, number>();
  const widen = (x: number, width: number): unknown =>
    columns.set(Math.round(x), Math.max(width, columns.get(Math.round(x)) ?? 0));
  for (const { id, content } of boxes) widen(graph.node(id).x, content.width);
  for (const { id, from, to, content } of lines) widen(graph.edge(from, to, id).x ?? 0, content?.width ?? 0);
  return columns;
}

function at(x: number, y: number, content: LabelContent): Label {
  return { content, x: x - content.width / 2, y: y - content.height / 2, width: content.width, height: content.height };
}

/** Boxes in rows below `above`, each row as long as the picture is wide. */
function rows(nodes: readonly GraphNode[], above: Layout): Box[] {
  const contents = nodes.map((node) => ({ node, content: boxContent(node, 0) }));
  const tallest = Math.max(0, ...contents.map(({ content }) => content.height));
  const end = Math.max(ROW_WIDTH, above.width);
  let x = 0;
  let y = above.height === 0 ? 0 : above.height + 2 * NODE_GAP;
  return contents.map(({ node, content }) => {
    const { width, height } = content;
    if (x > 0 && x + width > end) {
      x = 0;
      y += tallest + NODE_GAP;
    }
    const box = { node, content, x, y: y + (tallest - height) / 2, width, height };
    x += width + NODE_GAP;
    return box;
  });
}

function extent(
  rects: readonly Rect[],
  least = { width: 0, height: 0 },
): { readonly width: number; readonly height: number } {
  return {
    width: Math.max(least.width, ...rects.map((rect) => rect.x + rect.width)),
    height: Math.max(least.height, ...rects.map((rect) => rect.y + rect.height)),
  };
}
