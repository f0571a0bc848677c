import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of a run as its folder remembers it; the identity tells it from a later process with the same pid. */
export interface ProcessRecord {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
}

/** When the process was started, in the words of the system; empty when there is no such process any more. */
export function identityOf(pid: number): string {
  try {
    if (existsSync('/proc/self/stat')) {
      // The name in parentheses may hold spaces: count the fields from its end. A zombie has ended already.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return fields[0] === 'Z' ? '' : (fields[19] ?? '');
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

export function isAlive(record: ProcessRecord): boolean {
  return record.identity !== '' && identityOf(record.pid) === record.identity;
}

/** Resident memory in MiB, as it was seen last and at its highest. */
export interface Memory {
  readonly name: string;
  readonly now: number;
  readonly peak: number;
}

/** What these processes take of memory now; nothing where the system does not tell. */
export function memoryOfAll(records: readonly ProcessRecord[]): Memory[] {
  return records.flatMap((record) => memoryOf(record) ?? []);
}

function memoryOf({ name, pid }: ProcessRecord): Memory | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { name, now: Math.round(kib('VmRSS') / 1024), peak: Math.round(kib('VmHWM') / 1024) };
  } catch {
    return undefined;
  }
}

/** What the processes of a folder took when they were stopped: the run that a suite is part of can still tell. */
export function readMemory(folder: string): Memory[] {
  return readJson<Memory[]>(join(folder, 'memory.json')) ?? [];
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Starts processes for one run, writes down each of them before anything can fail, and stops exactly these. */
export class Processes {
  readonly #started: { record: ProcessRecord; child: ChildProcess }[] = [];

  constructor(private readonly folder: string) {
    mkdirSync(join(folder, 'logs'), { recursive: true });
  }

  get records(): readonly ProcessRecord[] {
    return this.#started.map(({ record }) => record);
  }

  start(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ProcessRecord {
    const log = openSync(this.logOf(name), 'a');
    // Its own process group: Ctrl-C reaches only us, and we stop the components in the right order.
    const child = spawn(command, args, {
      cwd: this.folder,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    child.on('error', () => undefined);
    if (child.pid === undefined) throw new Error(`${name} cannot be started: ${command} is not a program here`);
    const record = { name, pid: child.pid, identity: identityOf(child.pid) };
    this.#started.push({ record, child });
    writeRecords(this.folder, this.records);
    return record;
  }

  logOf(name: string): string {
    return join(this.folder, 'logs', `${name}.log`);
  }

  /** Throws as soon as a process has ended that should run, with the end of its log. */
  assertRunning(): void {
    for (const { record, child } of this.#started) {
      if (child.exitCode === null && child.signalCode === null) continue;
      const how = child.signalCode ?? `exit code ${child.exitCode}`;
      throw new Error(
        `${record.name} ended (${how}); the end of ${this.logOf(record.name)}:\n${this.tail(record.name)}`,
      );
    }
  }

  tail(name: string, lines = 15): string {
    return readFileSync(this.logOf(name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  memory(): Memory[] {
    return memoryOfAll(this.records);
  }

  async stop(): Promise<void> {
    const memory = [...readMemory(this.folder), ...this.memory()];
    await stopRecords(this.records);
    writeFileSync(join(this.folder, 'memory.json'), JSON.stringify(memory));
    this.#started.length = 0;
    writeRecords(this.folder, []);
  }
}

function writeRecords(folder: string, records: readonly ProcessRecord[]): void {
  const path = join(folder, 'processes.json');
  writeFileSync(`${path}.new`, JSON.stringify(records));
  renameSync(`${path}.new`, path);
}

export function readRecords(folder: string): ProcessRecord[] {
  return readJson<ProcessRecord[]>(join(folder, 'processes.json')) ?? [];
}

/**
 * Asks the last started first, so that nothing loses the server it talks to. What has not ended in time is killed:
 * its data is thrown away in any case.
 */
export async function stopRecords(records: readonly ProcessRecord[], patience = 1_500): Promise<void> {
  const reversed = [...records].reverse();
  for (const record of reversed) signal(record, 'SIGTERM');
  const deadline = Date.now() + patience;
  while (reversed.some(isAlive) && Date.now() < deadline) await sleep(50);
  for (const record of reversed) signal(record, 'SIGKILL');
  while (reversed.some(isAlive)) await sleep(20);
}

function signal(record: ProcessRecord, name: NodeJS.Signals): void {
  if (!isAlive(record)) return;
  try {
    process.kill(record.pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}
