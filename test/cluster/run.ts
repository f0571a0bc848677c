import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { binaries } from './binaries';
import { controlPlaneComponents } from './components';
import { MissingTool } from './missing-tool';
import { checkTools, parseNeeds, type Need } from './needs';
import { cacheDirectory, repositoryRoot } from './paths';
import { ownerOf, runFolder } from './runs';
import { memoryOfAll, readRecords, stopRecords } from './processes';
import { memoryLine, startTestbed } from './testbed';
import { waitUntil } from './wait';

/**
 * `tsx test/cluster/run.ts [test [SUITE...] | up | down | status]`; without a word: all suites. See docs/testbed.md.
 */
const suites = join(__dirname, 'suites');
const upName = 'up';
const say = (line: string): void => console.log(line);
const seconds = (value: number): string => `${value.toFixed(1)} s`;

const modes: Record<string, (args: string[]) => Promise<number>> = { test, up, serve, down, status };

async function test(names: string[]): Promise<number> {
  const files = chosenSuites(names);
  const testbed = await startTestbed(`test-${process.pid}`, needsOf(files), say);
  say(`control plane ready at ${testbed.kubeconfig} after ${seconds(testbed.seconds.start)}`);
  const begun = Date.now();
  const code = await jest(files, { GOLDEN_TESTBED_KUBECONFIG: testbed.kubeconfig });
  const memory = testbed.memory();
  const logs = await testbed.stop(code !== 0);
  say(
    `build ${seconds(testbed.seconds.build)}, start ${seconds(testbed.seconds.start)}, tests ${seconds((Date.now() - begun) / 1000)}`,
  );
  memory.forEach(say);
  if (logs) say(`the logs of every component are kept in ${logs}`);
  return code;
}

/** The suites whose names hold one of the words given. */
function chosenSuites(words: readonly string[]): string[] {
  const all = readdirSync(suites)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  const chosen = all.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  if (chosen.length > 0) return chosen.map((file) => join(suites, file));
  const known = all.map((file) => file.replace('.test.ts', '')).join(', ');
  throw new Error(`no suite is called "${words.join(' ')}": there are ${known}`);
}

function needsOf(files: readonly string[]): Need[] {
  return [...new Set(files.flatMap((file) => parseNeeds(readFileSync(file, 'utf8'))))];
}

function jest(files: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const require = createRequire(join(repositoryRoot, 'package.json'));
  const cli = join(dirname(require.resolve('jest/package.json')), 'bin', 'jest.js');
  // One after the other: the suites share the nodes, and one of them cuts the power of a zone.
  const args = [cli, '--config', join(__dirname, 'jest.config.js'), '--runInBand', '--runTestsByPath', ...files];
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
  });
  // The suites end first: they cannot do anything sensible while their cluster is being stopped.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit']) process.once(signal, () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function up(): Promise<number> {
  const folder = runFolder(upName);
  const ready = join(folder, 'kubeconfig');
  if (!ownerOf(folder)) {
    checkTools([]);
    await binaries(controlPlaneComponents, say);
    const server = startServer();
    await waitForServer(server);
    say(/^the control plane was started in .*$/m.exec(readFileSync(server.log, 'utf8'))?.[0] ?? '');
  }
  const { kubectl } = await binaries(['kubectl'], say);
  say(`kubeconfig: ${ready}`);
  say(`try: KUBECONFIG=${ready} ${kubectl} get nodes -L topology.kubernetes.io/zone`);
  return 0;
}

/** The process that stays: it plays the kubelets, and stops everything when it is told to end. */
function startServer(): { exitCode: number | null; log: string } {
  mkdirSync(cacheDirectory(), { recursive: true });
  const log = join(cacheDirectory(), 'up.log');
  const output = openSync(log, 'w');
  const args = [...process.execArgv, __filename, 'serve'];
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', output, output],
    cwd: repositoryRoot,
  });
  const server = { exitCode: null as number | null, log };
  child.on('exit', (code) => (server.exitCode = code ?? 1));
  child.unref();
  return server;
}

async function waitForServer(server: { exitCode: number | null; log: string }): Promise<void> {
  const said = (): string => readFileSync(server.log, 'utf8');
  await waitUntil('the control plane to start', () => said().includes('ready\n'), {
    timeout: 180_000,
    meanwhile: () => {
      if (server.exitCode !== null) throw new Error(`the control plane did not start:\n${said()}`);
    },
  });
}

async function serve(): Promise<number> {
  const testbed = await startTestbed(upName, [], say);
  say(`the control plane was started in ${seconds(testbed.seconds.start)}\nready`);
  return new Promise<number>(() => undefined);
}

async function down(): Promise<number> {
  const owner = ownerOf(runFolder(upName));
  if (!owner) {
    say('no control plane is up');
    return 0;
  }
  await stopRecords([owner], 20_000);
  say('the control plane is down');
  return 0;
}

function status(): Promise<number> {
  const folder = runFolder(upName);
  const owner = ownerOf(folder);
  say(owner ? `up, kubeconfig: ${join(folder, 'kubeconfig')}` : 'no control plane is up');
  if (owner) memoryOfAll(readRecords(folder)).map(memoryLine).forEach(say);
  return Promise.resolve(owner ? 0 : 1);
}

async function main(): Promise<number> {
  const [word = 'test', ...rest] = process.argv.slice(2);
  const mode = modes[word];
  return mode ? mode(rest) : test([word, ...rest]);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    // A missing tool fails the build of a machine; a person is told apart from a red test.
    process.exit(error instanceof MissingTool && process.env['CI'] !== 'true' ? 2 : 1);
  },
);
