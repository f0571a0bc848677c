/** One end of a line, at one side of a box. */
export interface End {
  readonly id: string;
  /** Lines that end at the same side of the same box share it. */
  readonly side: string;
  /** The height from which the line comes. */
  readonly towards: number;
}

export interface Side {
  readonly middle: number;
  readonly height: number;
}

const WIDEST_GAP = 14;
/** Kept free at both ends of a side, where corners are round. */
const CORNER = 11;

/**
 * At which height each line meets its box, by the id of its end: spread over the side in the order in which the lines
 * come, so that they neither cross nor share an arrowhead right before it.
 */
export function portsOf<E extends End>(ends: readonly E[], sideOf: (end: E) => Side): Map<string, number> {
  const sides = new Map<string, E[]>();
  for (const end of ends) sides.set(end.side, [...(sides.get(end.side) ?? []), end]);

  const ports = new Map<string, number>();
  for (const group of sides.values()) {
    const sorted = group.toSorted((a, b) => a.towards - b.towards);
    sorted.forEach((end, index) => {
      const { middle, height } = sideOf(end);
      const gap = Math.min(WIDEST_GAP, (height - 2 * CORNER) / Math.max(1, sorted.length - 1));
      ports.set(end.id, middle + (index - (sorted.length - 1) / 2) * gap);
    });
  }
  return ports;
}
