import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../core/canonical';
import { ProblemsError } from '../core/problem';
import { fileErrorCode, outputProblem } from './output-files';

/**
 * Lists the files in an output folder that golden wrote; all others are somebody else's. Its name has no ending, or
 * `kubectl apply -R` would read it.
 */
export const INDEX_FILE = '.golden-index';

export interface OutputIndex {
  readonly files: ReadonlySet<string>;
  /** Undefined if there is none yet. */
  readonly text: string | undefined;
}

export async function readIndex(given: string, target: string): Promise<OutputIndex> {
  let text: string;
  try {
    text = await fs.readFile(join(target, INDEX_FILE), 'utf8');
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    return { files: new Set(), text: undefined };
  }
  return { files: new Set(parseIndex(given, text)), text };
}

function parseIndex(given: string, text: string): string[] {
  try {
    const { version, files } = JSON.parse(text) as { version?: unknown; files?: unknown };
    if (version === 1 && Array.isArray(files) && files.every((file) => typeof file === 'string')) return files;
  } catch {
    // No JSON, for instance after a merge with conflicts.
  }
  throw new ProblemsError([
    outputProblem(given, INDEX_FILE, {
      code: 'output-index',
      message: 'cannot be read, so there is no telling which files in the folder are from golden',
      expected: '{"version":1,"files":[...]}',
      fix: 'restore the file, or remove the whole output folder and run again',
    }),
  ]);
}

export function printIndex(files: readonly string[]): string {
  return `${JSON.stringify({ version: 1, files: [...files].sort(compare) }, undefined, 2)}\n`;
}
