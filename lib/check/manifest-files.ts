import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compare } from '../core/canonical';
import type { Problem } from '../core/problem';
import { readManifestText, type ManifestText } from './manifest-text';

/** Larger than the manifests of some thousand services; reading more at once would take the memory of the machine. */
const LARGEST = 128 * 1024 * 1024;

const MANIFEST = /\.(ya?ml|json)$/i;
/** Folders that hold nobody's manifests. */
const PASSED_OVER = new Set(['node_modules', '.git', '.terraform', '.venv']);

/** Reads the manifests of files and folders; `-` is standard input. A folder is searched for YAML and JSON. */
export function readManifestFiles(paths: readonly string[]): ManifestText {
  const texts = paths.flatMap((path) =>
    path === '-' ? [readOne(0, '<stdin>')] : filesBelow(path).map((one) => one()),
  );
  return {
    manifests: texts.flatMap(({ manifests }) => manifests),
    problems: texts.flatMap(({ problems }) => problems),
    notes: texts.flatMap(({ notes }) => notes),
  };
}

/** How to read each file of a path; one that cannot be read answers with the reason. */
function filesBelow(path: string): (() => ManifestText)[] {
  try {
    if (!statSync(path).isDirectory()) return [() => readOne(path, named(path))];
    const files = manifestFiles(path).sort(compare);
    if (files.length === 0) return [() => failed(named(path), 'no-such-file', 'the folder holds no YAML and no JSON')];
    return files.map((file) => () => readOne(file, named(file)));
  } catch (error) {
    return [() => failed(named(path), 'no-such-file', `this cannot be read (${codeOf(error)})`)];
  }
}

function manifestFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : manifestFiles(path);
    return entry.isFile() && MANIFEST.test(entry.name) ? [path] : [];
  });
}

function readOne(source: string | 0, name: string): ManifestText {
  try {
    const { size } = source === 0 ? { size: 0 } : statSync(source);
    if (size > LARGEST) return tooLarge(name, size);
    const bytes = readFileSync(source);
    if (bytes.length > LARGEST) return tooLarge(name, bytes.length);
    return readManifestText(bytes.toString('utf8').replace(/^\uFEFF/, ''), name);
  } catch (error) {
    return failed(name, 'no-such-file', `this cannot be read (${codeOf(error)})`);
  }
}

function tooLarge(name: string, size: number): ManifestText {
  return failed(name, 'file-too-large', 'the file is larger than any set of manifests', {
    got: `${Math.round(size / 1024 / 1024)} MiB`,
    expected: `at most ${LARGEST / 1024 / 1024} MiB`,
    fix: 'check it in parts',
  });
}

function failed(subject: string, code: string, message: string, more: Partial<Problem> = {}): ManifestText {
  return {
    manifests: [],
    notes: [],
    problems: [{ code, kind: 'input', subject, path: '', message, at: { file: subject }, ...more }],
  };
}

/** As somebody in this folder would type it. */
function named(path: string): string {
  const name = relative(process.cwd(), path);
  return name === '' ? '.' : name.startsWith('..') ? path : name;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}
