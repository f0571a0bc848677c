import { readFileSync } from 'node:fs';
import { admissionDocuments, objectPolicy, POD_CARRIERS, type ObjectPolicy } from '../../../lib/policy';
import { fieldComplaints } from '../../../lib/policy/type-check';
import { POLICIES } from '../../../policies';
import { asText, describeKubernetes, FIELDS_FILE } from '../../../scripts/describe-kubernetes';

const kinds = (...names: string[]) => POD_CARRIERS.filter(({ kind }) => names.includes(kind));

function complaints(changes: Partial<ObjectPolicy>) {
  const policy = objectPolicy({
    id: 'example',
    category: 'hygiene',
    title: 'There is an example',
    kinds: kinds('Deployment'),
    offenders: '[]',
    message: 'is wrong',
    fix: 'mend it',
    ...changes,
  });
  return admissionDocuments(policy, policy.parameters ?? {}).flatMap(fieldComplaints);
}

const messages = (changes: Partial<ObjectPolicy>): string[] => complaints(changes).map(({ message }) => message);

const documents = POLICIES.flatMap((policy) =>
  policy.type === 'object' ? admissionDocuments(policy, policy.parameters ?? {}) : [],
);

test.each(documents.map((document) => [document.name, document] as const))(
  'every field that %s reads is there',
  (_, document) => {
    expect(fieldComplaints(document)).toEqual([]);
  },
);

describe('a misspelt name is found', () => {
  test.each<[string, Partial<ObjectPolicy>, string]>([
    [
      'in a field',
      { offenders: 'has(object.spec.replcas) ? [] : ["x"]' },
      'DeploymentSpec has no field replcas, did you mean replicas',
    ],
    [
      'in a field of the pod',
      { offenders: 'has(variables.pod.contaners) ? [] : ["x"]' },
      'PodSpec has no field contaners, did you mean containers',
    ],
    [
      'in the body of a macro',
      { offenders: 'variables.pod.containers.filter(c, !has(c.livenesProbe)).map(c, c.name)' },
      'Container has no field livenesProbe, did you mean livenessProbe',
    ],
    [
      'in what follows a macro',
      { offenders: 'variables.pod.containers.filter(c, has(c.ports)).map(c, c.nam)' },
      'Container has no field nam, did you mean name',
    ],
    [
      'in a macro in a macro',
      { offenders: 'variables.pod.containers.exists(c, c.ports.exists(p, p.hostPrt > 0)) ? ["x"] : []' },
      'ContainerPort has no field hostPrt, did you mean hostPort',
    ],
    [
      'in a variable',
      { variables: { first: 'variables.pod.containers[0].imge' }, offenders: '[variables.first]' },
      'Container has no field imge, did you mean image',
    ],
    [
      'behind a variable',
      { variables: { first: 'variables.pod.containers[0]' }, offenders: '[variables.first.imge]' },
      'Container has no field imge, did you mean image',
    ],
    [
      'of a variable',
      { variables: { first: '1' }, offenders: 'variables.frist == 1 ? [] : ["x"]' },
      'there is no variable frist yet, did you mean first',
    ],
    [
      'of a member of a macro',
      { offenders: 'variables.pod.containers.map(container, contaner.name)' },
      'nothing has the name contaner, did you mean container',
    ],
    [
      'where it applies',
      { applies: { when: 'has(object.metadata.lables)', otherwise: '' } },
      'ObjectMeta has no field lables, did you mean labels',
    ],
    [
      'after lists are joined',
      {
        variables: {
          all: '(has(variables.pod.initContainers) ? variables.pod.initContainers : []) + variables.pod.containers',
        },
        offenders: 'variables.all.map(c, c.nam)',
      },
      'Container has no field nam, did you mean name',
    ],
  ])('%s', (_, changes, expected) => {
    expect(messages(changes)).toEqual([expected]);
  });

  test('whichever of two lists is empty', () => {
    const expected = ['Container has no field nam, did you mean name'];
    expect(messages({ offenders: '([] + variables.pod.containers).map(c, c.nam)' })).toEqual(expected);
    expect(messages({ offenders: '(variables.pod.containers + []).map(c, c.nam)' })).toEqual(expected);
  });

  test('of a variable that comes later', () => {
    expect(messages({ variables: { one: 'variables.two', two: '1' } })).toEqual(['there is no variable two yet']);
  });

  test('where a scalar is read as an object', () => {
    expect(messages({ offenders: '[object.metadata.name.first]' })).toEqual(['string has no field first']);
    const parts = 'object.metadata.name.findAll("[a-z]+").map(part, part.first)';
    expect(messages({ offenders: parts })).toEqual(['string has no field first']);
    expect(messages({ offenders: 'object.metadata.labels.map(key, key.first)' })).toEqual([
      'string has no field first',
    ]);
    expect(messages({ offenders: '[variables.pod.containers.name]' })).toEqual(['Container[] has no field name']);
  });

  test('and the complaint says where', () => {
    expect(complaints({ variables: { first: 'object.spce' }, offenders: '[variables.first]' })).toEqual([
      {
        document: 'example',
        expression: 'first',
        kind: 'Deployment',
        message: 'Deployment has no field spce, did you mean spec',
      },
    ]);
  });

  test('for the kinds alone that do not have the field', () => {
    const found = complaints({
      kinds: kinds('Deployment', 'DaemonSet', 'Rollout'),
      offenders: '[object.spec.replicas]',
    });
    expect(found.map(({ kind }) => kind)).toEqual(['DaemonSet']);
  });
});

test.each([
  'variables.pod.initContainers.filter(c, has(c.restartPolicy)).map(c, c.name)',
  'variables.pod.containers.filter(c, has(c.lifecycle.preStop.sleep.seconds)).map(c, c.name)',
  'has(variables.pod.hostUsers) && has(variables.pod.resources.limits) ? ["x"] : []',
  'variables.pod.topologySpreadConstraints.all(t, has(t.matchLabelKeys)) ? [] : ["x"]',
  'variables.pod.containers.map(c, c.resources.limits["cpu"])',
  'variables.pod.containers.map(c, c.resources.limits.memory)',
  'variables.pod.hostAliases.map(a, a.ip)',
  'variables.pod.containers.filter(c, c.ports.exists(p, p.hostIP == "")).map(c, c.name)',
  'object.metadata.labels.map(key, object.metadata.labels[key])',
  'object.metadata.name.findAll("[a-z]+").filter(part, size(part) > 63)',
])('a field that is there is none: %s', (offenders) => {
  expect(messages({ offenders })).toEqual([]);
});

test('of a kind that nobody has described, anything may be read', () => {
  const kind = { group: 'example.com', version: 'v1', resource: 'shops', kind: 'Shop' };
  expect(messages({ kinds: [kind], offenders: '[object.spec.whatever]' })).toEqual([]);
});

test('the table of fields is what `scripts/describe-kubernetes.ts` writes', () => {
  const described = describeKubernetes();
  const written = readFileSync(FIELDS_FILE, 'utf8');
  expect(JSON.parse(written)).toEqual(described);
  const text = asText(described);
  expect(written === text).toBe(true);
  expect(text.length).toBeLessThan(150_000);
});
