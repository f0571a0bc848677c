import type { GraphNode } from '../graph-picture';
import {
  BOX_PADDING,
  FINDING_FONT,
  iconWidth,
  LID,
  LINE_HEIGHT,
  NAME_FONT,
  NAME_HEIGHT,
  SECOND_FONT,
  STRIP_GAP,
  stripHeight,
} from './content';
import { element, pixels } from './draw';
import type { Box, Rect } from './placement';
import { FINDING, TIER_PAINT } from './palette';
import { xmlText } from './xml';

/** A box with its texts. The tooltip holds all of what the box may show shortened. */
export function drawnBox(box: Box): string {
  const { node, content } = box;
  const paint = TIER_PAINT[node.tier];
  const x = box.x + BOX_PADDING;
  const top = box.y + content.top;
  const parts = [
    `<title>${xmlText(describedNode(node))}</title>`,
    outline(node, box),
    sign(node, x + 7, top + 10, paint.text),
    element('text', { x: x + iconWidth(node), y: top + 14, ...bold, fill: paint.text }, xmlText(content.name)),
    ...content.second.map((line, index) => {
      const y = top + NAME_HEIGHT + index * LINE_HEIGHT + 11;
      return element('text', { x, y, 'font-size': SECOND_FONT.size, fill: paint.faint }, xmlText(line));
    }),
    ...strip(box),
  ];
  return `<g>${parts.filter((part) => part !== '').join('')}</g>`;
}

const bold = { 'font-size': NAME_FONT.size, 'font-weight': 700 };

export function describedNode(node: GraphNode): string {
  const first = [node.name, `${node.tier} ${node.kind}`, `team ${node.team}`, node.note].filter(Boolean).join(', ');
  return node.finding === undefined ? first : `${first}\nfinding: ${node.finding}`;
}

/** The outline by kind, filled by tier: a cylinder for a cache, square corners for what nobody calls. */
export function outline(node: Pick<GraphNode, 'kind' | 'tier' | 'finding'>, rect: Rect): string {
  const { fill, border } = TIER_PAINT[node.tier];
  const stroke = node.finding === undefined ? border : FINDING.line;
  const look = { fill, stroke, 'stroke-width': node.finding === undefined ? 1.3 : 2.6 };
  if (node.kind === 'cache') return cylinder(rect, look);
  return element('rect', { ...size(rect), rx: node.kind === 'service' ? Math.min(10, rect.height / 3) : 2, ...look });
}

function cylinder({ x, y, width, height }: Rect, look: Readonly<Record<string, string | number>>): string {
  const lid = Math.min(LID, height / 5);
  const [rx, ry, down] = [pixels(width / 2), pixels(lid), pixels(height - 2 * lid)];
  const start = `M${pixels(x)} ${pixels(y + lid)}`;
  const body = `${start}a${rx} ${ry} 0 0 1 ${pixels(width)} 0v${down}a${rx} ${ry} 0 0 1 ${pixels(-width)} 0z`;
  const rim = `${start}a${rx} ${ry} 0 0 0 ${pixels(width)} 0`;
  return element('path', { d: body, ...look }) + element('path', { d: rim, ...look, fill: 'none' });
}

/** A cog for a worker, a clock for a cron job. */
export function sign(node: Pick<GraphNode, 'kind'>, x: number, y: number, colour: string): string {
  const line = { fill: 'none', stroke: colour };
  if (node.kind === 'worker') {
    const teeth = element('circle', {
      cx: x,
      cy: y,
      r: 5.6,
      ...line,
      'stroke-width': 2.6,
      'stroke-dasharray': '2.2 2.2',
    });
    return teeth + element('circle', { cx: x, cy: y, r: 3.4, ...line, 'stroke-width': 2 });
  }
  if (node.kind === 'cron') {
    const hands = `M${pixels(x)} ${pixels(y - 3.8)}v3.8h3`;
    const face = element('circle', { cx: x, cy: y, r: 6.3, ...line, 'stroke-width': 1.6 });
    return face + element('path', { d: hands, ...line, 'stroke-width': 1.6, 'stroke-linecap': 'round' });
  }
  return '';
}

function strip({ node, content, x, y, width, height }: Box): string[] {
  if (content.finding.length === 0) return [];
  const tall = stripHeight(content.finding);
  const top = y + height - tall - STRIP_GAP - (node.kind === 'cache' ? LID - 2 : 0);
  const ground = { x: x + STRIP_GAP, y: top, width: width - 2 * STRIP_GAP, height: tall, rx: 4, fill: FINDING.fill };
  return [
    element('rect', ground),
    ...content.finding.map((line, index) => {
      const place = { x: x + BOX_PADDING, y: top + 14 + index * LINE_HEIGHT };
      const look = { 'font-size': FINDING_FONT.size, 'font-weight': 600, fill: FINDING.text };
      return element('text', { ...place, ...look }, xmlText(line));
    }),
  ];
}

function size({ x, y, width, height }: Rect): Record<string, number> {
  return { x, y, width, height };
}
