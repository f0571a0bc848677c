import {
  GRAPH_TIERS,
  type GraphEdge,
  type GraphKind,
  type GraphNode,
  type GraphPicture,
  inOrder,
} from '../graph-picture';
import { FINDING, TIER_PAINT } from './palette';

/** What stands around the text of a node makes its shape. */
const SHAPES: Readonly<Record<GraphKind, readonly [string, string]>> = {
  service: ['(', ')'],
  worker: ['[[', ']]'],
  cron: ['([', '])'],
  cache: ['[(', ')]'],
};

/** A Mermaid flowchart, as GitHub and GitLab draw it inside Markdown (up to 500 edges, a limit of theirs). */
export function toMermaid(picture: GraphPicture): string {
  const { title, nodes, edges } = inOrder(picture);
  // Ids are numbered: a service may well be called `end` or `graph`, words that Mermaid keeps for itself.
  const idOf = new Map(nodes.map((node, index) => [node.name, `n${index}`]));
  const red = edges.flatMap((edge, index) => (edge.finding === undefined ? [] : [index]));
  const lines = [
    '---',
    `title: ${JSON.stringify(titleText(title))}`,
    '---',
    'flowchart LR',
    ...nodes.map((node) => `  ${idOf.get(node.name)}${nodeText(node)}`),
    ...edges.map((edge) => `  ${idOf.get(edge.from)} ${arrow(edge)} ${idOf.get(edge.to)}`),
    ...classes(nodes),
  ];
  if (red.length > 0) {
    lines.push(`  linkStyle ${red.join(',')} stroke:${FINDING.line},stroke-width:2px,color:${FINDING.text}`);
  }
  return `${lines.join('\n')}\n`;
}

function nodeText(node: GraphNode): string {
  const [open, close] = SHAPES[node.kind];
  const second = [node.team, node.note].filter(Boolean).map((text) => escaped(text ?? ''));
  const rows = [`<b>${escaped(node.name)}</b>`, second.join(' · ')];
  if (node.finding !== undefined) rows.push(`<i>${escaped(node.finding)}</i>`);
  return `${open}"${rows.filter((row) => row !== '').join('<br/>')}"${close}:::${classOf(node)}`;
}

function arrow(edge: GraphEdge): string {
  const rows = [edge.label, edge.finding ?? ''].filter((row) => row !== '').map(escaped);
  const line = edge.soft ? '-.->' : '-->';
  return rows.length > 0 ? `${line}|"${rows.join('<br/>')}"|` : line;
}

/** One class per look: Mermaid gives a node that has two classes whichever comes last in its own table. */
function classOf(node: GraphNode): string {
  const tier = node.tier === 'best-effort' ? 'bestEffort' : node.tier;
  return node.finding === undefined ? tier : `${tier}Finding`;
}

function classes(nodes: readonly GraphNode[]): string[] {
  const used = new Set(nodes.map(classOf));
  return GRAPH_TIERS.flatMap((tier) => {
    const { fill, border, text } = TIER_PAINT[tier];
    const name = classOf({ name: '', team: '', kind: 'service', tier });
    return [
      { name, style: `fill:${fill},stroke:${border},color:${text}` },
      { name: `${name}Finding`, style: `fill:${fill},stroke:${FINDING.line},stroke-width:3px,color:${text}` },
    ].filter((entry) => used.has(entry.name));
  }).map(({ name, style }) => `  classDef ${name} ${style}`);
}

/**
 * Everything but plain text as a character code. Colons and percent signs would be taken for styles and directives even
 * inside quotes, and `1. ` or `- ` at the start for a Markdown list.
 */
function escaped(text: string): string {
  return oneLine(text).replace(
    /[^\p{L}\p{N} ./,()-]|[.-](?= |$)/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
}

/** Mermaid cleans a title as if it were HTML and shows what is left as text: it has no escape for these three. */
function titleText(title: string): string {
  return oneLine(title).replace(/</g, '‹').replace(/>/g, '›').replace(/&/g, '+');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
