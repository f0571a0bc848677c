import { z } from 'zod';
import { nearMiss } from '../core/near-miss';
import type { Problem } from '../core/problem';
import type { Policy } from './definition';
import type { Finding } from './finding';
import type { Severity } from './pack';
import { parseSteps } from './path';

const text = z.string().trim().min(1);

const target = z
  .strictObject({
    /** The service: label `app.kubernetes.io/name`. @default any */
    service: text.optional(),
    /** Kind of the object. @default any */
    kind: text.optional(),
    /** Namespace of the object. @default any */
    namespace: text.optional(),
    /** Name of the object. @default any */
    name: text.optional(),
    /** Container, init container or sidecar. @default any */
    container: text.optional(),
    /** Name-keyed path of the field, or of what it is in. @default any */
    field: text.optional(),
  })
  .refine((one) => one.service !== undefined || one.name !== undefined || one.namespace !== undefined, {
    error: 'a service, a name or a namespace: a waiver for everybody is a change of the pack',
  });

const sentence = 'a sentence of at least 10 characters';

export const waiverSchema = z.strictObject({
  /** Id of the policy. */
  policy: text,
  /** What it is about: all that is given has to fit. */
  target,
  /** Environment. @default all */
  env: text.optional(),
  /** Why the policy cannot be kept here. */
  reason: z.string().trim().min(10, { error: sentence }),
  /** Who answers for it: a team or a person. */
  owner: text,
  /** Where the way out is tracked. @default none */
  ticket: text.optional(),
  /** Last day, such as 2026-12-31. */
  expires: z.iso.date({ error: 'a day such as 2026-12-31' }),
});

export const waiverFile = z.strictObject({
  /** Waivers in any order. */
  waivers: z.array(waiverSchema),
});

export type Waiver = z.output<typeof waiverSchema>;

/** A finding that a waiver lets pass. */
export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

export interface WaiverRun {
  /** Today, as 2026-11-21: the clock is the caller's. */
  readonly today: string;
  /** Whether everything was judged, in all environments: only then is an unused waiver known to be one. */
  readonly complete: boolean;
}

/** Longest life in days, counted from today: what matters more is looked at again sooner. */
export const LONGEST_LIFE: Readonly<Record<Severity, number>> = { error: 90, warning: 180, info: 365 };

/** Days before its end in which a waiver is told to be ending: two weeks are a sprint. */
export const WARNING_DAYS = 14;

export interface WaiverOutcome {
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  /** Rules about waivers that are broken; each fails the run. */
  readonly problems: readonly Problem[];
  /** What is about to fail. */
  readonly warnings: readonly string[];
}

/**
 * Lets pass what is waived, and judges the waivers themselves. Findings are of one environment each. A waiver holds until
 * the end of its last day.
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  policies: ReadonlyMap<string, { readonly policy: Policy; readonly severity: Severity }>,
  run: WaiverRun,
): WaiverOutcome {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const used = new Set<Waiver>();
  const valid = waivers.filter((waiver, index) => {
    const broken = waiverProblems(waiver, index, policies, run.today);
    problems.push(...broken);
    if (broken.length > 0) return false;
    const left = daysBetween(run.today, waiver.expires);
    if (left < WARNING_DAYS)
      warnings.push(`the waiver of ${waiver.policy} for ${shownTarget(waiver)} ends in ${left} days (${waiver.owner})`);
    return true;
  });
  const remaining: Finding[] = [];
  const waived: WaivedFinding[] = [];
  for (const finding of findings) {
    const waiver = valid.find((one) => fits(one, finding));
    if (waiver) {
      used.add(waiver);
      waived.push({ finding, waiver });
    } else remaining.push(finding);
  }
  if (run.complete) {
    for (const waiver of valid.filter((one) => !used.has(one))) problems.push(unused(waiver, waivers.indexOf(waiver)));
  }
  return { findings: remaining, waived, problems, warnings };
}

function waiverProblems(
  waiver: Waiver,
  index: number,
  policies: ReadonlyMap<string, { readonly policy: Policy; readonly severity: Severity }>,
  today: string,
): Problem[] {
  const common = { kind: 'rule', subject: 'waivers.yaml' } as const;
  const packed = policies.get(waiver.policy);
  if (!packed) {
    const near = nearMiss(waiver.policy, policies.keys());
    return [
      {
        ...common,
        code: 'unknown-policy',
        path: `waivers[${index}].policy`,
        message: 'the pack has no policy of this name',
        got: waiver.policy,
        fix: near === undefined ? 'remove the waiver' : `did you mean ${JSON.stringify(near)}`,
      },
    ];
  }
  if (packed.policy.waivable === false) {
    return [
      {
        ...common,
        code: 'waiver-not-allowed',
        path: `waivers[${index}]`,
        message: `${waiver.policy} cannot be waived`,
        fix: packed.policy.fix,
      },
    ];
  }
  const left = daysBetween(today, waiver.expires);
  const longest = LONGEST_LIFE[packed.severity];
  if (left < 0) {
    return [
      {
        ...common,
        code: 'waiver-expired',
        path: `waivers[${index}].expires`,
        message: `the waiver of ${waiver.policy} for ${shownTarget(waiver)} has ended`,
        got: waiver.expires,
        fix: `keep the policy now, or have ${waiver.owner} say why it still cannot be kept`,
      },
    ];
  }
  if (left > longest) {
    return [
      {
        ...common,
        code: 'waiver-too-long',
        path: `waivers[${index}].expires`,
        message: `a waiver of severity ${packed.severity} lasts ${longest} days at most`,
        got: `${waiver.expires}, ${left} days from today`,
        expected: `a day within ${longest} days`,
        fix: 'shorten it; it can be renewed with a new reason',
      },
    ];
  }
  return [];
}

function unused(waiver: Waiver, index: number): Problem {
  return {
    code: 'waiver-unused',
    kind: 'rule',
    subject: 'waivers.yaml',
    path: `waivers[${index}]`,
    message: `nothing breaks ${waiver.policy} for ${shownTarget(waiver)} any more`,
    fix: 'remove the waiver',
  };
}

function fits({ policy, target: wanted, env }: Waiver, finding: Finding): boolean {
  if (policy !== finding.policy) return false;
  // Where no environment is known, none is the one that was meant.
  if (env !== undefined && !finding.environments?.includes(env)) return false;
  const { kind, metadata } = finding.object;
  return (
    among(wanted.service, metadata.labels?.['app.kubernetes.io/name']) &&
    among(wanted.kind, kind) &&
    among(wanted.namespace, metadata.namespace ?? (kind === 'Namespace' ? metadata.name : 'default')) &&
    among(wanted.name, metadata.name) &&
    (wanted.container === undefined || containerOf(finding.path) === wanted.container) &&
    (wanted.field === undefined || finding.path === wanted.field || finding.path.startsWith(`${wanted.field}/`))
  );
}

function among(wanted: string | undefined, is: string | undefined): boolean {
  return wanted === undefined || wanted === is;
}

/** The container that a name-keyed path leads into. */
function containerOf(path: string): string | undefined {
  const steps = parseSteps(path);
  const at = steps.findIndex((step) => 'key' in step && /^(c|initC|ephemeralC)ontainers$/.test(step.key));
  const member = at < 0 ? undefined : steps[at + 1];
  return member && 'field' in member ? member.value : undefined;
}

function shownTarget({ target: wanted, env }: Waiver): string {
  const parts = Object.entries(wanted).map(([key, value]) => `${key} ${value}`);
  return [...parts, ...(env === undefined ? [] : [`in ${env}`])].join(', ');
}

/** Whole days from one day to another, negative when the second is over. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
