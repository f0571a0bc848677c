import type { Manifest } from '../../../lib/kube/manifest';
import { graphPolicy } from '../../../lib/policy';
import type { Finding } from '../../../lib/policy/finding';
import type { Severity } from '../../../lib/policy/pack';
import { applyWaivers, waiverFile, type Waiver } from '../../../lib/policy/waivers';

const policy = (id: string, waivable = true) =>
  graphPolicy({ id, category: 'security', title: 't', fix: 'mend it', outside: '', waivable, judge: () => [] });
const policies = new Map(
  (
    [
      ['digest', 'error', true],
      ['labels', 'warning', true],
      ['hint', 'info', true],
      ['privileged', 'error', false],
    ] as [string, Severity, boolean][]
  ).map(([id, severity, waivable]) => [id, { policy: policy(id, waivable), severity }]),
);

const object = (name: string, changes: Partial<Manifest['metadata']> = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop', labels: { 'app.kubernetes.io/name': name }, ...changes },
});

const finding = (changes: Partial<Finding> = {}): Finding => ({
  policy: 'digest',
  category: 'security',
  severity: 'error',
  object: object('web'),
  path: 'spec/template/spec/containers[name=app]/image',
  message: 'm',
  fix: 'f',
  environments: ['prod'],
  ...changes,
});

const waiver = (changes: Partial<Waiver> = {}): Waiver => ({
  policy: 'digest',
  target: { service: 'web' },
  reason: 'the registry is being moved',
  owner: 'team-shop',
  expires: '2026-12-31',
  ...changes,
});

const run = (findings: readonly Finding[], waivers: readonly Waiver[], today = '2026-12-01', complete = true) =>
  applyWaivers(findings, waivers, policies, { today, complete });
const codes = (outcome: ReturnType<typeof run>) => outcome.problems.map(({ code, path }) => `${code} ${path}`);

test('lets pass what it is for, and tells of it', () => {
  const other = finding({ object: object('api') });
  const outcome = run([finding(), other], [waiver()]);
  expect(outcome).toEqual({
    findings: [other],
    waived: [{ finding: finding(), waiver: waiver() }],
    problems: [],
    warnings: [],
  });
});

describe('a target', () => {
  test.each<[string, Waiver['target'], boolean]>([
    ['service', { service: 'web' }, true],
    ['another service', { service: 'api' }, false],
    ['object', { kind: 'Deployment', namespace: 'shop', name: 'web' }, true],
    ['another kind', { kind: 'StatefulSet', name: 'web' }, false],
    ['another namespace', { namespace: 'other', name: 'web' }, false],
    ['another name', { namespace: 'shop', name: 'webs' }, false],
    ['container', { service: 'web', container: 'app' }, true],
    ['another container', { service: 'web', container: 'agent' }, false],
    ['field', { service: 'web', field: 'spec/template/spec/containers[name=app]/image' }, true],
    ['what the field is in', { service: 'web', field: 'spec/template/spec' }, true],
    ['a field that only begins alike', { service: 'web', field: 'spec/temp' }, false],
    ['two things of which one does not fit', { service: 'web', container: 'agent' }, false],
  ])('%s', (_, target, hits) => {
    expect(run([finding()], [waiver({ target })]).waived).toHaveLength(hits ? 1 : 0);
  });

  test('of a container is none where the finding is about no container', () => {
    const pod = finding({ path: 'spec/template/spec/hostNetwork' });
    expect(run([pod], [waiver({ target: { service: 'web', container: 'app' } })]).waived).toEqual([]);
  });

  test('of a sidecar that is an init container', () => {
    const sidecar = finding({ path: 'spec/template/spec/initContainers[name=agent]/image' });
    expect(run([sidecar], [waiver({ target: { service: 'web', container: 'agent' } })]).waived).toHaveLength(1);
  });

  test('in the namespace of an object that names none', () => {
    const bare = finding({ object: object('web', { namespace: undefined }) });
    expect(run([bare], [waiver({ target: { namespace: 'default' } })]).waived).toHaveLength(1);
  });
});

