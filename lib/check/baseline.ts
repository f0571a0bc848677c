import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { throwIfAny, type Problem } from '../core/problem';
import { schemaProblems } from '../core/schema-problems';
import type { Finding } from '../policy/finding';
import { fingerprint, objectName } from '../report/report';

const baselineFile = z.strictObject({
  /** Form of the file. */
  version: z.literal(1),
  /** What was broken when the file was made. */
  findings: z.array(
    z.strictObject({
      /** What tells the finding from others, wherever its line moves to. */
      fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
      /** For people: the policy, the object, and the field. */
      policy: z.string(),
      object: z.string(),
      path: z.string(),
    }),
  ),
});

export type BaselineEntry = z.output<typeof baselineFile>['findings'][number];

/**
 * What manifests of before the golden path break already. Only what is new fails; what is mended has to leave the list, so
 * that it cannot come back unseen.
 */
export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** @throws ProblemsError for a file that is missing or damaged */
export function readBaseline(file: string): Baseline {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text === undefined)
    throwIfAny([unusable(file, { code: 'no-such-file', message: 'the baseline does not exist' })]);
  let data: unknown;
  try {
    data = JSON.parse(text!);
  } catch {
    throwIfAny([unusable(file, { code: 'not-json', message: 'the baseline is not JSON' })]);
  }
  throwIfAny(schemaProblems(baselineFile, data, { subject: file }));
  return { file, entries: baselineFile.parse(data).findings };
}

/** The list for today's findings. One that there was before can only shrink: what is new stays a finding. */
export function baselineOf(findings: readonly Finding[], before: Baseline | undefined): BaselineEntry[] {
  const known = before && new Set(before.entries.map((entry) => entry.fingerprint));
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const id = fingerprint(finding);
    if (known && !known.has(id)) continue;
    entries.set(id, {
      fingerprint: id,
      policy: finding.policy,
      object: objectName(finding.object),
      path: finding.path,
    });
  }
  return [...entries.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export function baselineText(entries: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ version: 1, findings: entries }, null, 2)}\n`;
}

/** Findings that are new, and what is wrong with the list itself. */
export function withoutBaseline(
  findings: readonly Finding[],
  { file, entries }: Baseline,
): { findings: Finding[]; known: number; problems: Problem[] } {
  const known = new Set(entries.map((entry) => entry.fingerprint));
  const fresh = findings.filter((finding) => !known.has(fingerprint(finding)));
  const found = new Set(findings.map(fingerprint));
  const mended = entries.filter((entry) => !found.has(entry.fingerprint));
  const problems: Problem[] =
    mended.length === 0
      ? []
      : [
          {
            code: 'baseline-stale',
            kind: 'rule',
            subject: file,
            path: 'findings',
            message: `${mended.length} of the list are mended, and could come back unseen`,
            got: mended
              .slice(0, 3)
              .map(({ policy, object }) => `${policy} of ${object}`)
              .join(', '),
            fix: `run golden baseline with the same paths and --out ${file}: the list shrinks`,
          },
        ];
  return { findings: fresh, known: findings.length - fresh.length, problems };
}

function keyOf({ policy, object, path }: BaselineEntry): string {
  return [policy, object, path].join(' ');
}

function unusable(subject: string, what: Pick<Problem, 'code' | 'message'>): Problem {
  return {
    ...what,
    kind: 'input',
    subject,
    path: '',
    fix: 'make it with golden baseline PATH... --out FILE',
  };
}
