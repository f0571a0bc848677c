import type { Manifest } from '../../../lib/kube/manifest';
import { merged } from '../../../lib/blueprint/overrides';
import { judge, resolvePack } from '../../../lib/policy';
import { withDefaults } from '../../../lib/policy/defaults';
import { shapeMistakes } from '../../../lib/policy/shape';
import { PACKS, POLICIES } from '../../../policies';
import { base, fixturesOf } from '../../policies/fixtures';

const deployment = () => base().find(({ kind }) => kind === 'Deployment')!;
const pod = (spec: object) => merged(deployment(), { spec: { template: { spec } } }) as Manifest;
const mistakes = (manifest: Manifest) =>
  shapeMistakes(withDefaults(manifest)).map(({ path, got, expected }) => `${path}: ${got}, not ${expected}`);
const golden = resolvePack('golden', PACKS, POLICIES);

test('what the API server takes is nothing to complain about', () => {
  expect(base().flatMap(mistakes)).toEqual([]);
  for (const { manifests } of POLICIES.flatMap(fixturesOf)) expect(manifests.flatMap(mistakes)).toEqual([]);
});

test.each<[string, Manifest, string]>([
  ['a text for a list', pod({ containers: 'web' }), 'spec.template.spec.containers: "web", not a list'],
  ['a list for a map', merged(deployment(), { spec: { template: [7] } }) as Manifest, 'spec.template: [7], not a map'],
  ['a number for text', pod({ priorityClassName: 7 }), 'spec.template.spec.priorityClassName: 7, not text'],
  [
    'text for a number',
    merged(deployment(), { spec: { replicas: '3' } }) as Manifest,
    'spec.replicas: "3", not a number',
  ],
  ['text for a truth', pod({ hostNetwork: 'yes' }), 'spec.template.spec.hostNetwork: "yes", not true or false'],
  ['nothing in a list', pod({ volumes: [null] }), 'spec.template.spec.volumes[0]: null, not a value'],
  [
    'a number in a map of texts',
    merged(deployment(), { spec: { selector: { matchLabels: { a: 1 } } } }) as Manifest,
    'spec.selector.matchLabels.a: 1, not text',
  ],
])('%s', (_, manifest, expected) => {
  expect(mistakes(manifest)).toEqual([expected]);
});

test('nothing is nothing, of whatever type', () => {
  expect(mistakes(pod({ volumes: null, hostNetwork: null }))).toEqual([]);
});

test('a kind that nobody knows is nobody’s business', () => {
  expect(mistakes({ apiVersion: 'acme.example/v1', kind: 'Rocket', metadata: { name: 'x' }, spec: 7 })).toEqual([]);
});

test('what cannot be judged is told, and never looks like a fault of a policy', () => {
  const { unusable, errors, findings } = judge([pod({ containers: 'web', volumes: [null] })], golden);
  expect(unusable.map(({ path }) => path)).toEqual(['spec.template.spec.containers', 'spec.template.spec.volumes[0]']);
  expect(errors).toEqual([]);
  expect(findings).toEqual([]);
});

test.each<[string, Manifest]>([
  [
    'a ClusterRole whose rules others fill in',
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' }, rules: null },
  ],
  [
    'a Rollout that takes its pods from a Deployment',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'x' },
      spec: { workloadRef: { kind: 'Deployment', name: 'y' } },
    },
  ],
  [
    'a Rollout with nothing in places',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'x', annotations: null as never },
      spec: { template: { spec: { volumes: null, containers: [{ name: 'a', ports: null }] } } },
    },
  ],
])('%s is no fault of a policy', (_, manifest) => {
  expect(judge([manifest], golden).errors).toEqual([]);
});
