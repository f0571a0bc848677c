import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { formatPath, valueAt } from '../core/data';
import { manifestKey, type Manifest } from '../kube/manifest';
import { checkPattern, closest, comparePartially, Matcher, type Mismatch } from './match';

/** Part of an object: plain data, with matchers of `Match` where they are needed. Undefined fields are refused. */
export type Pattern = Readonly<Record<string, unknown>>;

const MISMATCHES_SHOWN = 10;

/**
 * Kubernetes objects under test. Every assertion throws an error that says what was found instead, so that it serves in
 * any test runner.
 *
 * ```ts
 * const manifests = Manifests.of(chart);
 * manifests.has('Deployment', { spec: { replicas: 3, template: { spec: { containers: [{ name: 'app' }] } } } });
 * manifests.hasNo('Service', { spec: { type: 'LoadBalancer' } });
 * ```
 *
 * A pattern names what has to be there, more may be: see `comparePartially` for lists and empty values.
 */
export class Manifests {
  private constructor(private readonly manifests: readonly Manifest[]) {}

  /** Of a list of objects, or of all objects in a construct (a chart, an app, a part of a chart), validated first. */
  static of(source: IConstruct | readonly Manifest[]): Manifests {
    return new Manifests(isConstruct(source) ? synthesized(source) : [...source]);
  }

  /** All objects of a kind, in the order in which they were made. */
  all(kind: string): readonly Manifest[] {
    return this.manifests.filter((manifest) => manifest.kind === kind);
  }

  /** The only object of a kind, or the only one of that name. */
  one(kind: string, name?: string): Manifest {
    const found = this.all(kind).filter((manifest) => name === undefined || manifest.metadata.name === name);
    const [first] = found;
    if (first !== undefined && found.length === 1) return first;
    const wanted = name === undefined ? kind : `${kind} named "${name}"`;
    if (first !== undefined) throw new Error(`expected one ${wanted}, got ${found.length}: ${keys(found)}`);
    throw new Error(`expected one ${wanted}, got none; ${this.inventory(kind)}`);
  }

  /** There are so many objects of a kind. */
  count(kind: string, expected: number): void {
    const found = this.all(kind);
    if (found.length === expected) return;
    const got = found.length === 0 ? `none; ${this.inventory(kind)}` : `${found.length}: ${keys(found)}`;
    throw new Error(`expected ${expected} of kind ${kind}, got ${got}`);
  }

  /** At least one object of the kind matches the pattern; without a pattern, there is one. */
  has(kind: string, pattern: Pattern = {}): void {
    check(pattern);
    const candidates = this.all(kind).map((manifest) => ({ manifest, mismatches: compare(manifest, pattern) }));
    if (candidates.length === 0) throw new Error(`there is no ${kind}; ${this.inventory(kind)}`);
    if (candidates.some(({ mismatches }) => mismatches.length === 0)) return;
    // Who asks for a name means that object, even if another one comes closer.
    const name = valueAt(pattern, ['metadata', 'name']);
    const namesakes = candidates.filter(({ manifest }) => manifest.metadata.name === name);
    const best = closest(namesakes.length > 0 ? namesakes : candidates, ({ mismatches }) => mismatches);
    const heading =
      candidates.length === 1
        ? `the only ${kind} does not match`
        : `none of ${candidates.length} of kind ${kind} matches`;
    throw new Error([`${heading}; closest is ${manifestKey(best.manifest)}`, ...explain(best.mismatches)].join('\n'));
  }

  /** No object of the kind matches the pattern; without a pattern, there is none. */
  hasNo(kind: string, pattern: Pattern = {}): void {
    check(pattern);
    const found = this.all(kind).filter((manifest) => compare(manifest, pattern).length === 0);
    if (found.length === 0) return;
    const what = Object.keys(pattern).length === 0 ? `no ${kind}` : `no ${kind} that matches the pattern`;
    throw new Error(`expected ${what}, got ${found.length}: ${keys(found)}`);
  }

  /** What there is instead of a kind. */
  private inventory(missing: string): string {
    if (this.manifests.length === 0) return 'there are no objects at all';
    const counts = new Map<string, number>();
    for (const { kind } of this.manifests) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const kinds = [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`)).sort();
    const others = this.all(missing);
    return `there are ${others.length > 0 ? keys(others) : kinds.join(', ')}`;
  }
}

function check(pattern: Pattern): void {
  if (pattern instanceof Matcher)
    throw new Error('a matcher cannot stand for a whole object, use a pattern with fields');
  checkPattern(pattern);
}

/** An empty pattern asks for nothing here, unlike further down: there is no empty object of Kubernetes. */
function compare(manifest: Manifest, pattern: Pattern): readonly Mismatch[] {
  return Object.keys(pattern).length === 0 ? [] : comparePartially(manifest, pattern);
}

function explain(mismatches: readonly Mismatch[]): string[] {
  const lines = mismatches
    .slice(0, MISMATCHES_SHOWN)
    .flatMap(({ path, got, expected }) => [
      `  at ${formatPath(path)}`,
      `    got:      ${got}`,
      `    expected: ${expected}`,
    ]);
  const more = mismatches.length - MISMATCHES_SHOWN;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}

function keys(manifests: readonly Manifest[]): string {
  return manifests.map(manifestKey).join(', ');
}

function isConstruct(source: IConstruct | readonly Manifest[]): source is IConstruct {
  return 'node' in source;
}

/** As cdk8s does it for a chart, but for any construct, and with the objects of charts within charts. */
function synthesized(construct: IConstruct): Manifest[] {
  const all = construct.node.findAll();
  const faults = all.flatMap(({ node }) => node.validate().map((fault) => `[${node.path}] ${fault}`));
  if (faults.length > 0) throw new Error(`the construct is not valid:\n  ${faults.join('\n  ')}`);
  return all.filter((child) => ApiObject.isApiObject(child)).map((object) => object.toJson() as Manifest);
}
