import { existsSync, readFileSync } from 'node:fs';
import { isRecord } from '../core/data';
import { throwIfAny, type Problem } from '../core/problem';
import { notAMap, schemaProblems } from '../core/schema-problems';
import type { Locate } from '../core/source';
import { readYaml } from '../core/yaml-source';
import { waiverFile, type Waiver } from '../policy/waivers';

export interface WaiverFile {
  readonly waivers: readonly Waiver[];
  readonly locate: Locate;
}

/** @throws ProblemsError for a file that cannot be read or used */
export function readWaivers(path: string): WaiverFile {
  if (!existsSync(path)) {
    throwIfAny([
      {
        code: 'no-such-file',
        kind: 'input',
        subject: path,
        path: '',
        message: 'the file of waivers does not exist',
        fix: 'name another one with --waivers, or leave the option out',
      },
    ]);
  }
  const source = readYaml(readFileSync(path, 'utf8'), path, path);
  throwIfAny(source.problems);
  const problems: Problem[] = isRecord(source.data)
    ? schemaProblems(waiverFile, source.data, { subject: path })
    : [notAMap(source.data, path)];
  throwIfAny(problems.map((problem) => ({ ...problem, at: source.locate(problem.path) ?? { file: path } })));
  return { waivers: waiverFile.parse(source.data).waivers, locate: source.locate };
}
