import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { generatedFleet } from './generated-fleet';
import { formatGoal, goalsOf, isMet, type Figures, type SizeFigures } from './goals';
import { measured, medianOf, type Usage } from './measured';
import { collectObjects, countObjects, writeProject } from './project';

/**
 * `npm run bench`: what rendering costs, from a folder of specs to YAML on disk, in whole processes. Needs
 * `npm run build` before. Exits with 1 when a goal is missed. `--quick` leaves out the large fleets.
 */

const ROOT = resolve(__dirname, '../..');
const GOLDEN = join(ROOT, 'build/lib/cli/main.js');
const SHOP = join(ROOT, 'stacks/online-boutique');
const CHILDREN = join(__dirname, 'children');

/** `app.synth()` is quadratic in the number of charts: at 2,000 it takes minutes. */
const LARGEST_ONE_APP = 1_000;
const RUNS = 3;
const SMALL_RUNS = 5;

function main(): number {
  const quick = process.argv.includes('--quick');
  const folder = mkdtempSync(join(tmpdir(), 'golden-bench-'));
  try {
    // The load of the last minute, before we add our own.
    const busy = loadavg()[0]! > availableParallelism() / 2;
    say(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`);
    say(busy ? '; other programs run, so times are longer than they would be\n\n' : '\n\n');
    const small = smallThings(folder);
    const sizes = (quick ? [100, 500] : [100, 500, 1_000, 2_000]).map((size) => measuredSize(folder, size));
    return report({ sizes, small, busy });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a person waits for at a terminal, on the example shop. */
function smallThings(folder: string): Figures['small'] {
  const run = (...args: string[]): Usage => medianOf(SMALL_RUNS, () => measured([GOLDEN, ...args]));
  const shop = ['--project', SHOP];
  say('measuring the small things');
  return {
    help: run('--help'),
    explain: run('explain', 'cart', ...shop),
    one: run('synth', '--service', 'cart', ...shop, '--out', join(folder, 'shop')),
  };
}

function measuredSize(folder: string, size: number): SizeFigures {
  say(`, ${size} services`);
  const project = join(folder, `${size}-program`);
  const fleet = generatedFleet(size);
  writeProject(project, fleet, 'program');
  writeProject(join(folder, `${size}-specs`), fleet, 'specs');
  // A new folder for each run, and nothing is removed before the end: for minutes after many files were removed, ext4
  // takes ten times as long to make new ones. `TMPDIR=/dev/shm` keeps the disk out of it.
  let runs = 0;
  let out = '';
  const render = (source: 'program' | 'specs', format: 'yaml' | 'json'): Usage => {
    out = join(project, `out-${runs++}`);
    return measured([
      GOLDEN,
      'synth',
      '--project',
      join(folder, `${size}-${source}`),
      '--out',
      out,
      '--format',
      format,
    ]);
  };
  const specs = medianOf(RUNS, () => render('specs', 'yaml'));
  const synth = medianOf(RUNS, () => render('program', 'yaml'));
  const objects = countObjects(out, '_platform');

  render('program', 'json');
  const oneApp = size > LARGEST_ONE_APP ? undefined : measuredOneApp(project, objects);
  const json = join(project, 'objects.json');
  const megabytes = collectObjects(out, json);
  const floor = medianOf(RUNS, () => measured([join(CHILDREN, 'json-floor.js'), json, `${json}.copy`]));
  return { size, calls: fleet.calls, objects, megabytes, synth, specs, oneApp, floor };
}

function measuredOneApp(project: string, objects: number): Usage {
  const target = join(project, 'one-app');
  const usage = measured([join(CHILDREN, 'one-app.js'), project, 'prod', target]);
  const others = countObjects(target);
  if (others !== objects) throw new Error(`not the same work: app.synth() wrote ${others} objects, golden ${objects}`);
  return usage;
}

function report(figures: Figures): number {
  const table = new Table({
    head: ['services', 'calls', 'objects', 'program', 'wall s', 'CPU s', 'of it system', 'CPU / golden', 'peak MiB'],
    style: { head: [], border: [], compact: true },
  });
  for (const { size, calls, objects, synth, specs, oneApp, floor } of figures.sizes) {
    const row = (program: string, { wall, cpu, system, rss }: Usage): string[] => [
      program,
      wall.toFixed(2),
      cpu.toFixed(2),
      system.toFixed(2),
      (cpu / synth.cpu).toFixed(2),
      rss.toFixed(0),
    ];
    table.push([size, calls, objects, ...row('golden synth', synth)]);
    table.push(['', '', '', ...row('from YAML specs', specs)]);
    if (oneApp) table.push(['', '', '', ...row('cdk8s app.synth()', oneApp)]);
    table.push(['', '', '', ...row('JSON in and out', floor)]);
  }
  const goals = goalsOf(figures);
  const missed = goals.filter((goal) => !isMet(goal)).length;
  const { help, explain, one } = figures.small;
  const small = (name: string, { wall, cpu }: Usage): string =>
    `${name.padEnd(28)} ${wall.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU`;
  say(
    [
      '\n',
      table.toString(),
      '',
      small('golden --help', help),
      small('golden explain cart', explain),
      small('golden synth --service cart', one),
      '',
      ...goals.map(formatGoal),
      missed === 0 ? '' : `\n${missed} of ${goals.length} goals missed`,
      '',
    ].join('\n'),
  );
  return missed === 0 ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(text);
}

process.exitCode = main();
