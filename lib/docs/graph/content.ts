import type { GraphEdge, GraphNode } from '../graph-picture';
import { type Font, textWidth, wrapped } from './text';

/** What is written into a box or on a line, and how much room it takes. */
export interface BoxContent {
  readonly name: string;
  /** Team and note. */
  readonly second: readonly string[];
  readonly finding: readonly string[];
  readonly width: number;
  readonly height: number;
  /** From the top of the box to the top of the text. */
  readonly top: number;
}

export interface LabelContent {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

export const NAME_FONT: Font = { size: 14, bold: true };
export const SECOND_FONT: Font = { size: 11.5 };
export const FINDING_FONT: Font = { size: 11.5 };
export const LABEL_FONT: Font = { size: 11.5 };

export const BOX_PADDING = 14;
export const NAME_HEIGHT = 18;
export const LINE_HEIGHT = 15;
/** The sign of a worker or a cron job, left of its name. */
export const ICON_WIDTH = 22;
/** Around the strip with the finding at the bottom of a box. */
export const STRIP_GAP = 6;
/** Half the height of the lid of a cylinder. */
export const LID = 7;
export const LABEL_PADDING = 6;

const SMALLEST_BOX = 132;
const WIDEST_SECOND = 250;
const WIDEST_LABEL = 170;
/** A box that many call is made higher, so that their arrows stay apart; within reason. */
const PORT_GAP = 7;
const HIGHEST_FOR_PORTS = 160;

/** `calls`: how many lines end at the box, on its busier side. */
export function boxContent(node: GraphNode, calls: number, atLeast = 0): BoxContent {
  const second = wrapped([node.team, node.note].filter(Boolean).join(' · '), SECOND_FONT, WIDEST_SECOND, 2);
  const nameWidth = textWidth(node.name, NAME_FONT) + iconWidth(node);
  const width = Math.max(nameWidth, ...second.map((line) => textWidth(line, SECOND_FONT)));
  const finding = wrapped(node.finding ?? '', FINDING_FONT, Math.max(width, WIDEST_SECOND), 3);
  const widest = Math.max(width, ...finding.map((line) => textWidth(line, FINDING_FONT)));
  const lid = node.kind === 'cache' ? LID : 0;
  const text = NAME_HEIGHT + second.length * LINE_HEIGHT;
  const height = 2 * lid + 18 + text + (finding.length > 0 ? stripHeight(finding) + STRIP_GAP - 4 : 0);
  const forPorts = Math.min(HIGHEST_FOR_PORTS, calls * PORT_GAP + 14);
  return {
    name: node.name,
    second,
    finding,
    width: Math.ceil(Math.max(SMALLEST_BOX, atLeast, widest + 2 * BOX_PADDING)),
    height: Math.max(height, forPorts),
    top: 9 + 2 * lid - (lid > 0 ? 3 : 0) + Math.max(0, forPorts - height) / 2,
  };
}

export function iconWidth(node: GraphNode): number {
  return node.kind === 'worker' || node.kind === 'cron' ? ICON_WIDTH : 0;
}

export function stripHeight(lines: readonly string[]): number {
  return lines.length * LINE_HEIGHT + 6;
}

/** Nothing for a call without a word on it. */
export function labelContent(edge: GraphEdge): LabelContent | undefined {
  const finding = wrapped(edge.finding ?? '', LABEL_FONT, WIDEST_LABEL, 3);
  const lines = [...wrapped(edge.label, LABEL_FONT, WIDEST_LABEL, 2), ...finding];
  if (lines.length === 0) return undefined;
  const width = Math.max(...lines.map((line) => textWidth(line, LABEL_FONT)));
  return { lines, width: Math.ceil(width) + 2 * LABEL_PADDING, height: lines.length * LINE_HEIGHT + 4 };
}
