import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, resolvePack, type Pack, type Policy } from '../../lib/policy';
import { withDefaults } from '../../lib/policy/defaults';
import { PACKS, POLICIES } from '../../policies';
import { base, fixturesOf, folderOf, type Fixture } from './fixtures';

/** Every policy at once, whatever pack it is in. */
const everything: Pack = {
  name: 'everything',
  policies: POLICIES.map((policy) => ({ policy, severity: 'error', parameters: policy.parameters ?? {} })),
};

const alone = (policy: Policy): Pack => ({
  name: policy.id,
  policies: everything.policies.filter((one) => one.policy === policy),
});

const fixtures = POLICIES.flatMap(fixturesOf);
const named = (list: readonly Fixture[]): [string, Fixture][] => list.map((fixture) => [fixture.name, fixture]);

test('the base service keeps every policy', () => {
  const { findings, errors } = judge(base(), everything);
  expect(errors).toEqual([]);
  expect(findings.map(({ policy, path, object }) => `${policy}: ${object.kind} ${path}`)).toEqual([]);
});

describe.each(POLICIES.map((policy) => [policy.id, policy] as const))('%s', (_, policy) => {
  test('has a good file, a bad file and a page', () => {
    const verdicts = new Set(fixturesOf(policy).map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual(['bad', 'good']);
    const page = readFileSync(join(folderOf(policy), 'policy.md'), 'utf8');
    expect(page.startsWith(`# ${policy.id}\n\n${policy.title}.\n`)).toBe(true);
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Avoid', 'Prefer', 'Why', 'Configuration']);
    // A page that does not name a parameter hides it.
    for (const parameter of Object.keys(policy.parameters ?? {})) expect(page).toContain(`\`${parameter}\``);
  });

  test('is in a pack', () => {
    const packs = [...PACKS.keys()].map((name) => resolvePack(name, PACKS, POLICIES));
    expect(packs.some(({ policies }) => policies.some((one) => one.policy === policy))).toBe(true);
  });
});

test.each(named(fixtures.filter(({ verdict }) => verdict === 'bad')))(
  '%s breaks its own policy and no other',
  (_, one) => {
    const { findings, errors } = judge(one.manifests, everything);
    expect(errors).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
    expect(
      findings.filter(({ policy }) => policy !== one.policy.id).map(({ policy, path }) => `${policy}: ${path}`),
    ).toEqual([]);
  },
);

test.each(named(fixtures.filter(({ verdict }) => verdict === 'good')))(
  '%s is judged, and keeps every policy',
  (_, one) => {
    const { findings, errors } = judge(one.manifests, everything);
    expect(errors).toEqual([]);
    expect(findings.map(({ policy, path }) => `${policy}: ${path}`)).toEqual([]);
    // Good only because nobody looked would be no proof.
    expect(judge(one.manifests, alone(one.policy)).tallies.get(one.policy.id)!.pass).toBeGreaterThan(0);
  },
);

test.each(named(fixtures))('%s is judged the same as it is stored by the API server', (_, one) => {
  const pack = alone(one.policy);
  const raw = judge(one.manifests, pack).findings.map(({ path }) => path);
  expect(judge(one.manifests.map(withDefaults), pack).findings.map(({ path }) => path)).toEqual(raw);
});

test('every folder below a category is a policy that is listed', () => {
  for (const policy of POLICIES) expect(existsSync(join(folderOf(policy), 'policy.ts'))).toBe(true);
});
