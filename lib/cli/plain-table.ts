import Table from 'cli-table3';
import { colorsFor } from './terminal';

/** Rules and corners of the table library, all of them empty: columns alone are easier to read, and to cut with `awk`. */
const NO_LINES = Object.fromEntries(
  [
    ...['top', 'bottom', 'left', 'right'].flatMap((side) => [side, `${side}-mid`]),
    ...['top', 'bottom'].flatMap((side) => [`${side}-left`, `${side}-right`]),
    ...['mid', 'mid-mid', 'middle'],
  ].map((part) => [part, '']),
);

/** A table for a person: a heading, columns two apart, no lines. Widths of null follow the content. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly (number | null)[] = [],
): string {
  const colors = colorsFor(process.stdout);
  const table = new Table({
    head: head.map((title) => colors.bold(title)),
    style: {
      head: [],
      border: colors.isColorSupported ? ['gray'] : [],
      compact: true,
      'padding-left': 0,
      'padding-right': 2,
    },
    chars: NO_LINES,
    colWidths: [...widths],
    wordWrap: true,
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replaceAll(/[ \t]+$/gm, '');
}
