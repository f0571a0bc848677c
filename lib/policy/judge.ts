import { compare } from '../core/canonical';
import type { Manifest } from '../kube/manifest';
import { admissionDocuments } from './admission';
import { withDefaults } from './defaults';
import type { GraphPolicy, ObjectPolicy } from './definition';
import { evaluator, type Evaluator, type Verdict } from './evaluate';
import type { Finding, Judgement, RuleError, Tally } from './finding';
import type { Pack, PackedPolicy, Severity } from './pack';
import { shapeMistakes } from './shape';
import { groupOf, World } from './world';

/**
 * Judges manifests by a pack. Each object is judged as the API server would store it, so that a field which is missing
 * here and filled in there cannot change the verdict.
 */
export function judge(manifests: readonly Manifest[], pack: Pack): Judgement {
  const unusable: Judgement['unusable'][number][] = [];
  const originals = new Map<Manifest, Manifest>();
  for (const manifest of manifests) {
    // Defaults come first: they write quantities as the API server stores them, which may be given as numbers.
    const stored = withDefaults(manifest);
    const mistakes = shapeMistakes(stored);
    if (mistakes.length === 0) originals.set(stored, manifest);
    else unusable.push(...mistakes.map((mistake) => ({ object: manifest, ...mistake })));
  }
  const defaulted = [...originals.keys()];
  const findings: Finding[] = [];
  const errors: RuleError[] = [];
  const tallies = new Map<string, Tally>();
  const tally = (id: string): Tally => {
    const known = tallies.get(id) ?? { pass: 0, violation: 0, notApplicable: 0 };
    tallies.set(id, known);
    return known;
  };

  const bench = evaluatorsByKind(pack);
  for (const object of defaulted) {
    for (const { policy, severity, evaluate } of bench.get(kindKey(object)) ?? []) {
      const verdict = evaluate(object);
      if (verdict.outcome === 'ruleError') {
        errors.push({ policy: policy.id, object: originals.get(object)!, message: verdict.error });
        continue;
      }
      tally(policy.id)[verdict.outcome] += 1;
      if (verdict.outcome !== 'violation') continue;
      for (const path of verdict.offenders) {
        const patch = policy.mend?.(path, object);
        findings.push({
          ...headOf(policy, severity),
          object: originals.get(object)!,
          path,
          message: policy.message,
          ...(patch === undefined ? {} : { patch }),
        });
      }
    }
  }

  const world = new World(defaulted);
  for (const { policy, severity, parameters } of pack.policies) {
    if (policy.type !== 'graph') continue;
    try {
      const offences = policy.judge(world, parameters);
      tally(policy.id)[outcomeOf(offences)] += 1;
      for (const { object, path, message } of offences ?? []) {
        findings.push({ ...headOf(policy, severity), object: originals.get(object) ?? object, path, message });
      }
    } catch (error) {
      errors.push({ policy: policy.id, message: error instanceof Error ? error.message : String(error) });
    }
  }
  for (const { policy } of pack.policies) tally(policy.id);
  return { findings: findings.sort(byPlace), errors, unusable, tallies, objects: manifests.length };
}

/** What a one-object policy says of one object; undefined for a kind that it does not look at. */
export function judgeObject(packed: PackedPolicy, object: Manifest): Verdict | undefined {
  return seatsOf(packed)
    .find(([key]) => key === kindKey(object))?.[1]
    .evaluate(object);
}

interface Seat extends Pick<Evaluator, 'evaluate'> {
  readonly policy: ObjectPolicy;
  readonly severity: Severity;
}

/** Compiled once for a pack, and found by kind: most policies look at a few kinds only. */
const benches = new WeakMap<Pack, Map<string, Seat[]>>();

function evaluatorsByKind(pack: Pack): ReadonlyMap<string, readonly Seat[]> {
  const known = benches.get(pack);
  if (known) return known;
  const bench = new Map<string, Seat[]>();
  for (const packed of pack.policies) {
    for (const [key, seat] of seatsOf(packed)) bench.set(key, [...(bench.get(key) ?? []), seat]);
  }
  benches.set(pack, bench);
  return bench;
}

const seats = new WeakMap<PackedPolicy, [string, Seat][]>();

function seatsOf(packed: PackedPolicy): [string, Seat][] {
  const known = seats.get(packed) ?? madeSeats(packed);
  seats.set(packed, known);
  return known;
}

function madeSeats({ policy, severity, parameters }: PackedPolicy): [string, Seat][] {
  if (policy.type !== 'object') return [];
  return admissionDocuments(policy, parameters).flatMap((document) => {
    const { evaluate } = evaluator(document);
    return document.kinds.map(({ group, kind }): [string, Seat] => [
      `${group}/${kind}`,
      { policy, severity, evaluate },
    ]);
  });
}

function kindKey(object: Manifest): string {
  return `${groupOf(object)}/${object.kind}`;
}

function outcomeOf(offences: readonly unknown[] | undefined): keyof Tally {
  if (offences === undefined) return 'notApplicable';
  return offences.length === 0 ? 'pass' : 'violation';
}

function headOf({ id, category, fix }: ObjectPolicy | GraphPolicy, severity: Severity) {
  return { policy: id, category, severity, fix };
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The same findings in the same order, however they were found: worst first, then by object. */
function byPlace(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity] || compare(placeOf(a), placeOf(b));
}

function placeOf({ object, path, policy, message }: Finding): string {
  return [object.metadata.namespace ?? '', object.kind, object.metadata.name, path, policy, message].join(' ');
}
