import { GRAPH_TIERS, type GraphKind, type GraphPicture } from '../graph-picture';
import { type Font, textWidth } from './text';
import { element } from './draw';
import { outline, sign } from './node-shape';
import { LINE, PAGE, TIER_PAINT } from './palette';
import { arrowhead, lineLook } from './wire-shape';

import { xmlText } from './xml';

const FONT: Font = { size: 11.5 };
const SIGN_WIDTH = 34;
const SIGN_HEIGHT = 18;
const GAP = 14;
const ROW = 28;

const KINDS: readonly GraphKind[] = ['service', 'worker', 'cron', 'cache'];

interface Entry {
  readonly text: string;
  readonly drawn: (x: number, y: number) => string;
}

/** What is to be seen in this picture, and nothing that is not. */
export function legend(picture: GraphPicture, x: number, y: number, width: number): { svg: string; height: number } {
  const rows: { entry: Entry; left: number }[][] = [];
  let left = Infinity;
  for (const entry of entriesOf(picture)) {
    const wide = SIGN_WIDTH + 7 + textWidth(entry.text, FONT) + GAP;
    if (left + wide > width) {
      rows.push([]);
      left = 0;
    }
    rows.at(-1)?.push({ entry, left });
    left += wide;
  }
  const parts = rows.flatMap((row, index) => row.map(({ entry, left: at }) => drawn(entry, x + at, y + index * ROW)));
  return { svg: parts.join('\n'), height: rows.length * ROW };
}

function drawn(entry: Entry, x: number, y: number): string {
  const place = { x: x + SIGN_WIDTH + 7, y: y + 13, 'font-size': FONT.size, fill: PAGE.faint };
  return `<g>${entry.drawn(x, y)}${element('text', place, xmlText(entry.text))}</g>`;
}

function entriesOf({ nodes, edges }: GraphPicture): Entry[] {
  const tiers = GRAPH_TIERS.filter((tier) => nodes.some((node) => node.tier === tier));
  const kinds = KINDS.filter((kind) => kind !== 'service' && nodes.some((node) => node.kind === kind));
  const found = [...nodes, ...edges].some(({ finding }) => finding !== undefined);
  return [
    ...tiers.map((tier) => ({ text: tier, drawn: boxSign({ kind: 'service', tier }) })),
    ...kinds.map((kind) => ({ text: kind, drawn: boxSign({ kind, tier: 'best-effort' }) })),
    ...(edges.some(({ soft }) => !soft) ? [{ text: 'call', drawn: lineSign({ soft: false }) }] : []),
    ...(edges.some(({ soft }) => soft)
      ? [{ text: 'soft call: the caller can do without', drawn: lineSign({ soft: true }) }]
      : []),
    ...(found ? [{ text: 'finding', drawn: boxSign({ kind: 'service', tier: 'best-effort', finding: '' }) }] : []),
  ];
}

function boxSign(node: Parameters<typeof outline>[0]): Entry['drawn'] {
  return (x, y) => {
    const box = outline(node, { x, y, width: SIGN_WIDTH, height: SIGN_HEIGHT });
    return box + sign(node, x + SIGN_WIDTH / 2, y + SIGN_HEIGHT / 2, TIER_PAINT[node.tier].text);
  };
}

function lineSign(edge: { readonly soft: boolean }): Entry['drawn'] {
  return (x, y) => {
    const middle = y + SIGN_HEIGHT / 2;
    const [tip, neck] = [
      { x: x + SIGN_WIDTH, y: middle },
      { x: x + SIGN_WIDTH - 8, y: middle },
    ];
    return element('path', { d: `M${x} ${middle}H${neck.x}`, ...lineLook(edge) }) + arrowhead(tip, neck, LINE);
  };
}
