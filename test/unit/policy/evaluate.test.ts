import { admissionDocuments, objectPolicy, POD_CARRIERS, type ObjectPolicy } from '../../../lib/policy';
import { evaluator, type Verdict } from '../../../lib/policy/evaluate';

const DEPLOYMENT = POD_CARRIERS.filter(({ kind }) => kind === 'Deployment');

function verdict(
  changes: Partial<ObjectPolicy>,
  { spec, ...object }: { spec?: object; metadata?: { name: string; ownerReferences?: object[] } } = {},
): Verdict {
  const policy = objectPolicy({
    id: 'example',
    category: 'hygiene',
    title: 'There is an example',
    kinds: DEPLOYMENT,
    offenders: '[]',
    message: 'is wrong',
    fix: 'mend it',
    ...changes,
  });
  const [document] = admissionDocuments(policy, policy.parameters ?? {});
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template: { spec: {} }, ...spec },
    ...object,
  };
  return evaluator(document!).evaluate(manifest);
}

describe('a document', () => {
  test('is kept, or names what breaks it', () => {
    expect(verdict({})).toEqual({ outcome: 'pass' });
    expect(verdict({ offenders: '["spec/replicas"]' })).toEqual({ outcome: 'violation', offenders: ['spec/replicas'] });
  });

  test('does not apply where it says so, and offenders are not asked for', () => {
    const applies = { when: 'has(object.spec.replicas)', otherwise: 'nothing is counted' };
    const offenders = 'object.spec.replicas > 1 ? [] : ["spec/replicas"]';
    expect(verdict({ applies, offenders })).toEqual({ outcome: 'notApplicable' });
    expect(verdict({ applies, offenders }, { spec: { replicas: 1 } }).outcome).toBe('violation');
  });

  test('does not apply to what an owner makes', () => {
    const owned = { metadata: { name: 'web', ownerReferences: [{ kind: 'Rollout', name: 'web' }] } };
    expect(verdict({ offenders: '["x"]' }, owned)).toEqual({ outcome: 'notApplicable' });
    expect(verdict({ offenders: '["x"]' }, { metadata: { name: 'web', ownerReferences: [] } }).outcome).toBe(
      'violation',
    );
  });

  test('a variable that nobody reads cannot fail', () => {
    const variables = { bad: 'object.spec.nowhere', good: '1' };
    expect(verdict({ variables, offenders: 'variables.good == 1 ? [] : ["x"]' })).toEqual({ outcome: 'pass' });
    expect(verdict({ variables, offenders: 'variables.bad == 1 ? [] : ["x"]' })).toEqual({
      outcome: 'ruleError',
      error: 'No such key: nowhere',
    });
  });

  test('a variable reads those before it', () => {
    const variables = { one: '["a"]', two: 'variables.one + ["b"]' };
    expect(verdict({ variables, offenders: 'variables.two' })).toEqual({ outcome: 'violation', offenders: ['a', 'b'] });
  });

  test('an error is of one line', () => {
    const failed = verdict({ offenders: 'quantity("much") == 1 ? [] : []' });
    expect(failed).toMatchObject({ outcome: 'ruleError', error: expect.not.stringContaining('\n') });
  });

  test('what is no list of paths is an error, and so is applying by anything but true and false', () => {
    expect(verdict({ offenders: 'true' }).outcome).toBe('ruleError');
    expect(verdict({ offenders: '[1]' }).outcome).toBe('ruleError');
    expect(verdict({ applies: { when: '"yes"', otherwise: '' } }).outcome).toBe('ruleError');
    expect(verdict({ applies: { when: 'null', otherwise: '' } }).outcome).toBe('ruleError');
  });

  test('judges each object anew', () => {
    const policy = { offenders: 'object.spec.replicas > 1 ? [] : ["spec/replicas"]' };
    expect(verdict(policy, { spec: { replicas: 1 } }).outcome).toBe('violation');
    expect(verdict(policy, { spec: { replicas: 2 } }).outcome).toBe('pass');
  });
});
