import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { Finding } from '../policy/finding';
import type { Manifest } from '../kube/manifest';
import { locate, parseSteps } from '../policy/path';
import { objectName } from '../report/report';
import type { Origin } from './manifest-text';

/** A file with what can be mended mechanically mended. */
export interface FixedFile {
  readonly file: string;
  readonly text: string;
  /** What was changed, a line each. */
  readonly changes: readonly string[];
}

/**
 * Applies the patches of findings to the YAML that they are about. Comments and everything else stay; the documents that
 * are changed are written anew, so their white space may be another. Standard input and JSON are left alone.
 */
export function fixedFiles(findings: readonly Finding[], origins: ReadonlyMap<Manifest, Origin>): FixedFile[] {
  const byFile = new Map<string, Map<string, { origin: Origin; findings: Finding[] }>>();
  for (const finding of findings) {
    const origin = origins.get(finding.object);
    if (!origin || finding.patch === undefined || !/\.ya?ml$/i.test(origin.file)) continue;
    const documents = byFile.get(origin.file) ?? new Map<string, { origin: Origin; findings: Finding[] }>();
    byFile.set(origin.file, documents);
    const known = documents.get(String(origin.start)) ?? { origin, findings: [] };
    documents.set(String(origin.start), known);
    known.findings.push(finding);
  }
  return [...byFile].flatMap(([file, documents]) => {
    const changes: string[] = [];
    let text = readFileSync(file, 'utf8');
    const mark = text.startsWith('\uFEFF') ? 1 : 0;
    // From the end, so that what comes before stays where it is.
    for (const { origin, findings: own } of [...documents.values()].sort((a, b) => b.origin.start - a.origin.start)) {
      const mended = mendedDocument(origin, own, origins, changes);
      const start = origin.start + mark;
      text = text.slice(0, start) + mended + text.slice(start + origin.text.length);
    }
    return changes.length === 0 ? [] : [{ file, text, changes: changes.reverse() }];
  });
}

function mendedDocument(
  { text }: Origin,
  findings: readonly Finding[],
  origins: ReadonlyMap<Manifest, Origin>,
  changes: string[],
): string {
  const document = parseDocument(text);
  let changed = false;
  for (const { object, patch = [], policy } of findings) {
    for (const { op, path, value } of patch) {
      const steps = stepsOf(object, path);
      if (steps === undefined) continue;
      const place = [...origins.get(object)!.steps, ...steps];
      if (op === 'remove') document.deleteIn(place);
      else document.setIn(place, value);
      changed = true;
      changes.push(
        `${policy}: ${objectName(object)} ${path}${op === 'remove' ? ' removed' : ` = ${JSON.stringify(value)}`}`,
      );
    }
  }
  if (!changed) return text;
  // As the author has it: lists at the indentation of their key, or deeper.
  const indentSeq = !/^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(text);
  return document.toString({ lineWidth: 0, indentSeq, flowCollectionPadding: !/\{\S/.test(text) });
}

/** Keys and indexes of a place; what does not exist yet can be made, but for a member of a list. */
function stepsOf(object: Manifest, path: string): (string | number)[] | undefined {
  const { steps } = locate(object, path);
  const rest = parseSteps(path).slice(steps.length);
  const keys = rest.flatMap((step) => ('key' in step ? [step.key] : []));
  return keys.length === rest.length ? [...steps, ...keys] : undefined;
}
