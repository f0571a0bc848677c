import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { compare } from '../core/canonical';
import { isRecord } from '../core/data';
import { nearMiss } from '../core/near-miss';
import { ProblemsError, throwIfAny, type Problem } from '../core/problem';
import { schemaProblems } from '../core/schema-problems';
import { readYaml, type YamlSource } from '../core/yaml-source';
import { environmentsOf, profileProblems } from '../platform/platform';
import type { PlatformProfile } from '../platform/profile';
import { notAMap } from '../core/schema-problems';
import { Fleet } from './fleet';
import { loadFleetProgram } from './fleet-program';
import { projectFile, type ProjectFile } from './project-file';
import type { FleetRendering } from './rendering';

const PROJECT_FILE = 'golden.yaml';

/** A repository with a fleet in it, read from disk. */
export class Project {
  private constructor(
    readonly folder: string,
    readonly file: ProjectFile,
    readonly fleet: Fleet,
    private readonly profile: PlatformProfile | undefined,
  ) {}

  /**
   * Reads `golden.yaml` in `start` or the nearest folder above, and what it names.
   *
   * @throws ProblemsError when something cannot be read or used
   */
  static load(start: string): Project {
    const folder = projectFolder(start);
    const file = readProjectFile(folder);
    const profile = file.profile === undefined ? undefined : readProfile(inside(folder, file.profile));
    const fleet = loadFleet(folder, file);
    const problems = crossProblems(file, profile, fleet);
    throwIfAny(problems);
    return new Project(folder, file, fleet, profile);
  }

  /** The environment that a command works on when none is named. */
  get defaultEnvironment(): string {
    return this.file.environments.at(-1)!;
  }

  /** The fleet in one environment, with its images lock. */
  in(environment: string): FleetRendering {
    if (!this.file.environments.includes(environment)) {
      const near = nearMiss(environment, this.file.environments);
      throwIfAny([
        {
          code: 'unknown-environment',
          kind: 'input',
          subject: PROJECT_FILE,
          path: 'environments',
          message: 'the project has no such environment',
          got: environment,
          expected: `one of ${this.file.environments.join(', ')}`,
          ...(near === undefined ? {} : { fix: `did you mean ${near}` }),
        },
      ]);
    }
    const lock = `images.${environment}.lock`;
    const source = readLock(join(this.folder, lock), lock);
    try {
      return this.fleet.in(environment, {
        imagesName: lock,
        images: source.data as Record<string, string>,
        ...(this.profile ? { profile: this.profile } : {}),
      });
    } catch (error) {
      if (!ProblemsError.is(error)) throw error;
      throw new ProblemsError(
        error.problems.map((problem) =>
          problem.subject === lock && !problem.at ? { ...problem, at: source.locate(problem.path)! } : problem,
        ),
      );
    }
  }
}

function projectFolder(start: string): string {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, PROJECT_FILE))) return folder;
    if (dirname(folder) !== folder) continue;
    throw new ProblemsError([
      {
        code: 'no-project',
        kind: 'input',
        subject: PROJECT_FILE,
        path: '',
        message: `there is no ${PROJECT_FILE} here or in a folder above`,
        got: resolve(start),
        fix: `go to the folder that has one, name it with --project, or write one: "fleet: fleet.ts" is enough`,
      },
    ]);
  }
}

function readProjectFile(folder: string): ProjectFile {
  const source = readFile(join(folder, PROJECT_FILE), PROJECT_FILE);
  throwIfAny(source.problems);
  const problems = isRecord(source.data)
    ? schemaProblems(projectFile, source.data, { subject: PROJECT_FILE })
    : [notAMap(source.data, PROJECT_FILE)];
  throwIfAny(located(problems, source));
  return projectFile.parse(source.data);
}

function readProfile(path: string): PlatformProfile {
  const name = basename(path);
  const source = readFile(path, name);
  throwIfAny(source.problems);
  throwIfAny(located(profileProblems(source.data, name), source));
  return source.data as PlatformProfile;
}

