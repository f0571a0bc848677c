import { promises as fs, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compare } from '../core/canonical';
import { ProblemsError, throwIfAny, type Problem } from '../core/problem';
import {
  explained,
  fileErrorCode,
  foldersAbove,
  Gate,
  linkOrCopy,
  listTree,
  outputProblem,
  pathFault,
  pathProblem,
  type EntryKind,
} from './output-files';
import { INDEX_FILE, printIndex, readIndex, type OutputIndex } from './output-index';
import { Staging } from './output-staging';

const FILES_AT_ONCE = 32;
const PROBLEMS_SHOWN = 20;

export interface OutputOptions {
  /** Sub-folders to replace; the files in all others stay as they are. @default - the whole folder is replaced */
  readonly only?: readonly string[];
}

export interface OutputSummary {
  /** Files of this run. */
  readonly files: number;
  /** Those among them that are new or have another text than before. */
  readonly written: number;
  /** Files of an earlier run that are no longer there. */
  readonly removed: number;
  /** True if everything was as it should be already; the folder was not touched then. */
  readonly unchanged: boolean;
}

/**
 * A folder of rendered files, written whole or not at all: until {@link commit} the folder stays as it was, whatever
 * happens. Files in it that are not from golden are neither changed nor removed.
 *
 * Not guarded against: a file that somebody puts into the folder in the milliseconds of the commit, and a power cut.
 */
export class OutputTree {
  private readonly gate = new Gate(FILES_AT_ONCE);
  private readonly folders = new Map<string, Promise<unknown>>();
  /** Paths of files and folders as given, by their form on disks that ignore case. */
  private readonly files = new Map<string, string>();
  private readonly parents = new Map<string, string>();
  /** Files that stand in the target with the same text already. */
  private readonly same = new Set<string>();
  private state: 'open' | 'committing' | 'committed' | 'aborted' = 'open';
  private failed: { readonly error: unknown } | undefined;
  private cleanUp: Promise<void> | undefined;

  private constructor(
    private readonly given: string,
    private readonly staging: Staging,
    private readonly index: OutputIndex,
    private readonly only: readonly string[] | undefined,
  ) {}

  static async begin(target: string, options: OutputOptions = {}): Promise<OutputTree> {
    throwIfAny((options.only ?? []).flatMap((path) => faultOf(target, path)));
    return explained(target, async () => {
      const staging = await Staging.claim(target);
      try {
        return new OutputTree(target, staging, await readIndex(target, staging.target), options.only);
      } catch (error) {
        await staging.release();
        throw error;
      }
    });
  }

  /** Many may run at a time. After one has failed, {@link commit} fails too. */
  async write(path: string, text: string): Promise<void> {
    if (this.state !== 'open') throw new Error(`the output folder is ${this.state}, no file can be added`);
    try {
      this.register(path);
      const bytes = Buffer.from(text);
      await explained(this.given, () => this.gate.run(() => this.stage(path, bytes)));
    } catch (error) {
      this.failed ??= { error };
      throw error;
    }
  }

