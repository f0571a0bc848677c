export interface Font {
  readonly size: number;
  readonly bold?: boolean;
}

/**
 * About how wide `text` is drawn, in pixels. Whose fonts will be used is not known here, so the widths are those of a
 * wide one (Verdana, DejaVu): text then always fits its box.
 */
export function textWidth(text: string, font: Font): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * font.size * (font.bold ? 1.1 : 1);
}

function emsOf(character: string): number {
  if (/[ijl.,:;|!' ]/.test(character)) return 0.34;
  if (/[frtI()[\]/-]/.test(character)) return 0.44;
  if (/[mwMW@%]/.test(character)) return 0.95;
  if (/[A-Z]/.test(character)) return 0.72;
  return character < '\u0500' ? 0.62 : 1.05;
}

/** `text` in at most `most` lines no wider than `width`, the last one ending in an ellipsis when that is not enough. */
export function wrapped(text: string, font: Font, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer, font) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] = `${kept[most - 1] ?? ''} …`;
  return kept.map((one) => shortened(one, font, width));
}

/** `text` cut so that it is no wider than `width`. */
function shortened(text: string, font: Font, width: number): string {
  if (textWidth(text, font) <= width) return text;
  const characters = [...text.replace(/ …$/, '')];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, font) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
