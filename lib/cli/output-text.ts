import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ProblemsError } from '../core/problem';

/** Text for a person or a pipe: to standard output, or whole into a file. */
export function writeText(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  const path = resolve(out);
  const beside = `${path}.golden-${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    throw new ProblemsError([
      {
        code: 'output-not-writable',
        kind: 'input',
        subject: '--out',
        path: '',
        message: `the file cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
        got: out,
        fix: 'choose another place',
      },
    ]);
  }
}
