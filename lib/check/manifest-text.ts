import { CORE_SCHEMA, load, YAMLException, type LoadOptions } from 'js-yaml';
import { isRecord } from '../core/data';
import { shown, type Problem } from '../core/problem';
import { yamlLocator } from '../core/yaml-position';
import type { Manifest } from '../kube/manifest';
import type { SourcePosition } from '../core/problem';

/** Where a manifest was written: one document of a file, or a member of a List in it. */
export interface Origin {
  readonly file: string;
  /** The text of the document. */
  readonly text: string;
  /** Lines of the file before it. */
  readonly before: number;
  /** Characters of the file before it. */
  readonly start: number;
  /** Steps into the document. */
  readonly steps: readonly (string | number)[];
}

export interface ManifestText {
  readonly manifests: readonly { readonly manifest: Manifest; readonly origin: Origin }[];
  readonly problems: readonly Problem[];
  /** What was passed over, and why. */
  readonly notes: readonly string[];
}

/** More values than any file of manifests holds; few enough to stop aliases that multiply themselves. */
const MOST_VALUES = 5_000_000;

/** Twice as deep as the deepest CustomResourceDefinition that we know. */
const DEEPEST = 200;

const OPTIONS = { schema: CORE_SCHEMA, maxDepth: DEEPEST } as LoadOptions;

/**
 * Reads the manifests of one file, document by document, so that what is wrong with one hides no other. `yaml` would
 * read less than 2 MB a second, so js-yaml reads, and `yaml` finds lines where one is asked for.
 */
export function readManifestText(text: string, file: string): ManifestText {
  const manifests: { manifest: Manifest; origin: Origin }[] = [];
  const problems: Problem[] = [];
  const notes: string[] = [];
  if (text.includes('\0')) {
    return { manifests, notes, problems: [unusable(file, 1, 'not-yaml', 'this is not text')] };
  }
  for (const { chunk, before, start } of documentsOf(text)) {
    const at = (line: number): number => before + line;
    let data: unknown;
    try {
      data = parse(chunk);
      if (/[*&]/.test(chunk) && size(data, new Map()) > MOST_VALUES)
        throw new RangeError('aliases that multiply themselves');
    } catch (error) {
      problems.push(problemOf(error, chunk, file, at));
      continue;
    }
    if (data === null || data === undefined) continue;
    const items = membersOf(data);
    for (const { value, steps } of items) {
      const origin: Origin = { file, text: chunk, before, start, steps };
      if (isManifest(value)) manifests.push({ manifest: value, origin });
      else if (isRecord(value) && value.kind === undefined && value.apiVersion === undefined) {
        notes.push(
          `${file}:${at(lineIn(chunk, steps))} is no Kubernetes object (no apiVersion, no kind) and was passed over`,
        );
      } else problems.push(noManifest(value, file, at(lineIn(chunk, steps))));
    }
  }
  return { manifests, problems, notes };
}

/** Line and column of a place in a manifest, or of the nearest thing above it that was written. */
export function positionOf({ file, text, before, steps }: Origin, into: readonly (string | number)[]): SourcePosition {
  const { line, column } = locatorOf(text)([...steps, ...into]);
  return { file, line: before + line, column };
}

/** Findings come in groups of one document; the last trees are kept, those of a whole fleet would be too many. */
const recent = new Map<string, ReturnType<typeof yamlLocator>>();
const MOST_RECENT = 16;

function locatorOf(text: string): ReturnType<typeof yamlLocator> {
  const known = recent.get(text);
  if (known) return known;
  const locator = yamlLocator(text);
  if (recent.size >= MOST_RECENT) recent.delete(recent.keys().next().value!);
  recent.set(text, locator);
  return locator;
}

function* documentsOf(text: string): Generator<{ chunk: string; before: number; start: number }> {
  let start = 0;
  let before = 0;
  for (const match of text.matchAll(/^---(?=[ \t\r\n]|$).*(?:\r?\n|$)/gm)) {
    const chunk = text.slice(start, match.index);
    yield { chunk, before, start };
    before += lineBreaks(chunk) + 1;
    start = match.index + match[0].length;
    // What stands behind the marker on its line belongs to the document: `--- {a: 1}`.
    const inline = match[0]
      .slice(3)
      .replace(/(^|\s)#.*/, '')
      .trim();
    if (inline !== '') yield { chunk: inline, before: before - 1, start: match.index + match[0].indexOf(inline) };
  }
  yield { chunk: text.slice(start), before, start };
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function parse(chunk: string): unknown {
  if (/^\s*[{[]/.test(chunk)) {
    let data: unknown;
    try {
      data = JSON.parse(chunk);
    } catch {
      // A YAML flow collection begins the same way.
      return load(chunk, OPTIONS);
    }
    if (isDeeper(data, DEEPEST)) throw new RangeError();
    return data;
  }
  return load(chunk, OPTIONS);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

/** Values with each alias counted where it stands, without walking what it names again. */
function size(value: unknown, known: Map<object, number>): number {
  if (typeof value !== 'object' || value === null) return 1;
  const counted = known.get(value);
  if (counted !== undefined) return counted;
  known.set(value, 0);
  let sum = 1;
  for (const member of Object.values(value)) sum += size(member, known);
  known.set(value, sum);
  return sum;
}

/** The object itself, or what a List holds. */
function membersOf(data: unknown): { value: unknown; steps: (string | number)[] }[] {
  if (isRecord(data) && typeof data.kind === 'string' && data.kind.endsWith('List') && Array.isArray(data.items)) {
    return data.items.map((value: unknown, index) => ({ value, steps: ['items', index] }));
  }
  return [{ value: data, steps: [] }];
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return false;
  const { metadata } = value;
  return isRecord(metadata) && (typeof metadata.name === 'string' || typeof metadata.generateName === 'string');
}

function noManifest(value: unknown, file: string, line: number): Problem {
  if (!isRecord(value)) {
    return {
      ...unusable(file, line, 'not-a-map', 'a Kubernetes object is a map of keys and values'),
      got: shown(value),
    };
  }
  const missing =
    (['apiVersion', 'kind'] as const).find((field) => typeof value[field] !== 'string') ?? 'metadata.name';
  return {
    ...unusable(file, line, 'required', `${missing} is missing`),
    path: missing,
    got: shown(value),
    expected: 'text',
  };
}

function problemOf(error: unknown, chunk: string, file: string, at: (line: number) => number): Problem {
  if (error instanceof YAMLException) {
    const { mark, reason } = error as YAMLException & { mark?: { line: number; column: number } };
    const line = at((mark?.line ?? 0) + 1);
    if (reason.startsWith('nesting')) return tooDeep(file, line);
    const problem = unusable(file, line, 'not-yaml', `this is not YAML: ${reason}`);
    return {
      ...problem,
      at: { ...problem.at!, ...(mark ? { column: mark.column + 1 } : {}) },
      ...(/\{\{.*\}\}/.test(chunk) ? { fix: 'render the template first: helm template … | golden check -' } : {}),
    };
  }
  return error instanceof RangeError && error.message !== ''
    ? unusable(file, at(1), 'too-deep', `this cannot be read: ${error.message}`)
    : tooDeep(file, at(1));
}

function tooDeep(file: string, line: number): Problem {
  return unusable(file, line, 'too-deep', `this is nested more than ${DEEPEST} levels deep`);
}

function unusable(file: string, line: number, code: string, message: string): Problem {
  return { code, kind: 'input', subject: file, path: '', message, at: { file, line } };
}

function lineIn(chunk: string, steps: readonly (string | number)[]): number {
  return yamlLocator(chunk)(steps).line;
}
