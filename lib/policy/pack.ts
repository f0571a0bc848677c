import { z } from 'zod';
import { compare } from '../core/canonical';
import { nearMiss } from '../core/near-miss';
import { shown, throwIfAny, type Problem } from '../core/problem';
import { schemaProblems } from '../core/schema-problems';
import type { Parameter, Policy } from './definition';

/** `error` fails a run, `warning` and `info` are told. */
export type Severity = 'error' | 'warning' | 'info';

const entry = z.union(
  [
    z.enum(['error', 'warning', 'info']),
    z.strictObject({
      /** What a violation means. */
      severity: z.enum(['error', 'warning', 'info']),
      /** Values instead of the policy's own. @default the policy's own */
      parameters: z.record(z.string(), z.unknown()).optional(),
    }),
  ],
  { error: 'error, warning or info, or { severity, parameters }' },
);

/** A pack: which policies hold, and how much each matters. Data, not code. */
const packFile = z.strictObject({
  /** Name of the pack. */
  name: z.string().min(1),
  /** Packs that it starts from; what stands here wins. @default none */
  extends: z.array(z.string()).optional(),
  /** Policies by id. */
  policies: z.record(z.string(), entry),
});

export type PackFile = z.input<typeof packFile>;

type Entry = PackFile['policies'][string];

/** A policy as a pack holds it. */
export interface PackedPolicy {
  readonly policy: Policy;
  readonly severity: Severity;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

export interface Pack {
  readonly name: string;
  /** In order of their ids. */
  readonly policies: readonly PackedPolicy[];
}

/**
 * A pack ready to judge by.
 *
 * @throws ProblemsError for a pack that names what is not there
 */
export function resolvePack(name: string, packs: ReadonlyMap<string, PackFile>, policies: readonly Policy[]): Pack {
  const known = new Map(policies.map((policy) => [policy.id, policy]));
  const entries = entriesOf(name, packs, []);
  const problems: Problem[] = [];
  const resolved: PackedPolicy[] = [];
  for (const [id, one] of [...entries].sort(([a], [b]) => compare(a, b))) {
    const policy = known.get(id);
    if (!policy) {
      problems.push(unknown({ code: 'unknown-policy', what: 'policy' }, name, `policies.${id}`, id, known.keys()));
      continue;
    }
    const { severity, parameters = {} } = typeof one === 'string' ? { severity: one } : one;
    problems.push(...parameterProblems(name, policy, parameters));
    resolved.push({
      policy,
      severity,
      parameters: { ...policy.parameters, ...(parameters as Record<string, Parameter>) },
    });
  }
  throwIfAny(problems);
  return { name, policies: resolved };
}

function parameterProblems(pack: string, policy: Policy, given: Readonly<Record<string, unknown>>): Problem[] {
  const known = policy.parameters ?? {};
  return Object.entries(given).flatMap(([parameter, value]) => {
    const path = `policies.${policy.id}.parameters.${parameter}`;
    if (!Object.hasOwn(known, parameter))
      return unknown({ code: 'unknown-parameter', what: 'parameter' }, pack, path, parameter, Object.keys(known));
    const standard = known[parameter];
    if (typeof value === typeof standard && Array.isArray(value) === Array.isArray(standard)) return [];
    return {
      code: 'invalid-value',
      kind: 'input',
      subject: pack,
      path,
      message: 'the policy cannot use a value of this type',
      got: shown(value),
      expected: `a value such as ${shown(standard)}`,
    } satisfies Problem;
  });
}

function entriesOf(name: string, packs: ReadonlyMap<string, PackFile>, through: readonly string[]): Map<string, Entry> {
  const pack = packs.get(name);
  if (!pack) {
    const from = through.at(-1);
    const [subject, path] = from === undefined ? ['pack', 'name'] : [from, 'extends'];
    throwIfAny([unknown({ code: 'unknown-pack', what: 'pack' }, subject, path, name, packs.keys())]);
  }
  throwIfAny(schemaProblems(packFile, pack, { subject: name }));
  const entries = new Map<string, Entry>();
  for (const base of pack!.extends ?? []) {
    // A pack that starts from itself adds nothing more.
    if (through.includes(base)) continue;
    for (const [id, one] of entriesOf(base, packs, [...through, name])) entries.set(id, one);
  }
  for (const [id, one] of Object.entries(pack!.policies)) entries.set(id, overridden(entries.get(id), one));
  return entries;
}

/** What stands in the pack wins; parameters that it does not name stay as they were. */
function overridden(base: Entry | undefined, own: Entry): Entry {
  if (base === undefined || typeof base === 'string') return own;
  const { severity, parameters } = typeof own === 'string' ? { severity: own, parameters: {} } : own;
  return { severity, parameters: { ...base.parameters, ...parameters } };
}

function unknown(
  { code, what }: { readonly code: string; readonly what: string },
  subject: string,
  path: string,
  got: string,
  known: Iterable<string>,
): Problem {
  const names = [...known];
  const near = nearMiss(got, names);
  return {
    code,
    kind: 'input',
    subject,
    path,
    message: `there is no ${what} of this name`,
    got,
    expected: names.length === 0 ? `no ${what}` : `one of ${names.join(', ')}`,
    fix: near === undefined ? 'remove it' : `did you mean ${JSON.stringify(near)}`,
  };
}
