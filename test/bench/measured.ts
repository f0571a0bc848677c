import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process has used from its first to its last moment. */
export interface Usage {
  /** Seconds on the clock. */
  readonly wall: number;
  /** Seconds of processor time over all threads, user and system. */
  readonly cpu: number;
  /** The part of it that the kernel took, mostly to make files. */
  readonly system: number;
  /** The most memory that was resident at a time, in MiB. */
  readonly rss: number;
}

const PRELOAD = join(__dirname, 'children/usage.js');

/** Runs a Node program to its end, which has to be one of these. */
export function measured(args: readonly string[], ends: readonly number[] = [0]): Usage {
  const folder = mkdtempSync(join(tmpdir(), 'golden-usage-'));
  const file = join(folder, 'usage.json');
  try {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--require', PRELOAD, ...args], {
      env: { ...process.env, BENCH_USAGE: file },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const wall = (performance.now() - started) / 1_000;
    if (!ends.includes(status ?? -1))
      throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr.slice(0, 5_000)}`);
    const used = JSON.parse(readFileSync(file, 'utf8')) as { user: number; system: number; rss: number };
    return { wall, cpu: used.user + used.system, system: used.system, rss: used.rss };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each figure by itself is the median of so many runs. */
export function medianOf(runs: number, run: () => Usage): Usage {
  const usages = Array.from({ length: runs }, run);
  const median = (figure: keyof Usage): number =>
    usages.map((usage) => usage[figure]).sort((a, b) => a - b)[Math.floor(runs / 2)]!;
  return { wall: median('wall'), cpu: median('cpu'), system: median('system'), rss: median('rss') };
}