  /** Puts the new files in the place of the old; on failure everything is left as it was. */
  async commit(): Promise<OutputSummary> {
    if (this.state !== 'open') throw new Error(`the output folder is ${this.state} already`);
    this.state = 'committing';
    try {
      await this.gate.idle();
      if (this.failed) throw this.failed.error;
      return await explained(this.given, () => this.replace());
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  /** Gives up and leaves everything as it was. May be called at any time, also twice, and does nothing after a commit. */
  async abort(): Promise<void> {
    if (this.state === 'committed') return;
    this.state = 'aborted';
    this.gate.close(aborted());
    this.cleanUp ??= this.gate.idle().then(() => this.staging.release());
    await this.cleanUp;
  }

  private register(path: string): void {
    throwIfAny(faultOf(this.given, path));
    if (!this.inScope(path)) throw problem(this.given, path, `is outside of ${this.only?.join(', ')}`);
    const folders = foldersAbove(path);
    for (const folder of folders) this.claimName(folder, this.parents, this.files, true);
    this.claimName(path, this.files, this.parents, false);
  }

  /** Two names that differ in case only are one and the same on some disks. */
  private claimName(path: string, own: Map<string, string>, other: Map<string, string>, shared: boolean): void {
    const key = path.normalize('NFC').toLowerCase();
    if (other.has(key)) throw problem(this.given, path, 'is that of a file and of a folder');
    const earlier = own.get(key);
    if (earlier !== undefined && earlier !== path)
      throw problem(this.given, path, `differs from ${earlier} in case only`);
    if (earlier !== undefined && !shared) throw problem(this.given, path, 'is written twice');
    own.set(key, path);
  }

  private async stage(path: string, bytes: Buffer): Promise<void> {
    if (this.index.files.has(path) && (await hasBytes(join(this.staging.target, path), bytes))) {
      this.same.add(path);
      return;
    }
    await this.makeFolder(dirname(path));
    // A detour over the thread pool costs more than writing a small file.
    writeFileSync(join(this.staging.folder, path), bytes, { flag: 'wx' });
  }

  private async makeFolder(path: string): Promise<void> {
    let made = this.folders.get(path);
    if (!made) {
      made = fs.mkdir(join(this.staging.folder, path), { recursive: true });
      this.folders.set(path, made);
    }
    await made;
  }

  private async replace(): Promise<OutputSummary> {
    const present = await listTree(this.staging.target, this.gate.run);
    const writes = new Set(this.files.values());
    const ownFolders = new Set([...this.index.files].flatMap(foldersAbove));
    const stays = new Map<string, EntryKind>();
    const kept: string[] = [];
    let removed = 0;
    for (const [path, kind] of present) {
      if (path === INDEX_FILE || (kind === 'folder' && ownFolders.has(path))) continue;
      if (kind !== 'file' || !this.index.files.has(path)) stays.set(path, kind);
      else if (!this.inScope(path)) kept.push(path);
      else if (!writes.has(path)) removed++;
    }
    for (const path of kept) stays.set(path, 'file');
    this.checkNothingInTheWay(stays, writes);
    this.checkStillSame(present);

    const index = printIndex([...writes, ...kept]);
    const written = writes.size - this.same.size;
    const unchanged = written === 0 && index === this.index.text;
    if (!unchanged) {
      await this.carryOver(stays);
      await this.gate.run(() => fs.writeFile(join(this.staging.folder, INDEX_FILE), index, { flag: 'wx' }));
      await this.gate.run(() => copyMode(this.staging.target, this.staging.folder));
    }
    // Nothing is awaited between these lines, so that an abort comes either before or too late.
    if (this.state !== 'committing') throw aborted();
    if (!unchanged) this.staging.exchange();
    this.state = 'committed';
    await this.staging.release();
    return { files: writes.size, written, removed, unchanged };
  }

  private checkStillSame(present: ReadonlyMap<string, EntryKind>): void {
    const gone = [...this.same].filter((path) => present.get(path) !== 'file');
    throwIfAny(
      gone.slice(0, PROBLEMS_SHOWN).map((path) =>
        outputProblem(this.given, path, {
          code: 'output-changed',
          message: 'the file was changed by somebody else while the output was written',
          fix: 'run again',
        }),
      ),
    );
  }

  private checkNothingInTheWay(stays: ReadonlyMap<string, EntryKind>, writes: ReadonlySet<string>): void {
    const folders = new Set([...writes].flatMap(foldersAbove));
    const inTheWay = [...stays]
      .filter(([path, kind]) => {
        if (writes.has(path) || foldersAbove(path).some((folder) => writes.has(folder))) return true;
        return kind !== 'folder' && (folders.has(path) || path === INDEX_FILE);
      })
      .map(([path]) => path)
      .sort(compare);
    const more = inTheWay.length - PROBLEMS_SHOWN;
    throwIfAny(
      inTheWay.slice(0, PROBLEMS_SHOWN).map((path, number) =>
        outputProblem(this.given, path, {
          code: 'output-foreign-file',
          message: 'stands where a file has to be written, and is not from golden',
          ...(number === PROBLEMS_SHOWN - 1 && more > 0 ? { got: `${more} more such files` } : {}),
          fix: 'move it away or remove it, then run again',
        }),
      ),
    );
  }

  /** Brings all that stays from the target to its new version. */
  private async carryOver(stays: ReadonlyMap<string, EntryKind>): Promise<void> {
    const { folder, target } = this.staging;
    const folders: string[] = [];
    const files: [string, EntryKind][] = [...this.same].map((path) => [path, 'file']);
    for (const entry of stays) {
      if (entry[1] === 'folder') folders.push(entry[0]);
      else files.push(entry);
    }
    await Promise.all(folders.map((path) => this.gate.run(() => this.makeFolder(path))));
    await Promise.all(
      files.map(([path, kind]) =>
        this.gate.run(async () => {
          await this.makeFolder(dirname(path));
          await linkOrCopy(join(target, path), join(folder, path), kind);
        }),
      ),
    );
    // Last, since a folder may be read-only.
    const setMode = (path: string): Promise<void> => copyMode(join(target, path), join(folder, path));
    await Promise.all(folders.map((path) => this.gate.run(() => setMode(path))));
  }

  private inScope(path: string): boolean {
    return this.only === undefined || this.only.some((folder) => path.startsWith(`${folder}/`));
  }
}

function aborted(): Error {
  return new Error('the output was aborted');
}

function faultOf(given: string, path: string): Problem[] {
  const fault = path.toLowerCase() === INDEX_FILE ? 'is that of the index' : pathFault(path);
  return fault === undefined ? [] : [pathProblem(given, path, fault)];
}

function problem(given: string, path: string, message: string): ProblemsError {
  return new ProblemsError([pathProblem(given, path, message)]);
}

async function hasBytes(file: string, bytes: Buffer): Promise<boolean> {
  try {
    return bytes.equals(await fs.readFile(file));
  } catch {
    // Whatever is there now, it is not our file.
    return false;
  }
}

async function copyMode(from: string, to: string): Promise<void> {
  try {
    await fs.chmod(to, (await fs.stat(from)).mode & 0o7777);
  } catch (error) {
    // The folder is new.
    if (fileErrorCode(error) !== 'ENOENT') throw error;
  }
}
