import { isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode } from 'yaml';

/** Line and column of a place in a text, 1-based. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Finds where the deepest part of one YAML document that the steps lead to was written. */
export function yamlLocator(text: string): (steps: readonly (string | number)[]) => TextPosition {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return (steps) => {
    let node: ParsedNode | null = document.contents;
    let offset = node?.range[0] ?? 0;
    for (const step of steps) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (!pair) break;
        offset = pair.key.range[0];
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)];
        if (!item) break;
        offset = item.range[0];
        node = item;
      } else break;
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}
