import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from './processes';

/**
 * Runs `work` while holding the lock at `path`, so that two runs never build the same thing at once.
 * Making a folder is atomic everywhere; the folder names its holder, so that the lock of a crashed run is taken over.
 */
export async function withLock<T>(path: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!take(path)) {
    if (!told) waiting();
    told = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function take(path: string): boolean {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!holderIsGone(path)) return false;
    rmSync(path, { recursive: true, force: true });
    return false;
  }
  writeFileSync(join(path, 'holder'), JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }));
  return true;
}

function holderIsGone(path: string): boolean {
  try {
    const holder = JSON.parse(readFileSync(join(path, 'holder'), 'utf8')) as { pid: number; identity: string };
    return identityOf(holder.pid) !== holder.identity;
  } catch {
    // The folder is made before the name is written: only an old nameless lock was left by a crash.
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    return age > 10_000;
  }
}
