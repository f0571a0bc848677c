import { admissionDocuments, objectPolicy, POD_CARRIERS, type ObjectPolicy } from '../../../lib/policy';

const kinds = (...names: string[]) => POD_CARRIERS.filter(({ kind }) => names.includes(kind));

function documents(changes: Partial<ObjectPolicy>, parameters = {}) {
  const policy = objectPolicy({
    id: 'example',
    category: 'hygiene',
    title: 'There is an example',
    kinds: POD_CARRIERS,
    offenders: '["x"]',
    message: 'is "wrong"',
    fix: 'mend it',
    ...changes,
  });
  return admissionDocuments(policy, parameters);
}

const valueOf = (document: ReturnType<typeof documents>[number], name: string) =>
  document.variables.find((variable) => variable.name === name)?.expression;

describe('the documents of a policy', () => {
  test('are one for each place where pods are', () => {
    const all = documents({
      variables: Object.fromEntries(
        ['pod', 'podAt', 'template', 'templateAt'].map((name) => [`${name}Text`, `variables.${name}`]),
      ),
    });
    expect(all.map(({ name }) => name)).toEqual(['example', 'example-job-template', 'example-pod']);
    expect(all.map((one) => one.kinds.map(({ kind }) => kind).join())).toEqual([
      'Deployment,StatefulSet,DaemonSet,ReplicaSet,Rollout,Job',
      'CronJob',
      'Pod',
    ]);
    expect(all.map((one) => valueOf(one, 'podText'))).toEqual([
      'object.spec.template.spec',
      'object.spec.jobTemplate.spec.template.spec',
      'object.spec',
    ]);
    expect(all.map((one) => valueOf(one, 'podAtText'))).toEqual([
      '"spec/template/spec"',
      '"spec/jobTemplate/spec/template/spec"',
      '"spec"',
    ]);
    expect(all.map((one) => valueOf(one, 'templateText'))).toEqual([
      'object.spec.template',
      'object.spec.jobTemplate.spec.template',
      'object',
    ]);
    expect(all.map((one) => valueOf(one, 'templateAtText'))).toEqual([
      '"spec/template"',
      '"spec/jobTemplate/spec/template"',
      '""',
    ]);
  });

  test('look only at what has pods, and nobody owns', () => {
    for (const { matchConditions } of documents({})) {
      expect(matchConditions.map(({ name }) => name)).toEqual(['has-pods', 'ownerless']);
    }
  });

  test('of another kind know no pod and no owner', () => {
    const kind = { group: '', version: 'v1', resource: 'services', kind: 'Service' };
    expect(documents({ kinds: [kind] })).toMatchObject([
      { name: 'example', kinds: [kind], matchConditions: [], variables: [{ name: 'applies' }, { name: 'offenders' }] },
    ]);
  });

  test('have parameters as literals first, then the variables, and what decides last', () => {
    const parameters = { least: 2, most: 1.5, names: ['a"b'], isOn: true, weights: { web: 1 } };
    const [one] = documents({ kinds: kinds('Deployment'), variables: { b: '1', a: '2' } }, parameters);
    expect(one!.variables.map(({ name }) => name)).toEqual([
      ...['least', 'most', 'names', 'isOn', 'weights'],
      ...['b', 'a', 'applies', 'offenders'],
    ]);
    expect(one!.variables.slice(0, 5).map(({ expression }) => expression)).toEqual([
      '2',
      '1.5',
      String.raw`["a\"b"]`,
      'true',
      '{"web":1}',
    ]);
  });

  test('ask for offenders where they apply, and put the message behind them', () => {
    const [one] = documents({ applies: { when: 'has(object.spec)', otherwise: '' } });
    expect(valueOf(one!, 'applies')).toBe('has(object.spec)');
    expect(valueOf(one!, 'offenders')).toBe('variables.applies ? (["x"]) : []');
    expect(one!.validation.messageExpression).toBe(
      String.raw`"example: " + variables.offenders.join(", ") + " is \"wrong\""`,
    );
  });
});
