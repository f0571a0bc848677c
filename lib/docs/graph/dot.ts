import { type GraphEdge, type GraphKind, type GraphNode, type GraphPicture, inOrder } from '../graph-picture';
import { FINDING, LINE, TIER_PAINT } from './palette';
import { xmlText } from './xml';

const SHAPES: Readonly<Record<GraphKind, string>> = {
  service: 'shape=box, style="rounded,filled"',
  worker: 'shape=component, style="filled"',
  cron: 'shape=octagon, style="filled"',
  cache: 'shape=cylinder, style="filled"',
};

/** A digraph for Graphviz: `dot -Tsvg`. */
export function toDot(picture: GraphPicture): string {
  const { title, nodes, edges } = inOrder(picture);
  const lines = [
    `digraph ${quoted(title)} {`,
    `  graph [rankdir=LR, label=${quoted(title)}, labelloc=t, labeljust=l, fontname="Helvetica", fontsize=18]`,
    '  node [fontname="Helvetica", fontsize=12]',
    `  edge [fontname="Helvetica", fontsize=10, color="${LINE}"]`,
    ...nodes.map((node) => `  ${quoted(node.name)} [${nodeStyle(node)}]`),
    ...edges.map((edge) => `  ${quoted(edge.from)} -> ${quoted(edge.to)} [${edgeStyle(edge)}]`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function nodeStyle(node: GraphNode): string {
  const { fill, border, text } = TIER_PAINT[node.tier];
  const red = node.finding !== undefined;
  const second = [node.team, node.note].filter(Boolean).join(' · ');
  const rows = [html(node.name, (name) => `<B>${name}</B>`), html(second, small), html(node.finding ?? '', small)];
  return [
    SHAPES[node.kind],
    `fillcolor="${fill}"`,
    `fontcolor="${text}"`,
    red ? `color="${FINDING.line}", penwidth=3` : `color="${border}"`,
    `label=<${rows.filter((row) => row !== '').join('<BR/>')}>`,
  ].join(', ');
}

function edgeStyle(edge: GraphEdge): string {
  const rows = [edge.label, edge.finding ?? ''].filter((row) => row !== '');
  const style = [`label=${quoted(rows.join('\n'))}`];
  if (edge.soft) style.push('style=dashed');
  if (edge.finding !== undefined) style.push(`color="${FINDING.line}", fontcolor="${FINDING.text}", penwidth=2`);
  return style.join(', ');
}

function html(text: string, wrap: (escaped: string) => string): string {
  // Graphviz refuses an empty <B></B>.
  return text.trim() === '' ? '' : wrap(xmlText(text));
}

function small(text: string): string {
  return `<FONT POINT-SIZE="10">${text}</FONT>`;
}

/** In labels a backslash starts an escape such as `\N`, the name of the node. */
function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\r?\n/g, '\\n')}"`;
}
