import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PACKS, POLICIES } from '../../policies';
import { baselineOf, baselineText, readBaseline } from '../check/baseline';
import { check, type CheckedManifest, type CheckedSet, type CheckInput } from '../check/check';
import { fixedFiles } from '../check/fix';
import { readManifestFiles } from '../check/manifest-files';
import { selectPack } from '../check/pack-file';
import { packFor } from '../check/profile-parameters';
import { readWaivers } from '../check/waiver-file';
import { throwIfAny, type SourcePosition } from '../core/problem';
import { counted } from '../core/text';
import { Project } from '../fleet/project';
import type { FleetRendering } from '../fleet/rendering';
import type { Manifest } from '../kube/manifest';
import type { Pack } from '../policy/pack';
import { github } from '../report/github';
import { json } from '../report/json';
import { junit } from '../report/junit';
import { markdown } from '../report/markdown';
import { pretty } from '../report/pretty';
import { exitCode, type Report } from '../report/report';
import { sarif } from '../report/sarif';
import type { CheckFormat } from './check-formats';
import { writeText } from './output-text';
import { colorsFor } from './terminal';
import { today } from './day';
import { version } from './version';

export interface CheckCommandOptions {
  readonly project?: string;
  readonly env?: string;
  readonly pack?: string;
  readonly format?: readonly CheckFormat[];
  readonly out?: readonly string[];
  readonly waivers?: string;
  readonly baseline?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly today?: string;
}

/** `golden check`: judges the fleet of a project, or manifests of anybody. Answers the exit code. */
export function checkCommand(paths: readonly string[], options: CheckCommandOptions): number {
  const outputs = outputsOf(options);
  if (options.fix) fix(paths, options);
  const report = reportOf(paths, options);
  for (const { format, out } of outputs) writeText(written(report, format, out), out);
  return exitCode(report);
}

/** Mends files in place, or with `dryRun` says what it would mend. The check that follows tells what is left. */
function fix(paths: readonly string[], { dryRun = false, ...options }: CheckCommandOptions): void {
  if (paths.length === 0) {
    throwIfAny([
      {
        code: 'nothing-to-fix',
        kind: 'input',
        subject: '--fix',
        path: '',
        message: 'manifests of a fleet are rendered, so there is no file to mend',
        fix: 'mend the spec, or name the files to mend',
      },
    ]);
  }
  const input = filesOf(paths, options.env);
  const report = judged(input, options);
  const origins = new Map(
    [...input.sets].flatMap(({ manifests }) => manifests.map(({ manifest, origin }) => [manifest, origin!] as const)),
  );
  for (const { file, text, changes } of fixedFiles(report.findings, origins)) {
    if (!dryRun) writeText(text, file);
    for (const change of changes) process.stderr.write(`${dryRun ? 'would mend' : 'mended'} ${file}: ${change}\n`);
  }
}

export interface BaselineCommandOptions extends Omit<CheckCommandOptions, 'format' | 'out' | 'baseline'> {
  readonly out: string;
}

/** `golden baseline`: writes down what is broken today. A list that is there already can only shrink. */
export function baselineCommand(paths: readonly string[], { out, ...options }: BaselineCommandOptions): number {
  const report = reportOf(paths, options);
  const code = exitCode({ ...report, findings: [] });
  if (code > 1) {
    process.stderr.write(pretty({ ...report, findings: [] }));
    return code;
  }
  const before = existsSync(out) ? readBaseline(out) : undefined;
  const entries = baselineOf(report.findings, before);
  writeText(baselineText(entries), out);
  const left = before ? `, ${before.entries.length - entries.length} mended` : '';
  const fresh = report.findings.length - entries.length;
  const said =
    fresh > 0 ? `; ${counted(fresh, 'new finding')} not taken in: golden check --baseline ${out} shows them` : '';
  process.stdout.write(`${counted(entries.length, 'finding')} in ${out}${left}${said}\n`);
  return fresh > 0 ? 1 : 0;
}

type JudgeOptions = Omit<CheckCommandOptions, 'format' | 'out'>;

function reportOf(paths: readonly string[], options: JudgeOptions): Report {
  return judged(paths.length === 0 ? Project.load(options.project ?? '.') : filesOf(paths, options.env), options);
}

