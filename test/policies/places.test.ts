import type { StackValidationPolicy } from '@pulumi/policy';
import { check } from '../../lib/check/check';
import { readManifestText } from '../../lib/check/manifest-text';
import { toYamlDocuments } from '../../lib/kube/yaml';
import type { Manifest } from '../../lib/kube/manifest';
import { judge, type Pack, type Policy } from '../../lib/policy';
import { POLICIES } from '../../policies';
import { crossguardPoliciesOf } from '../../policies/crossguard';
import { toPassPolicies } from '../../lib/testing';
import { fixturesOf } from './fixtures';

/**
 * The same verdict in all places: what the engine says of the good and bad files, the command says of their text, the jest
 * matcher of their objects, and the Pulumi pack of their resources. The cluster is asked in test/cluster.
 */
const everything: Pack = {
  name: 'everything',
  policies: POLICIES.map((policy) => ({ policy, severity: 'error', parameters: policy.parameters ?? {} })),
};
const packs = new Map([
  [
    'everything',
    { name: 'everything', policies: Object.fromEntries(POLICIES.map(({ id }) => [id, 'error' as const])) },
  ],
]);
const alone = (policy: Policy): Pack => ({
  name: policy.id,
  policies: everything.policies.filter((one) => one.policy === policy),
});

const verdictsOf = (findings: readonly { policy: string; path: string; object: Manifest }[]): string[] =>
  findings.map(({ policy, path, object }) => `${policy}: ${object.kind} ${object.metadata.name} ${path}`).sort();

/** What the pack reports, in the same words. */
function byPulumi(pack: Pack, manifests: readonly Manifest[]): string[] {
  const found: string[] = [];
  const notApplicable = (): never => {
    throw new NotApplicable();
  };
  const resources = manifests.map((props, index) => ({ type: 'kubernetes:any:Any', props, urn: String(index) }));
  const said = (policy: string, { kind, metadata }: Manifest, message: string): number =>
    found.push(`${policy}: ${kind} ${metadata.name} ${message.split(' ')[0]}`);
  for (const one of crossguardPoliciesOf(pack)) {
    if ('validateResource' in one) {
      const validate = one.validateResource as unknown as Validate;
      for (const resource of resources)
        ignoring(() => validate({ ...resource, notApplicable }, (message) => said(one.name, resource.props, message)));
    } else {
      const validate = (one as StackValidationPolicy).validateStack as unknown as Validate;
      ignoring(() =>
        validate({ resources, notApplicable }, (message, urn) => said(one.name, manifests[Number(urn)]!, message)),
      );
    }
  }
  return found.sort();
}

type Validate = (args: object, report: (message: string, urn?: string) => void) => void;

class NotApplicable extends Error {}

function ignoring(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof NotApplicable)) throw error;
  }
}

test.each(POLICIES.flatMap(fixturesOf).map((fixture) => [fixture.name, fixture] as const))(
  '%s is judged the same in all places',
  (_, { manifests, policy }) => {
    const { findings, errors } = judge(manifests, everything);
    expect(errors).toEqual([]);
    const expected = verdictsOf(findings);

    const { manifests: read, problems } = readManifestText(toYamlDocuments(manifests), 'a.yaml');
    expect(problems).toEqual([]);
    const report = check(
      { sets: [{ manifests: read }], problems: [], notes: [] },
      { version: '', pack: everything, today: '2026-01-01', complete: false },
    );
    expect(verdictsOf(report.findings)).toEqual(expected);
    expect(report.findings.every(({ at }) => at?.file === 'a.yaml' && at.line! > 0)).toBe(true);

    expect(toPassPolicies(manifests, 'everything', { packs }).pass).toBe(expected.length === 0);

    // The base keeps the others, as the corpus shows.
    expect(byPulumi(alone(policy), manifests)).toEqual(expected);
  },
);
