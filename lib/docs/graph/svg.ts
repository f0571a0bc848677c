import { counted } from '../../core/text';
import { type GraphPicture, summaryOf } from '../graph-picture';
import { element, pixels } from './draw';
import { layoutOf } from './layout';
import { legend } from './legend';
import { drawnBox } from './node-shape';
import { FINDING, PAGE } from './palette';
import { type Font, textWidth } from './text';
import { drawnLabel, drawnWire } from './wire-shape';
import { xmlText } from './xml';

const FONTS = "Inter, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
const TITLE_FONT: Font = { size: 20, bold: true };
const MARGIN = 28;
const HEADER = 62;
const SMALLEST_WIDTH = 420;
const LEGEND_GAP = 30;

/** The picture as a file of its own: no script, no style sheet, no id, nothing to load. */
export function toSvg(picture: GraphPicture): string {
  const { title } = picture;
  const layout = layoutOf(picture);
  const inner = Math.max(SMALLEST_WIDTH, layout.width, textWidth(title, TITLE_FONT));
  const below = MARGIN + HEADER + layout.height;
  const key = legend(picture, MARGIN, below + LEGEND_GAP, inner);
  const width = Math.ceil(inner + 2 * MARGIN);
  const height = Math.ceil(below + (key.height > 0 ? LEGEND_GAP + key.height - 10 : 0) + MARGIN);
  const labels = layout.wires.flatMap(({ label, edge }) => (label ? [drawnLabel(label, edge)] : []));

  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'font-family': FONTS,
  };
  const body = [
    `<title>${xmlText(title)}</title>`,
    `<desc>${xmlText(described(picture))}</desc>`,
    // Its own ground: the picture reads the same on a dark page.
    element('rect', {
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 12,
      fill: PAGE.fill,
      stroke: PAGE.border,
    }),
    element(
      'text',
      { x: MARGIN, y: MARGIN + 16, 'font-size': TITLE_FONT.size, 'font-weight': 700, fill: PAGE.text },
      xmlText(title),
    ),
    subtitle(picture),
    `<g transform="translate(${pixels(MARGIN)} ${pixels(MARGIN + HEADER)})">`,
    // Lines with a finding last, so that no other line lies over them.
    ...[false, true].flatMap((red) =>
      layout.wires.filter(({ edge }) => (edge.finding !== undefined) === red).map(drawnWire),
    ),
    ...layout.boxes.map(drawnBox),
    ...labels,
    '</g>',
    key.svg,
  ];
  return `${element('svg', root, `\n${body.filter((line) => line !== '').join('\n')}\n`)}\n`;
}

function subtitle(picture: GraphPicture): string {
  const findings = findingsIn(picture);
  const look = { fill: FINDING.text, 'font-weight': 700 };
  const red = findings === 0 ? '' : element('tspan', look, ` · ${counted(findings, 'finding')}`);
  const place = { x: MARGIN, y: MARGIN + 38, 'font-size': 13, fill: PAGE.faint };
  return element('text', place, `${xmlText(summaryOf(picture))}${red}`);
}

function described(picture: GraphPicture): string {
  const findings = findingsIn(picture);
  return `Call graph: ${summaryOf(picture)}${findings === 0 ? '' : ` · ${counted(findings, 'finding')}`}.`;
}

function findingsIn({ nodes, edges }: GraphPicture): number {
  return [...nodes, ...edges].filter(({ finding }) => finding !== undefined).length;
}