function judged(input: Project | CheckInput, options: JudgeOptions): Report {
  const project = input instanceof Project ? input : undefined;
  const waivers = options.waivers ?? (project && besideProject(project));
  const pack = options.pack ?? (project ? 'golden' : 'restricted');
  const selected = selectPack(pack, PACKS, POLICIES);
  return check(input instanceof Project ? fleetOf(input, options.env, selected) : input, {
    version: version(),
    pack: selected,
    today: today(options.today),
    complete: project !== undefined && options.env === undefined,
    ...(waivers === undefined ? {} : { waivers: readWaivers(waivers) }),
    ...(options.baseline === undefined ? {} : { baseline: readBaseline(options.baseline) }),
  });
}

/** Which format goes where. Only one can have the terminal. */
function outputsOf({
  format = ['pretty'],
  out = [],
}: CheckCommandOptions): { format: CheckFormat; out: string | undefined }[] {
  const outputs = format.map((one, index) => ({ format: one, out: out[index] }));
  if (out.length > format.length || outputs.filter((one) => one.out === undefined).length > 1) {
    throwIfAny([
      {
        code: 'formats-without-files',
        kind: 'input',
        subject: '--out',
        path: '',
        message: 'only one format can go to standard output, and each file needs its format',
        got: `${format.length} formats (${format.join(', ')}), ${out.length} files`,
        fix: 'give the formats that go to files first: --format sarif --out check.sarif --format pretty',
      },
    ]);
  }
  return outputs;
}

function filesOf(paths: readonly string[], environment: string | undefined): CheckInput {
  const { manifests, problems, notes } = readManifestFiles(paths);
  return { sets: [{ manifests, ...(environment === undefined ? {} : { environment }) }], problems, notes };
}

function fleetOf(project: Project, environment: string | undefined, pack: Pack): CheckInput {
  const environments = environment === undefined ? project.file.environments : [environment];
  const renderings = environments.map((name) => project.in(name));
  return {
    sets: rendered(renderings, pack),
    problems: renderings.flatMap((rendering) => rendering.problems()).filter(firstOfItsKind()),
    notes: [],
  };
}

function* rendered(renderings: readonly FleetRendering[], pack: Pack): Generator<CheckedSet> {
  for (const rendering of renderings) {
    const manifests: CheckedManifest[] = rendering.platformGroups().groups.flatMap((group) => checked(group.manifests));
    for (const name of rendering.names) {
      const causedBy = fromHere(rendering.declaredAt(name));
      for (const group of rendering.service(name).groups) manifests.push(...checked(group.manifests, causedBy));
    }
    const { platform } = rendering;
    yield { environment: platform.environment, pack: packFor(pack, platform), manifests };
  }
}

function checked(manifests: readonly Manifest[], causedBy?: SourcePosition): CheckedManifest[] {
  return manifests.map((manifest) => ({ manifest, ...(causedBy === undefined ? {} : { causedBy }) }));
}

/** A rule that is broken in each environment is told once. */
function firstOfItsKind(): (problem: { code: string; subject: string; path: string }) => boolean {
  const seen = new Set<string>();
  return ({ code, subject, path }) => {
    const key = [code, subject, path].join(' ');
    return !seen.has(key) && seen.add(key) !== undefined;
  };
}

/** Annotations and alerts are about files of a repository, so paths start where the command was started. */
function fromHere(position: SourcePosition | undefined): SourcePosition | undefined {
  return position && { ...position, file: relative(process.cwd(), position.file) || position.file };
}

function besideProject({ folder }: Project): string | undefined {
  const path = join(folder, 'waivers.yaml');
  return existsSync(path) ? relative(process.cwd(), path) || path : undefined;
}

function written(report: Report, format: CheckFormat, out: string | undefined): string {
  switch (format) {
    case 'pretty': {
      const { bold, dim, red, yellow, green } = colorsFor(process.stdout);
      return out === undefined
        ? pretty(report, { strong: bold, faint: dim, bad: red, warn: yellow, good: green })
        : pretty(report);
    }
    case 'json':
      return json(report);
    case 'sarif':
      return sarif(report);
    case 'junit':
      return junit(report);
    case 'github':
      return github(report);
    case 'markdown':
      return markdown(report);
  }
}
