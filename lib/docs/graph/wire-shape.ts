import type { GraphEdge } from '../graph-picture';
import { LABEL_FONT, LINE_HEIGHT } from './content';
import type { Point } from './dagre';
import { element, levelPath, point, roundedPath } from './draw';
import type { Label, Wire } from './placement';
import { FINDING, LINE, PAGE } from './palette';
import { xmlText } from './xml';

const HEAD_LENGTH = 8;
const HEAD_WIDTH = 7;

/** A line with its arrowhead; the label comes later, above all lines. */
export function drawnWire(wire: Wire): string {
  const { edge, route, loop } = wire;
  const tip = route.at(-1);
  const before = route.at(-2);
  if (!tip || !before) return '';
  const back = loop ? { x: 0, y: 1 } : { x: Math.sign(before.x - tip.x), y: 0 };
  const neck = { x: tip.x + back.x * HEAD_LENGTH, y: tip.y + back.y * HEAD_LENGTH };
  const path = [...route.slice(0, -1), neck];
  const line = element('path', { d: loop ? roundedPath(path) : levelPath(path), ...lineLook(edge) });
  return `<g><title>${xmlText(describedEdge(edge))}</title>${line}${arrowhead(tip, neck, colourOf(edge))}</g>`;
}

export function describedEdge(edge: GraphEdge): string {
  const call = [`${edge.from} → ${edge.to}`, edge.label].filter((part) => part !== '').join(': ');
  const first = edge.soft ? `${call} (soft)` : call;
  return edge.finding === undefined ? first : `${first}\nfinding: ${edge.finding}`;
}

export function lineLook(edge: Pick<GraphEdge, 'soft' | 'finding'>): Record<string, string | number> {
  const look = { fill: 'none', stroke: colourOf(edge), 'stroke-width': edge.finding === undefined ? 1.4 : 2.4 };
  return edge.soft ? { ...look, 'stroke-dasharray': '6 4' } : look;
}

function colourOf(edge: Pick<GraphEdge, 'finding'>): string {
  return edge.finding === undefined ? LINE : FINDING.line;
}

export function arrowhead(tip: Point, neck: Point, fill: string): string {
  // Sideways of the direction from neck to tip.
  const [x, y] = [
    ((neck.y - tip.y) / HEAD_LENGTH) * (HEAD_WIDTH / 2),
    ((neck.x - tip.x) / HEAD_LENGTH) * (HEAD_WIDTH / 2),
  ];
  const corners = [tip, { x: neck.x + x, y: neck.y + y }, { x: neck.x - x, y: neck.y - y }];
  return element('path', { d: `M${corners.map(point).join('L')}z`, fill });
}

/** On the page's own ground, so that the line seems to pause for it; a finding is white on red. */
export function drawnLabel(label: Label, edge: GraphEdge): string {
  const red = edge.finding !== undefined;
  const { x, y, width, height, content } = label;
  const ground = element('rect', { x, y, width, height, rx: 4, fill: red ? FINDING.line : PAGE.fill });
  const texts = content.lines.map((line, index) => {
    const place = { x: x + width / 2, y: y + 13 + index * LINE_HEIGHT, 'text-anchor': 'middle' };
    return element(
      'text',
      { ...place, 'font-size': LABEL_FONT.size, fill: red ? '#ffffff' : PAGE.text },
      xmlText(line),
    );
  });
  return `<g><title>${xmlText(describedEdge(edge))}</title>${ground}${texts.join('')}</g>`;
}
