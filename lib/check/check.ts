import { formatPosition, type Problem, type SourcePosition } from '../core/problem';
import { counted } from '../core/text';
import type { Manifest } from '../kube/manifest';
import type { Finding, Judgement, Tally } from '../policy/finding';
import { judge } from '../policy/judge';
import type { Pack } from '../policy/pack';
import { locate } from '../policy/path';
import { applyWaivers } from '../policy/waivers';
import { fingerprint, objectName, type Report } from '../report/report';
import { withoutBaseline, type Baseline } from './baseline';
import { positionOf, type Origin } from './manifest-text';
import type { WaiverFile } from './waiver-file';

/** A manifest, and where it comes from as far as that is known. */
export interface CheckedManifest {
  readonly manifest: Manifest;
  /** Where it was written. */
  readonly origin?: Origin;
  /** What made it: the line of a program or a spec. */
  readonly causedBy?: SourcePosition;
}

/** Manifests that are together in one cluster. */
export interface CheckedSet {
  /** Name of the environment. @default unknown */
  readonly environment?: string;
  /** The pack in the terms of this environment. @default as it is */
  readonly pack?: Pack;
  readonly manifests: readonly CheckedManifest[];
}

export interface CheckInput {
  /** May be made one after the other: only the findings of each are kept. */
  readonly sets: Iterable<CheckedSet>;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

export interface CheckOptions {
  readonly version: string;
  readonly pack: Pack;
  readonly waivers?: WaiverFile;
  /** What is broken already and fails nothing. @default nothing */
  readonly baseline?: Baseline;
  /** Today, as 2026-11-21. */
  readonly today: string;
  /** Whether the sets are everything there is, so that an unused waiver is known to be one. */
  readonly complete: boolean;
}

/** Judges sets of manifests, each for itself, and tells about all of them in one report. */
export function check({ sets, problems, notes }: CheckInput, options: CheckOptions): Report {
  const { pack, waivers, baseline, version } = options;
  const judgements: Judgement[] = [];
  const found: Finding[] = [];
  const mistakes: Problem[] = [];
  for (const set of sets) {
    const { findings, unusable, ...rest } = judge(
      set.manifests.map(({ manifest }) => manifest),
      set.pack ?? pack,
    );
    judgements.push({ findings: [], unusable: [], ...rest });
    mistakes.push(...unusableProblems(unusable, set));
    found.push(...placed(findings, set));
  }
  const policies = new Map(pack.policies.map((packed) => [packed.policy.id, packed]));
  const outcome = applyWaivers(found, waivers?.waivers ?? [], policies, options);
  const remaining = overEnvironments(outcome.findings);
  const fresh = baseline ? withoutBaseline(remaining, baseline) : { findings: remaining, known: 0, problems: [] };
  return {
    version,
    pack: pack.name,
    titles: new Map(pack.policies.map(({ policy }) => [policy.id, policy.title])),
    objects: judgements.reduce((sum, { objects }) => sum + objects, 0),
    findings: fresh.findings,
    waived: outcome.waived,
    errors: judgements.flatMap(({ errors }) => errors),
    problems: [
      ...problems,
      ...mistakes,
      ...outcome.problems.map((problem) => at(problem, waivers?.locate(problem.path))),
      ...fresh.problems,
    ],
    notes: [
      ...notes,
      ...outcome.warnings,
      ...(fresh.known > 0
        ? [`${counted(fresh.known, 'finding')} of the baseline ${fresh.known === 1 ? 'is' : 'are'} not shown`]
        : []),
    ],
    tallies: totals(judgements),
  };
}

/** Each finding with the places that it leads to. */
function placed(findings: readonly Finding[], { manifests, environment }: CheckedSet): Finding[] {
  const sources = new Map(manifests.map((checked) => [checked.manifest, checked]));
  return findings.map((finding) => {
    const { origin, causedBy } = sources.get(finding.object) ?? {};
    return {
      ...finding,
      ...(origin === undefined ? {} : { at: positionOf(origin, locate(finding.object, finding.path).steps) }),
      ...(causedBy === undefined ? {} : { causedBy }),
      ...(environment === undefined ? {} : { environments: [environment] }),
    };
  });
}

/** Values that no API server takes, where they were written. */
function unusableProblems(unusable: Judgement['unusable'], { manifests }: CheckedSet): Problem[] {
  if (unusable.length === 0) return [];
  const sources = new Map(manifests.map((checked) => [checked.manifest, checked]));
  return unusable.map(({ object, steps, path, got, expected }) => {
    const { origin, causedBy } = sources.get(object) ?? {};
    return {
      code: 'invalid-value',
      kind: 'input',
      subject: objectName(object),
      path,
      message: 'the value is of another type than Kubernetes has here, so the object was not judged',
      got,
      expected,
      ...(origin ? { at: positionOf(origin, steps) } : causedBy ? { at: causedBy } : {}),
    };
  });
}

/** What is the same in several environments is told once. */
function overEnvironments(findings: readonly Finding[]): Finding[] {
  const same = new Map<string, Finding>();
  for (const finding of findings) {
    const place = finding.at ? formatPosition(finding.at) : '';
    const key = [fingerprint(finding), finding.message, place].join(' ');
    const { environments = [] } = same.get(key) ?? {};
    same.set(key, {
      ...finding,
      ...(finding.environments && { environments: [...environments, ...finding.environments] }),
    });
  }
  return [...same.values()];
}

function at(problem: Problem, position: SourcePosition | undefined): Problem {
  return position ? { ...problem, at: position } : problem;
}

function totals(judgements: readonly Judgement[]): Map<string, Tally> {
  const sums = new Map<string, Tally>();
  for (const { tallies } of judgements) {
    for (const [id, { pass, violation, notApplicable }] of tallies) {
      const sum = sums.get(id) ?? { pass: 0, violation: 0, notApplicable: 0 };
      sums.set(id, {
        pass: sum.pass + pass,
        violation: sum.violation + violation,
        notApplicable: sum.notApplicable + notApplicable,
      });
    }
  }
  return sums;
}
