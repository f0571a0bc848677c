import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../lib/kube/manifest';
import { withDefaults } from '../../../lib/policy/defaults';
import { samples } from '../../cluster/default-samples';

/**
 * Our defaults against what a real API server stored. The cluster suite `defaulting` records it, and sees to it that the
 * record is of all samples.
 */
interface Recorded {
  readonly given: Manifest;
  readonly added: Readonly<Record<string, unknown>>;
  readonly changed: Readonly<Record<string, { readonly stored: unknown }>>;
}

const file = join(__dirname, '..', '..', 'cluster', 'data', 'defaulting.json');
const recorded = (JSON.parse(readFileSync(file, 'utf8')) as { samples: Record<string, Recorded> }).samples;

/** What is decided when an object is created, and so is not known of a manifest: by kind, with pointers. */
const DECIDED_LATER: readonly (readonly [kind: RegExp, pointer: RegExp])[] = [
  // The plugin ServiceAccount gives a pod an account.
  [/^Pod$/, /^\/spec\/serviceAccount(Name)?$/],
  // The plugin Priority reads the priority class.
  [/^Pod$/, /^\/spec\/(priority|preemptionPolicy)$/],
  // The plugin DefaultTolerationSeconds is configured per cluster.
  [/^Pod$/, /^\/spec\/tolerations\//],
  // A Job selects its pods by its uid.
  [/^Job$/, /^(\/spec\/template)?\/metadata\/labels\/(batch\.kubernetes\.io~1)?(controller-uid|job-name)$/],
  [/^Job$/, /^\/spec\/selector\//],
  // Counted up with each change of the template.
  [/^DaemonSet$/, /^\/metadata\/annotations\/deprecated\.daemonset\.template\.generation$/],
  // Addresses and node ports are allotted, families come from the network of the cluster.
  [/^Service$/, /^\/spec\/(clusterIPs?|ipFamilies|ipFamilyPolicy)(\/|$)/],
  [/^Service$/, /^\/spec\/ports\/\d+\/nodePort$/],
  // What has to be cleaned up before an object is gone.
  [/^Namespace$/, /^\/spec\/finalizers\//],
  [/^PersistentVolumeClaim$/, /^\/metadata\/finalizers\//],
];

const cases = samples.filter(({ name }) => name in recorded).map(({ name }) => [name, recorded[name]!] as const);

test('there are many samples in the record', () => {
  expect(cases.length).toBeGreaterThan(40);
});

test.each(cases)('%s is completed as recorded', (_, one) => {
  const { given } = one;
  const expected = recordedDifferences(one).filter(([pointer]) => !isDecidedLater(given.kind, pointer));
  expect(Object.fromEntries(differences(given, withDefaults(given)))).toEqual(Object.fromEntries(expected));
});

test('all that is decided later is in the record: nothing is excused for nothing', () => {
  const pointers = cases.flatMap(([, one]) =>
    recordedDifferences(one).map(([pointer]) => [one.given.kind, pointer] as const),
  );
  for (const [kind, pointer] of DECIDED_LATER) {
    expect(pointers.some(([ofKind, at]) => kind.test(ofKind) && pointer.test(at))).toBe(true);
  }
});

function recordedDifferences({ given, added, changed }: Recorded): [string, unknown][] {
  const stored = structuredClone(given);
  for (const [pointer, value] of Object.entries(added)) put(stored, pointer, value);
  for (const [pointer, { stored: value }] of Object.entries(changed)) put(stored, pointer, value);
  return differences(given, withoutToken(stored));
}

/** Without the volume that the plugin ServiceAccount adds and mounts, with the token of the account in it. */
function withoutToken<T>(value: T): T {
  if (Array.isArray(value)) return value.filter((member) => !isToken(member)).map(withoutToken) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => !(Array.isArray(member) && member.every(isToken)));
  return Object.fromEntries(members.map(([key, member]) => [key, withoutToken(member)])) as T;
}

function isToken(member: any): boolean {
  return String(member?.name).startsWith('kube-api-access-');
}

function isDecidedLater(kind: string, pointer: string): boolean {
  return DECIDED_LATER.some(([ofKind, at]) => ofKind.test(kind) && at.test(pointer));
}

/** Sets what a JSON pointer points to; null takes it away. */
function put(object: any, pointer: string, value: unknown): void {
  const steps = pointer.split('/').slice(1).map(unescaped);
  const last = steps.pop()!;
  const parent = steps.reduce((at, step) => at[step], object);
  if (value === null) delete parent[last];
  else parent[last] = value;
}

/** Leaves of `after` that `before` does not have, and `<gone>` for those it has alone. */
function differences(before: unknown, after: unknown): [string, unknown][] {
  const [old, now] = [leaves(before), leaves(after)];
  const changed = [...now].filter(([pointer, value]) => !Object.is(old.get(pointer), value));
  const gone = [...old.keys()].filter((pointer) => !now.has(pointer) && ![...now.keys()].some(isBelow(pointer)));
  return [...changed, ...gone.map((pointer): [string, unknown] => [pointer, '<gone>'])];
}

function isBelow(pointer: string): (other: string) => boolean {
  return (other) => other.startsWith(`${pointer}/`);
}

function leaves(value: unknown, pointer = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return into.set(pointer, value);
  const members = Object.entries(value);
  if (members.length === 0) into.set(pointer, Array.isArray(value) ? '[]' : '{}');
  for (const [key, member] of members)
    leaves(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, into);
  return into;
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
