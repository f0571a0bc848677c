import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runsDirectory } from './paths';
import { identityOf, isAlive, readRecords, stopRecords, type ProcessRecord } from './processes';

const keptRuns = 5;

/** Makes the folder of a run, after taking away what dead runs have left behind. */
export async function openRun(name: string): Promise<string> {
  await sweepRuns();
  const folder = runFolder(name);
  mkdirSync(runsDirectory(), { recursive: true });
  try {
    mkdirSync(folder);
  } catch {
    throw new Error(`a control plane named "${name}" is running already, in ${folder}`);
  }
  const owner: ProcessRecord = { name: 'owner', pid: process.pid, identity: identityOf(process.pid) };
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
  mkdirSync(join(folder, 'scratch'));
  startWatchdog(folder);
  return folder;
}

/** Ends a run; of a failed one the logs stay, under a name of their own. Returns where they are. */
export function closeRun(folder: string, failed: boolean): string | undefined {
  if (!failed) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  const kept = `${folder}.failed-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  const holdsLogs = (entry: string): boolean => entry === 'logs' || existsSync(join(folder, entry, 'logs'));
  for (const entry of readdirSync(folder).filter((one) => !holdsLogs(one)))
    rmSync(join(folder, entry), { recursive: true, force: true });
  renameSync(folder, kept);
  return join(kept, 'logs');
}

export function runFolder(name: string): string {
  return join(runsDirectory(), name);
}

/** The process that owns a run, when it is still there. */
export function ownerOf(folder: string): ProcessRecord | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as ProcessRecord;
    return isAlive(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Stops what runs without an owner have left running, keeps the last few logs, removes the rest. */
export async function sweepRuns(): Promise<void> {
  const names = listRuns();
  for (const name of names.filter((one) => !one.includes('.failed-'))) {
    const folder = runFolder(name);
    // A run that is being opened this very moment has no owner for an instant.
    const isYoung = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2_000;
    if (ownerOf(folder) || isYoung) continue;
    await stopRecords(readRecords(folder));
    closeRun(folder, true);
  }
  const failed = listRuns().filter((name) => name.includes('.failed-'));
  const byAge = failed.sort((a, b) => (a.split('.failed-')[1] ?? '').localeCompare(b.split('.failed-')[1] ?? ''));
  for (const name of byAge.slice(0, -keptRuns)) rmSync(runFolder(name), { recursive: true, force: true });
}

function listRuns(): string[] {
  try {
    return readdirSync(runsDirectory());
  } catch {
    return [];
  }
}

/** Starts the watchdog over the processes that `folder` knows of, see watchdog.ts. */
export function startWatchdog(folder: string): void {
  const script = join(__dirname, 'watchdog.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    cwd: __dirname,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Nobody waits for it, and it waits for us: the pipe closes with our last breath.
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
}
