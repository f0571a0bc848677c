import type { GraphEdge } from '../graph-picture';
import type { Point } from './dagre';
import type { Box, Label, Wire } from './placement';
import { portsOf } from './ports';

/** A call as it comes out of the layout library: which points to pass, not yet how. */
export interface RawLine {
  readonly edge: GraphEdge;
  readonly id: string;
  readonly source: Box;
  readonly target: Box;
  /** One point per column between the two boxes. */
  readonly inner: readonly Point[];
  /** Of the label. */
  readonly middle: Point;
  readonly label?: Label;
}

/** How far a line stays level beyond a column. */
const COLUMN_MARGIN = 4;
/** A loop leaves its box this far from the corner; every further one of the same box goes around it. */
const LOOP_INSET = 28;
const LOOP_GAP = 8;

/**
 * Lines that stay level where boxes and labels stand and climb only in the gaps between the columns: they can then
 * never touch a box or a label that is not their own.
 */
export function routed(lines: readonly RawLine[], columns: ReadonlyMap<number, number>): Wire[] {
  const ports = portsOf(lines.filter((line) => line.source !== line.target).flatMap(endsOf), ({ box }) => ({
    middle: box.y + box.height / 2,
    height: box.height,
  }));
  return lines.map((line) => {
    const { edge, label } = line;
    if (line.source === line.target) return { edge, label, loop: true, route: loopRoute(line, lines) };
    const from = { x: rightward(line) ? rightOf(line.source) : line.source.x, y: ports.get(`${line.id} out`) ?? 0 };
    const to = { x: rightward(line) ? line.target.x : rightOf(line.target), y: ports.get(`${line.id} in`) ?? 0 };
    const sign = rightward(line) ? 1 : -1;
    const levels = line.inner.flatMap(({ x, y }) => {
      const half = (columns.get(Math.round(x)) ?? 0) / 2 + COLUMN_MARGIN;
      return [
        { x: x - sign * half, y },
        { x: x + sign * half, y },
      ];
    });
    return { edge, label, loop: false, route: [from, ...levels, to] };
  });
}

function endsOf(line: RawLine): { id: string; side: string; towards: number; box: Box }[] {
  const [out, into] = rightward(line) ? ['right', 'left'] : ['left', 'right'];
  const { source, target, id, inner } = line;
  return [
    { id: `${id} out`, side: `${out} ${source.node.name}`, towards: inner[0]?.y ?? target.y, box: source },
    { id: `${id} in`, side: `${into} ${target.node.name}`, towards: inner.at(-1)?.y ?? source.y, box: target },
  ];
}

/** False for a call that closes a cycle: it runs against the direction of the picture. */
function rightward({ source, target }: RawLine): boolean {
  return source.x < target.x;
}

function rightOf(box: Box): number {
  return box.x + box.width;
}

function loopRoute(line: RawLine, lines: readonly RawLine[]): Point[] {
  const loops = lines.filter(({ source, target }) => source === line.source && target === line.source);
  // The nearest to the box is the innermost.
  const nearer = loops.filter(({ middle }) => middle.y < line.middle.y).length;
  const inset = LOOP_INSET - nearer * LOOP_GAP;
  const { x, y, height } = line.source;
  const [right, left] = [rightOf(line.source) - inset, x + inset];
  return [
    { x: right, y: y + height },
    { x: right, y: line.middle.y },
    { x: left, y: line.middle.y },
    { x: left, y: y + height },
  ];
}
