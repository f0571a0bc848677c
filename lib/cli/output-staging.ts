import { existsSync, promises as fs, renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ProblemsError } from '../core/problem';
import { fileErrorCode, outputProblem } from './output-files';

/**
 * The hidden sibling of an output folder in which the next version of it grows, and the exchange of the two.
 *
 * For `dist/prod` and process 7: `dist/.prod.golden-7` is the new version, `dist/.prod.golden-7-old` the old one between
 * the two renames of the exchange, `dist/.prod.golden-7-gone` the old one on its way out. Names say it all, so that
 * a later run knows from them how far a run got that was killed.
 */
export class Staging {
  /** Folders that this process is about to replace: another run may have had our process id. */
  private static readonly claimed = new Set<string>();

  /** Only a folder that we made is ours to remove: one of an earlier run says how far that run got. */
  private made = false;

  /** The outermost of the parents that had to be made. */
  private madeParent: string | undefined;

  private constructor(
    /** The folder to be replaced, links resolved. */
    readonly target: string,
    readonly folder: string,
  ) {}

  /** Clears away what killed runs left, puts back what they took away, and makes the folder. */
  static async claim(given: string): Promise<Staging> {
    const target = await realTarget(resolve(given));
    const parent = dirname(target);
    if (parent === target) throw cannotReplace(given, 'the root of the file system cannot be an output folder');
    if (Staging.claimed.has(target)) throw busy(given, target);
    Staging.claimed.add(target);
    const staging = new Staging(target, join(parent, `${prefixFor(target)}${process.pid}`));
    try {
      staging.madeParent = await fs.mkdir(parent, { recursive: true });
      await recover(given, target);
      if (existsSync(target) && !(await fs.stat(target)).isDirectory()) {
        throw cannotReplace(given, 'the output folder is a file');
      }
      await fs.mkdir(staging.folder);
      staging.made = true;
      await refuseOthers(given, target);
      return staging;
    } catch (error) {
      await staging.release();
      throw error;
    }
  }

  /**
   * Puts the folder in the place of the target. Synchronous, so that nothing in this process can come in between; what
   * a kill leaves between the renames, {@link recover} puts right.
   */
  exchange(): void {
    const old = `${this.folder}-old`;
    const replaces = existsSync(this.target);
    if (replaces) renameSync(this.target, old);
    try {
      renameSync(this.folder, this.target);
    } catch (error) {
      if (replaces) renameSync(old, this.target);
      throw error;
    }
    try {
      if (replaces) renameSync(old, `${this.folder}-gone`);
    } catch {
      // The exchange is done all the same; the next run clears the old version away.
    }
  }

  /** Removes all that was made besides the target. */
  async release(): Promise<void> {
    try {
      if (this.made) await fs.rm(this.folder, { recursive: true, force: true });
      await removeQuietly(`${this.folder}-gone`);
      await this.removeMadeParents();
    } finally {
      Staging.claimed.delete(this.target);
    }
  }

  private async removeMadeParents(): Promise<void> {
    if (this.madeParent === undefined) return;
    try {
      // Ends at the first that is not empty, which is the direct parent if the target was written.
      for (let folder = dirname(this.target); folder.length >= this.madeParent.length; folder = dirname(folder)) {
        await fs.rmdir(folder);
      }
    } catch {
      // In use: not ours to remove.
    }
  }
}

function prefixFor(target: string): string {
  return `.${basename(target)}.golden-`;
}

/** The folder that `path` leads to, even if a killed run has moved it aside and only the link to it is left. */
async function realTarget(path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
  }
  const link = await fs.readlink(path).catch(() => undefined);
  if (link !== undefined) return realTarget(resolve(dirname(path), link));
  const parent = dirname(path);
  return parent === path ? path : join(await realTarget(parent), basename(path));
}

/** Deals with what earlier runs left beside `target`. */
async function recover(given: string, target: string): Promise<void> {
  await refuseOthers(given, target);
  for (const id of await processesAt(target)) {
    await recoverFrom(given, target, join(dirname(target), `${prefixFor(target)}${id}`));
  }
}

/** Checked before and after our own folder is made, or two runs that start together would not see each other. */
async function refuseOthers(given: string, target: string): Promise<void> {
  const other = (await processesAt(target)).find(isRunning);
  if (other !== undefined) throw busy(given, join(dirname(target), `${prefixFor(target)}${other}`));
}

/** The processes that have, or had, folders beside `target`. */
async function processesAt(target: string): Promise<number[]> {
  const prefix = prefixFor(target);
  const names = (await fs.readdir(dirname(target))).filter((name) => name.startsWith(prefix));
  const ids = names.flatMap((name) => /^(\d+)(?:-old|-gone)?$/.exec(name.slice(prefix.length))?.[1] ?? []);
  return [...new Set(ids.map(Number))].sort((a, b) => a - b);
}

async function recoverFrom(given: string, target: string, folder: string): Promise<void> {
  const old = `${folder}-old`;
  if (existsSync(old)) {
    // Killed between the renames, unless the new version is no longer there because it has become the target.
    const between = existsSync(folder);
    if (between && existsSync(target)) await removeEmpty(given, target, old);
    if (existsSync(target)) await fs.rename(old, `${folder}-gone`);
    else await fs.rename(old, target);
  }
  await fs.rm(folder, { recursive: true, force: true });
  await removeQuietly(`${folder}-gone`);
}

/** Makes way for the old version, if what stands in its place holds nothing. */
async function removeEmpty(given: string, target: string, old: string): Promise<void> {
  try {
    await fs.rmdir(target);
  } catch {
    throw new ProblemsError([
      outputProblem(given, '', {
        code: 'output-left-aside',
        message: 'a run was killed while it replaced the output folder, and somebody has made a new one since',
        got: `the earlier folder is at ${old}`,
        fix: 'keep one of the two: move it to the output folder and remove the other',
      }),
    ]);
  }
}

/** What cannot be removed now stays until a later run; nobody needs it and nobody reads it. */
async function removeQuietly(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

function isRunning(id: number): boolean {
  // Our own id on a folder that we have not claimed: from an earlier process, as happens in containers.
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return fileErrorCode(error) === 'EPERM';
  }
}

function busy(given: string, folder: string): ProblemsError {
  return new ProblemsError([
    outputProblem(given, '', {
      code: 'output-busy',
      message: 'another run is writing to the same output folder',
      got: folder,
      fix: 'wait for the other run; if there is none, remove its hidden folder beside the output folder',
    }),
  ]);
}

function cannotReplace(given: string, message: string): ProblemsError {
  return new ProblemsError([
    outputProblem(given, '', { code: 'output-not-a-folder', message, fix: 'choose another output folder' }),
  ]);
}