describe('an environment', () => {
  test('narrows a waiver down', () => {
    expect(run([finding()], [waiver({ env: 'prod' })]).waived).toHaveLength(1);
    expect(run([finding()], [waiver({ env: 'dev' })]).waived).toHaveLength(0);
  });

  test('that nobody knows is none that was meant', () => {
    const unknown = finding({ environments: undefined });
    expect(run([unknown], [waiver({ env: 'prod' })]).waived).toHaveLength(0);
    expect(run([unknown], [waiver()]).waived).toHaveLength(1);
  });
});

describe('the end', () => {
  test.each([
    ['its last day', '2026-12-31', 1, []],
    ['the day after', '2027-01-01', 0, ['waiver-expired waivers[0].expires']],
    ['years later', '2030-01-01', 0, ['waiver-expired waivers[0].expires']],
  ])('on %s', (_, today, waived, problems) => {
    const outcome = run([finding()], [waiver()], today);
    expect(outcome.waived).toHaveLength(waived);
    expect(outcome.findings).toHaveLength(1 - waived);
    expect(codes(outcome)).toEqual(problems);
  });

  test('is told two weeks before', () => {
    expect(run([finding()], [waiver()], '2026-12-17').warnings).toEqual([]);
    expect(run([finding()], [waiver()], '2026-12-18').warnings).toEqual([
      'the waiver of digest for service web ends in 13 days (team-shop)',
    ]);
  });

  test.each<[string, string, boolean]>([
    ['digest', '2027-03-01', true],
    ['digest', '2027-03-02', false],
    ['labels', '2027-05-30', true],
    ['labels', '2027-05-31', false],
    ['hint', '2027-12-01', true],
    ['hint', '2027-12-02', false],
  ])('of %s on %s is not too far away: %s', (id, expires, fine) => {
    const outcome = run([finding({ policy: id })], [waiver({ policy: id, expires })]);
    expect(codes(outcome)).toEqual(fine ? [] : ['waiver-too-long waivers[0].expires']);
    expect(outcome.waived).toHaveLength(fine ? 1 : 0);
  });
});

describe('an unused waiver', () => {
  test('fails a complete run', () => {
    expect(run([], [waiver()]).problems).toMatchObject([
      { code: 'waiver-unused', kind: 'rule', path: 'waivers[0]', fix: 'remove the waiver' },
    ]);
  });

  test('may be used elsewhere, so it fails no other run', () => {
    expect(run([], [waiver()], '2026-12-01', false).problems).toEqual([]);
  });

  test('is the second of two for the same', () => {
    expect(codes(run([finding()], [waiver(), waiver()]))).toEqual(['waiver-unused waivers[1]']);
  });
});

test('a policy that cannot be waived', () => {
  const outcome = run([finding({ policy: 'privileged' })], [waiver({ policy: 'privileged' })]);
  expect(codes(outcome)).toEqual(['waiver-not-allowed waivers[0]']);
  expect(outcome.findings).toHaveLength(1);
});

test('a policy that is not there, with what was meant', () => {
  expect(run([], [waiver({ policy: 'digests' })]).problems).toMatchObject([
    { code: 'unknown-policy', got: 'digests', fix: 'did you mean "digest"' },
  ]);
});

describe('the file', () => {
  test.each(['policy', 'target', 'reason', 'owner', 'expires'])('needs %s', (field) => {
    const rest = Object.fromEntries(Object.entries(waiver()).filter(([key]) => key !== field));
    expect(waiverFile.safeParse({ waivers: [rest] }).success).toBe(false);
    expect(waiverFile.safeParse({ waivers: [waiver()] }).success).toBe(true);
  });

  test.each<[string, object]>([
    ['a target for everybody', { target: {} }],
    ['a target by kind only', { target: { kind: 'Deployment' } }],
    ['a reason that is none', { reason: 'because' }],
    ['no day', { expires: 'never' }],
    ['a day that is none', { expires: '2026-02-30' }],
    ['an unknown key', { until: '2026-12-31' }],
  ])('refuses %s', (_, changes) => {
    expect(waiverFile.safeParse({ waivers: [{ ...waiver(), ...changes }] }).success).toBe(false);
  });
});
