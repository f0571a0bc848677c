import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { POLICIES } from '../../policies';
import { generatedFleet } from './generated-fleet';
import { measured, medianOf, type Usage } from './measured';
import { countObjects, writeProject } from './project';

/**
 * `npm run bench:policies`: what judging costs, from memory and from YAML files, in whole processes; beside other checkers
 * on the same folder where they are on the PATH. Needs `npm run build` before. Exits with 1 when it does not grow
 * linearly. `--quick` leaves out the large fleets.
 */
const GOLDEN = join(resolve(__dirname, '../..'), 'build/lib/cli/main.js');
const RUNS = 3;
/** Twice the services may cost so many times as much before it is called more than linear. */
const LINEAR = 2.2;

interface Row {
  readonly size: number;
  readonly objects: number;
  readonly memory: Usage;
  readonly files: Usage;
}

/** What users would pick instead: command and arguments for a folder of manifests. */
const OTHERS: readonly (readonly [command: string, args: (files: readonly string[]) => readonly string[]])[] = [
  ['kube-score', (files) => ['score', '--output-format', 'ci', ...files]],
  ['kube-linter', (files) => ['lint', ...files]],
  ['polaris', (files) => ['audit', '--audit-path', files[0]!, '--format', 'score']],
];

function main(): number {
  const quick = process.argv.includes('--quick');
  const folder = mkdtempSync(join(tmpdir(), 'golden-bench-'));
  try {
    say(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
    say(`pack golden, ${POLICIES.length} policies known\n`);
    const rows = (quick ? [100, 200] : [500, 1_000, 2_000]).map((size) => measuredSize(folder, size));
    const table = new Table({
      head: ['services', 'objects', 'judged', 'wall s', 'CPU s', 'peak MiB', 'objects a second'],
      style: { head: [], border: [], compact: true },
    });
    for (const { size, objects, memory, files } of rows) {
      table.push([size, objects, 'rendered and judged', ...figures(memory, objects)]);
      table.push(['', '', 'from YAML files', ...figures(files, objects)]);
    }
    say(`${table.toString()}\n`);
    const [half, whole] = rows.slice(-2) as [Row, Row];
    const growth = whole.files.cpu / half.files.cpu;
    const isLinear = growth <= LINEAR;
    say(
      `${isLinear ? 'met' : 'MISSED'}: twice the services cost ${growth.toFixed(2)} times the CPU, at most ${LINEAR}\n`,
    );
    return isLinear ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measuredSize(folder: string, size: number): Row {
  const project = join(folder, String(size));
  writeProject(project, generatedFleet(size), 'program');
  const out = join(project, 'dist');
  measured([GOLDEN, 'synth', '--project', project, '--out', out]);
  const check = (...args: string[]): Usage =>
    medianOf(RUNS, () => measured([GOLDEN, 'check', '--pack', 'golden', ...args], [0, 1]));
  const row = {
    size,
    objects: countObjects(out),
    memory: check('--project', project, '--env', 'prod'),
    files: check(out),
  };
  others(out, size);
  return row;
}

function others(out: string, size: number): void {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const [command, args] of OTHERS) {
    const started = performance.now();
    const { error } = spawnSync(command, args(files), { stdio: 'ignore', timeout: 300_000 });
    if (!error)
      say(`${size} services: ${command} ${((performance.now() - started) / 1_000).toFixed(1)} s on the clock\n`);
  }
}

function figures({ wall, cpu, rss }: Usage, objects: number): string[] {
  return [wall.toFixed(2), cpu.toFixed(2), rss.toFixed(0), Math.round(objects / wall).toString()];
}

function say(text: string): void {
  process.stdout.write(text);
}

process.exitCode = main();
