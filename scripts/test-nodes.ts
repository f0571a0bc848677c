import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs the hermetic tests on every Node version that we support besides the one at hand. The binaries come from the npm
 * registry and stay in the user's cache directory.
 */
const VERSIONS = ['20.19.0', '22.23.3', '24.21.0'];

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'golden-path', 'node');

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 3);
}

function binaryOf(version: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const binary = join(folder, 'node_modules', `node-${platform}`, 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    run('npm', [
      'install',
      '--silent',
      '--no-save',
      '--no-package-lock',
      '--prefix',
      folder,
      `node-${platform}@${version}`,
    ]);
  }
  return binary;
}

for (const version of VERSIONS) {
  const node = binaryOf(version);
  process.stdout.write(`\n== Node ${version}\n`);
  run(node, [join('node_modules', 'jest', 'bin', 'jest.js')]);
  run(node, [join('build', 'lib', 'cli', 'main.js'), 'synth', '--project', 'stacks/online-boutique', '--out', 'dist']);
}
