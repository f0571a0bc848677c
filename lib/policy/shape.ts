import { formatPath, isRecord } from '../core/data';
import { shown } from '../core/problem';
import type { Manifest } from '../kube/manifest';
import table from './kubernetes-fields.json';

/** A value of another type than Kubernetes has there: the API server would not take the object. */
export interface ShapeMistake {
  readonly steps: readonly (string | number)[];
  /** As people write a path. */
  readonly path: string;
  readonly got: string;
  readonly expected: string;
}

const KINDS: Readonly<Record<string, string>> = table.kinds;
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = table.types;

/**
 * What is of the wrong type in an object of a kind that we know. Policies read fields by their types, so such an object
 * cannot be judged; fields that the table does not have are nobody's business here.
 */
export function shapeMistakes(manifest: Manifest): ShapeMistake[] {
  const type = KINDS[`${manifest.apiVersion}/${manifest.kind}`];
  const mistakes: ShapeMistake[] = [];
  if (type !== undefined) walk(manifest, type, [], mistakes);
  return mistakes;
}

function walk(value: unknown, type: string, steps: readonly (string | number)[], into: ShapeMistake[]): void {
  // Nothing is nothing, of whatever type.
  if (value === undefined || value === null || type === 'dyn') return;
  const wrong = (expected: string): void =>
    void into.push({ steps, path: formatPath(steps), got: shown(value), expected });
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return wrong('a list');
    value.forEach((member, index) => {
      const at = [...steps, index];
      if (member === null) into.push({ steps: at, path: formatPath(at), got: 'null', expected: 'a value' });
      else walk(member, type.slice(0, -2), at, into);
    });
  } else if (type.endsWith('{}')) {
    if (!isRecord(value)) return wrong('a map');
    for (const [key, member] of Object.entries(value)) walk(member, type.slice(0, -2), [...steps, key], into);
  } else if (type === 'string' || type === 'number' || type === 'boolean') {
    if (typeof value !== type) wrong(WORDS[type]);
  } else {
    if (!isRecord(value)) return wrong('a map');
    const fields = FIELDS[type] ?? {};
    for (const [key, member] of Object.entries(value)) {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field !== undefined) walk(member, field, [...steps, key], into);
    }
  }
}

const WORDS = { string: 'text', number: 'a number', boolean: 'true or false' } as const;