function readLock(path: string, name: string): YamlSource {
  if (!existsSync(path)) return { data: {}, problems: [], locate: () => undefined };
  const source = readFile(path, name);
  const [problem] = source.problems;
  // A lock with comments only pins nothing, which is a fine thing to start with.
  if (problem?.code === 'empty-file' || (!problem && source.data === null))
    return { ...source, data: {}, problems: [] };
  throwIfAny(source.problems);
  throwIfAny(isRecord(source.data) ? [] : [notAMap(source.data, name)]);
  return source;
}

function loadFleet(folder: string, file: ProjectFile): Fleet {
  const path = inside(folder, file.fleet);
  if (!existsSync(path)) {
    throw new ProblemsError([
      {
        code: 'no-such-file',
        kind: 'input',
        subject: PROJECT_FILE,
        path: 'fleet',
        message: 'this does not exist',
        got: file.fleet,
        fix: 'correct the path, or write the fleet there',
      },
    ]);
  }
  if (!statSync(path).isDirectory()) return loadFleetProgram(path);
  if (file.name !== undefined) return fleetOfSpecs(path, file.name);
  // The name of the folder would do, but then two checkouts of one commit could render different labels.
  throw new ProblemsError([
    {
      code: 'required',
      kind: 'input',
      subject: PROJECT_FILE,
      path: 'name',
      message: 'a folder of specs needs a name for the fleet: it is a label of every object',
      fix: 'add a line such as "name: shop"',
      at: { file: relative(process.cwd(), join(folder, PROJECT_FILE)), line: 1 },
    },
  ]);
}

/** A folder with one YAML spec for each service; the name of the file is the name of the service. */
function fleetOfSpecs(folder: string, name: string): Fleet {
  const fleet = new Fleet({ name });
  const problems: Problem[] = [];
  const files = readdirSync(folder).filter(
    (file) => ['.yaml', '.yml'].includes(extname(file)) && !file.startsWith('.'),
  );
  for (const file of files.sort(compare)) {
    const service = basename(file, extname(file));
    const source = readFile(join(folder, file), service);
    problems.push(...source.problems);
    if (source.problems.length === 0) fleet.declare({ name: service, spec: source.data, locate: source.locate });
  }
  throwIfAny(problems);
  return fleet;
}

function crossProblems(file: ProjectFile, profile: PlatformProfile | undefined, fleet: Fleet): Problem[] {
  const problems: Problem[] = [];
  const about = (path: string, code: string, message: string, fix: string): void => {
    problems.push({ code, kind: 'input', subject: PROJECT_FILE, path, message, fix });
  };
  if (profile && fleet.profile)
    about('profile', 'two-profiles', 'the fleet program brings a profile of its own', 'remove one of the two');
  if (file.name !== undefined && file.name !== fleet.name) {
    about(
      'name',
      'two-names',
      `the fleet program calls the fleet ${JSON.stringify(fleet.name)}`,
      `write name: ${fleet.name}, or leave name out`,
    );
  }
  const known = environmentsOf(profile ?? fleet.profile ?? {});
  file.environments.forEach((environment, index) => {
    if (known.includes(environment)) return;
    const near = nearMiss(environment, known);
    about(
      `environments[${index}]`,
      'unknown-environment',
      `the profile does not know ${environment}; it has ${known.join(', ')}`,
      near === undefined ? 'add it to environments in the profile' : `did you mean ${near}`,
    );
  });
  return problems;
}

/** A path out of golden.yaml, which must not lead out of its folder. */
function inside(folder: string, path: string): string {
  const full = resolve(folder, path);
  if (!relative(folder, full).startsWith('..')) return full;
  throw new ProblemsError([
    {
      code: 'path-outside',
      kind: 'input',
      subject: PROJECT_FILE,
      path: '',
      message: 'the path leads out of the folder of golden.yaml',
      got: path,
      fix: 'move the file in, or golden.yaml up',
    },
  ]);
}

function readFile(path: string, subject: string): YamlSource {
  const shownPath = relative(process.cwd(), path) || path;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'the file does not exist'
        : `the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`;
    throw new ProblemsError([
      { code: 'no-such-file', kind: 'input', subject, path: '', message: reason, got: shownPath },
    ]);
  }
  return readYaml(text, shownPath, subject);
}

function located(problems: readonly Problem[], source: YamlSource): Problem[] {
  return problems.map((problem) => {
    const at = source.locate(problem.path);
    return at ? { ...problem, at } : problem;
  });
}
