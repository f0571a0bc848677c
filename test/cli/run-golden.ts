import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
export const SHOP = join(ROOT, 'stacks', 'online-boutique');
export const MAIN = join(ROOT, 'build', 'lib', 'cli', 'main.js');

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program as a person would, without colour. */
export function golden(
  args: readonly string[],
  cwd: string = ROOT,
  env: NodeJS.ProcessEnv = {},
  input: string | Buffer = '',
): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    encoding: 'utf8',
    input,
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
    // What the runner of the tests asks of its own workers is not what a person has set.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

const made: string[] = [];

/** An empty folder in which `golden-path` can be imported. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'golden-cli-'));
  made.push(folder);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'golden-path'));
  return folder;
}

/** A project of the given files. */
export function projectOf(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A copy of the shop that a test may change. */
export function copyOfShop(): string {
  const folder = emptyFolder();
  cpSync(SHOP, folder, { recursive: true });
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
