import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { components, type Component, type ComponentName } from './components';
import { withLock } from './lock';
import { MissingTool } from './missing-tool';
import { cacheDirectory } from './paths';

/** One line for the person who waits. */
export type Say = (line: string) => void;

/** Names that need no loader and no C library, so that a cached binary runs wherever the cache is mounted. */
const buildEnvironment = { CGO_ENABLED: '0', GOWORK: 'off' };

/** Builds what is not in the cache yet, one after the other, and tells where each binary is. */
export async function binaries<Name extends ComponentName>(
  names: readonly Name[],
  say: Say,
): Promise<Record<Name, string>> {
  const paths = {} as Record<Name, string>;
  for (const name of names) {
    const path = binaryPath(components[name]);
    if (!existsSync(path)) await build(components[name], path, say);
    paths[name] = path;
  }
  return paths;
}

/** Where a component is, or will be: the name holds everything that decides what the binary does. */
export function binaryPath(component: Component): string {
  const folder = moduleFolder(component);
  const hash = createHash('sha256');
  for (const part of [
    readFileSync(join(folder, 'go.mod')),
    readFileSync(join(folder, 'go.sum')),
    buildArguments(component, component.name).join('\0'),
    `${process.platform}-${process.arch}`,
  ]) {
    hash.update(part).update('\0');
  }
  const key = `${component.name}-${component.version}-${hash.digest('hex').slice(0, 12)}`;
  return join(cacheDirectory(), key, component.name);
}

async function build(component: Component, path: string, say: Say): Promise<void> {
  const label = `${component.name} ${component.version}`;
  const waiting = (): void => say(`another run is building ${label}, waiting for it`);
  await withLock(join(cacheDirectory(), 'locks', `${component.name}.lock`), waiting, async () => {
    if (existsSync(path)) return;
    needGo();
    const started = Date.now();
    const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
    say(`building ${label} (about ${component.coldBuild} the first time, seconds with a warm Go build cache)`);
    const progress = setInterval(() => say(`building ${label} ... ${seconds()}`), 30_000);
    mkdirSync(cacheDirectory(), { recursive: true });
    const temporary = mkdtempSync(join(cacheDirectory(), 'building-'));
    try {
      await go(moduleFolder(component), buildArguments(component, join(temporary, component.name)), label);
      // A folder appears whole or not at all: a build that was interrupted never looks finished.
      rmSync(dirname(path), { recursive: true, force: true });
      renameSync(temporary, dirname(path));
    } finally {
      clearInterval(progress);
      rmSync(temporary, { recursive: true, force: true });
    }
    say(`built ${label} ... ${seconds()}`);
  });
}

function moduleFolder(component: Component): string {
  return join(__dirname, 'go', component.folder);
}

function buildArguments(component: Component, output: string): string[] {
  const stamps = Object.entries(component.stamps).map(([variable, value]) => `-X ${variable}=${value}`);
  // -mod=readonly: what go.mod and go.sum pin is what is built, or the build fails.
  const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags', ['-s', '-w', ...stamps].join(' ')];
  return ['build', ...flags, '-o', output, component.package];
}

/** From 1.21 on Go fetches the newer one that a module asks for; an older one only says that it cannot read go.mod. */
export function needGo(reason = 'the components of the control plane are built from source'): void {
  const packages = 'Debian package `golang`, version 1.26 or newer, or https://go.dev/dl';
  const minor = /\bgo1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  if (Number(minor ?? 0) < 21) throw new MissingTool('Go 1.26', packages, reason);
}

async function go(folder: string, args: readonly string[], label: string): Promise<void> {
  const child = spawn('go', args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...buildEnvironment },
  });
  // A build takes minutes of every core: let the person work meanwhile.
  if (child.pid !== undefined) setPriority(child.pid, 10);
  const stop = (): void => void child.kill('SIGTERM');
  process.once('exit', stop);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  process.removeListener('exit', stop);
  if (code === 0) return;
  const said = errors
    .split('\n')
    .filter((line) => line && !line.startsWith('go: downloading'))
    .slice(-20)
    .join('\n');
  throw new Error(`building ${label} failed in ${folder} (go ${args.join(' ')}):\n${said}`);
}
