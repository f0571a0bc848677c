import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError, shown, type Problem } from '../core/problem';

/** A problem with the folder that is written to, or with the file `path` in it. */
export function outputProblem(
  target: string,
  path: string,
  problem: Omit<Problem, 'kind' | 'subject' | 'path'>,
): Problem {
  return { kind: 'input', subject: target, path, ...problem };
}

/** The code of an error of the file system (ENOENT, EACCES...), undefined for any other error. */
export function fileErrorCode(error: unknown): string | undefined {
  // Not by `instanceof`: under jest such errors come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error)) return undefined;
  return String(error.code);
}

/** `task`, with errors of the file system told as problems with `target`. */
export async function explained<T>(target: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === undefined) throw error;
    throw new ProblemsError([outputProblem(target, '', { ...explanation(code), got: (error as Error).message })]);
  }
}

function explanation(code: string): Pick<Problem, 'code' | 'message' | 'fix'> {
  switch (code) {
    case 'ENOTDIR':
    case 'EEXIST':
      return {
        code: 'output-not-a-folder',
        message: 'the output folder cannot be made, a file is in its place or in that of a parent',
        fix: 'move the file away, or choose another output folder',
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        code: 'output-not-writable',
        message: 'the output folder or its parent may not be written to',
        fix: 'give yourself the right to write there, or choose another output folder',
      };
    case 'EBUSY':
    case 'EXDEV':
      return {
        code: 'output-not-replaceable',
        message: 'the output folder cannot be replaced as a whole, it is in use or a mount point',
        fix: 'choose a folder below it',
      };
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'output-disk-full',
        message: 'there is no space left for the output, the folder was left as it was',
        fix: 'make room, then run again',
      };
    default:
      return { code: 'output-failed', message: 'the output could not be written, the folder was left as it was' };
  }
}

/** Why `path` cannot name a file inside of a folder, on any operating system; undefined if it can. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'contains a NUL character';
  if (path.includes('\\')) return 'contains a backslash';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  const steps = path.split('/');
  if (steps.includes('..')) return 'leads out of the output folder';
  if (steps.includes('.') || steps.includes('')) return 'has an empty step';
  return undefined;
}

export function pathProblem(target: string, path: string, message: string): Problem {
  return outputProblem(target, path, {
    code: 'output-path',
    message: `the path ${message}`,
    got: shown(path),
    expected: 'a relative path with forward slashes, such as checkout/deployment.yaml',
  });
}

/** The folders above a relative path, the outermost first: a, a/b for a/b/c. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.push(path.slice(0, end));
  return folders;
}

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** All that is in a folder, by relative path, parents first; nothing if there is no such folder. */
export async function listTree(
  folder: string,
  run: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<Map<string, EntryKind>> {
  const found = new Map<string, EntryKind>();
  async function visit(relative: string): Promise<void> {
    const entries = await run(() => fs.readdir(join(folder, relative), { withFileTypes: true }));
    const folders: string[] = [];
    for (const entry of entries) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      found.set(
        path,
        entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other',
      );
    }
    await Promise.all(folders.map(visit));
  }
  try {
    await visit('');
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT' || found.size > 0) throw error;
  }
  return found;
}

/** The same file under a second name, so that nothing about it changes; a copy where the disk has no hard links. */
export async function linkOrCopy(from: string, to: string, kind: EntryKind): Promise<void> {
  if (kind === 'link') return fs.symlink(await fs.readlink(from), to);
  try {
    await fs.link(from, to);
  } catch (error) {
    // A pipe or a socket cannot be copied.
    if (kind !== 'file') throw error;
    const { atime, mtime } = await fs.stat(from);
    await fs.copyFile(from, to);
    await fs.utimes(to, atime, mtime);
  }
}

/** Runs so many tasks at a time, since thousands of open files are more than a process may have. */
export class Gate {
  private running = 0;
  private closed: Error | undefined;
  private readonly waiting: (() => void)[] = [];
  private readonly idlers: (() => void)[] = [];

  constructor(private readonly slots: number) {}

  readonly run = async <T>(task: () => Promise<T>): Promise<T> => {
    if (this.running >= this.slots) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      if (this.closed) throw this.closed;
      return await task();
    } finally {
      // The slot goes to the next in the queue, or becomes free.
      const next = this.waiting.shift();
      if (next) next();
      else if (--this.running === 0) for (const resolve of this.idlers.splice(0)) resolve();
    }
  };

  /** Lets no further task start. */
  close(reason: Error): void {
    this.closed ??= reason;
  }

  /** Resolves when no task runs or waits. */
  async idle(): Promise<void> {
    if (this.running > 0) await new Promise<void>((resolve) => this.idlers.push(resolve));
  }
}
