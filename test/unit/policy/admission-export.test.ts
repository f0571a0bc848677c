import { containersWhere, graphPolicy, objectPolicy, type Pack } from '../../../lib/policy';
import { admissionPolicies, outsideAdmission } from '../../../lib/policy/admission-export';
import type { Waiver } from '../../../lib/policy/waivers';
import { SERVING, kind } from '../../../policies/kinds';

const probe = objectPolicy({
  id: 'probe',
  category: 'reliability',
  title: 't',
  kinds: SERVING,
  offenders: containersWhere('main', '!has(c.livenessProbe)', 'livenessProbe'),
  message: 'is missing',
  fix: 'add it',
});
const service = objectPolicy({
  ...probe,
  id: 'service',
  kinds: [kind('', 'v1', 'services', 'Service')],
  offenders: '[]',
});
const graph = graphPolicy({ ...probe, id: 'graph', outside: 'the other is another object', judge: () => [] });
const pack: Pack = {
  name: 'ours',
  policies: [
    { policy: probe, severity: 'error', parameters: {} },
    { policy: service, severity: 'warning', parameters: {} },
    { policy: graph, severity: 'error', parameters: {} },
  ],
};

const waiver = (expires: string, target: Waiver['target'] = { service: 'web' }): Waiver => ({
  policy: 'probe',
  target,
  reason: 'it will be gone next month',
  owner: 'team-shop',
  expires,
});

interface Spec {
  readonly matchConstraints: { readonly resourceRules: object[] };
  readonly validations: [{ readonly expression: string; readonly messageExpression: string }];
  readonly variables: { readonly name: string; readonly expression: string }[];
  readonly validationActions: string[];
  readonly policyName: string;
  readonly matchResources: object;
}

const exported = (changes: { enforce?: boolean; waivers?: readonly Waiver[] } = {}) =>
  admissionPolicies(pack, { enforce: false, waivers: [], today: '2026-11-21', ...changes });
const specOf = (name: string, wanted: string, changes = {}): Spec =>
  exported(changes).find(({ kind: is, metadata }) => is === wanted && metadata.name === name)!.spec as Spec;
const POLICY = 'ValidatingAdmissionPolicy';
const BINDING = 'ValidatingAdmissionPolicyBinding';

test('each one-object policy is a policy and a binding, for each place where pods are', () => {
  expect(exported().map(({ kind: is, metadata }) => `${is} ${metadata.name}`)).toEqual(
    ['probe', 'probe-pod', 'service'].flatMap((name) => [
      `${POLICY} golden-path-ours-${name}`,
      `${BINDING} golden-path-ours-${name}`,
    ]),
  );
});

test('what admission cannot judge is listed with the reason', () => {
  expect(outsideAdmission(pack)).toEqual([{ id: 'graph', reason: 'the other is another object' }]);
});

test('a rule is for one group and version', () => {
  expect(specOf('golden-path-ours-probe', POLICY).matchConstraints.resourceRules).toEqual([
    {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
    },
    {
      apiGroups: ['argoproj.io'],
      apiVersions: ['v1alpha1'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['rollouts'],
    },
  ]);
});

test('a binding holds where somebody has opted in, and warns until it is told to refuse errors', () => {
  const binding = specOf('golden-path-ours-probe', BINDING);
  expect(binding).toMatchObject({
    policyName: 'golden-path-ours-probe',
    validationActions: ['Warn', 'Audit'],
    matchResources: {
      namespaceSelector: { matchExpressions: [{ key: 'golden-path.dev/enforce', operator: 'Exists' }] },
    },
  });
  expect(specOf('golden-path-ours-probe', BINDING, { enforce: true }).validationActions).toEqual(['Deny', 'Audit']);
  expect(specOf('golden-path-ours-service', BINDING, { enforce: true }).validationActions).toEqual(['Warn', 'Audit']);
});

test('what was there before an update is looked for in the old object', () => {
  const { variables, validations } = specOf('golden-path-ours-probe', POLICY);
  const before = variables.find(({ name }) => name === 'before_offenders')!.expression;
  expect(before).toContain('oldObject.spec.template.spec.containers');
  expect(before).not.toMatch(/(?<!\w)object\./);
  expect(before).toContain('variables.before_applies');
  expect(validations[0].expression).toContain('o in variables.before_offenders');
  expect(validations[0].messageExpression).toContain('variables.fresh');
});

describe('waivers', () => {
  const passing = (waivers: readonly Waiver[]) =>
    specOf('golden-path-ours-probe', POLICY, { waivers }).validations[0].expression;

  test('are compiled in', () => {
    expect(passing([waiver('2026-12-31')])).toContain('object.metadata.labels["app.kubernetes.io/name"] == "web"');
    expect(passing([waiver('2026-12-31', { namespace: 'a', name: 'b', kind: 'Deployment' })])).toContain(
      '(object.kind == "Deployment" && request.namespace == "a" && object.metadata.name == "b")',
    );
    expect(passing([waiver('2026-12-31', { name: 'b', container: 'app', field: 'spec/x' })])).toContain(
      'o.contains("ontainers[name=app]") && (o == "spec/x" || o.startsWith("spec/x/"))',
    );
  });

  test('that end before the next export are not in it, and the export says how long it holds', () => {
    expect(passing([waiver('2026-11-27')])).toBe(passing([]));
    expect(passing([waiver('2026-11-28')])).not.toBe(passing([]));
    expect(exported()[0]!.metadata.annotations).toMatchObject({ 'golden-path.dev/valid-until': '2026-11-28' });
  });
});
