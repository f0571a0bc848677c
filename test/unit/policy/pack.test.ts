import { ProblemsError, type Problem } from '../../../lib/core/problem';
import { objectPolicy, resolvePack, type PackFile, type Parameter } from '../../../lib/policy';

const policy = (id: string, parameters: Readonly<Record<string, Parameter>> = {}) =>
  objectPolicy({
    id,
    category: 'hygiene',
    title: 'There is an example',
    kinds: [],
    offenders: '[]',
    message: 'is wrong',
    fix: 'mend it',
    parameters,
  });

const POLICIES = [policy('replicas', { least: 2, names: ['a'] }), policy('liveness-probe'), policy('readiness-probe')];

const packs = (...files: PackFile[]) => new Map(files.map((file) => [file.name, file]));
const base: PackFile = {
  name: 'base',
  policies: { replicas: { severity: 'info', parameters: { least: 3 } }, 'liveness-probe': 'warning' },
};

const held = (name: string, ...files: PackFile[]) =>
  resolvePack(name, packs(...files), POLICIES).policies.map(({ policy: { id }, severity, parameters }) => [
    id,
    severity,
    parameters,
  ]);

function problemsOf(name: string, ...files: PackFile[]): readonly Problem[] {
  try {
    resolvePack(name, packs(...files), POLICIES);
  } catch (error) {
    if (ProblemsError.is(error)) return error.problems;
    throw error;
  }
  return [];
}

describe('resolvePack', () => {
  test('gives policies in the order of their ids, with the parameters of the pack over those of the policy', () => {
    expect(held('base', base)).toEqual([
      ['liveness-probe', 'warning', {}],
      ['replicas', 'info', { least: 3, names: ['a'] }],
    ]);
  });

  test('what stands in a pack wins over what it starts from, and a later base over an earlier one', () => {
    const strict: PackFile = { name: 'strict', policies: { 'liveness-probe': 'error', 'readiness-probe': 'info' } };
    const own: PackFile = { name: 'own', extends: ['base', 'strict'], policies: { 'readiness-probe': 'error' } };
    expect(held('own', base, strict, own)).toEqual([
      ['liveness-probe', 'error', {}],
      ['readiness-probe', 'error', {}],
      ['replicas', 'info', { least: 3, names: ['a'] }],
    ]);
  });

  test('another severity keeps the parameters, another parameter the others', () => {
    const severity: PackFile = { name: 'own', extends: ['base'], policies: { replicas: 'error' } };
    expect(held('own', base, severity)).toContainEqual(['replicas', 'error', { least: 3, names: ['a'] }]);
    const parameter: PackFile = {
      name: 'own',
      extends: ['base'],
      policies: { replicas: { severity: 'info', parameters: { names: ['b'] } } },
    };
    expect(held('own', base, parameter)).toContainEqual(['replicas', 'info', { least: 3, names: ['b'] }]);
  });

  test('starts from a pack that starts from another', () => {
    const middle: PackFile = { name: 'middle', extends: ['base'], policies: {} };
    expect(held('top', base, middle, { name: 'top', extends: ['middle'], policies: {} })).toEqual(held('base', base));
  });

  test('packs that start from each other hold what all of them hold', () => {
    const one: PackFile = { name: 'one', extends: ['two'], policies: { replicas: 'error' } };
    const two: PackFile = {
      name: 'two',
      extends: ['one', 'two'],
      policies: { replicas: 'info', 'liveness-probe': 'info' },
    };
    expect(held('one', one, two).map(([id, severity]) => [id, severity])).toEqual([
      ['liveness-probe', 'info'],
      ['replicas', 'error'],
    ]);
  });

  test.each<[string, PackFile, Partial<Problem>]>([
    [
      'a policy',
      { name: 'own', policies: { 'livenes-probe': 'error' } },
      { code: 'unknown-policy', path: 'policies.livenes-probe', fix: 'did you mean "liveness-probe"' },
    ],
    [
      'a parameter',
      { name: 'own', policies: { replicas: { severity: 'error', parameters: { leest: 2 } } } },
      { code: 'unknown-parameter', path: 'policies.replicas.parameters.leest', fix: 'did you mean "least"' },
    ],
    [
      'a parameter of a policy without any',
      { name: 'own', policies: { 'liveness-probe': { severity: 'error', parameters: { toString: 2 } } } },
      { code: 'unknown-parameter', expected: 'no parameter', fix: 'remove it' },
    ],
    [
      'a pack to start from',
      { name: 'own', extends: ['bse'], policies: {} },
      { code: 'unknown-pack', path: 'extends', got: 'bse', fix: 'did you mean "base"' },
    ],
    ['a severity', { name: 'own', policies: { replicas: 'fatal' as 'error' } }, { path: 'policies.replicas' }],
    [
      'a value of another type',
      { name: 'own', policies: { replicas: { severity: 'error', parameters: { least: '2' } } } },
      { code: 'invalid-value', path: 'policies.replicas.parameters.least', got: '"2"', expected: 'a value such as 2' },
    ],
    [
      'a map for a list',
      { name: 'own', policies: { replicas: { severity: 'error', parameters: { names: { a: 1 } } } } },
      { code: 'invalid-value', path: 'policies.replicas.parameters.names' },
    ],
  ])('%s that is not there is a problem of the pack', (_, own, expected) => {
    expect(problemsOf('own', base, own)).toMatchObject([{ subject: 'own', kind: 'input', ...expected }]);
  });

  test('a pack that is not there is a problem', () => {
    expect(problemsOf('bas', base)).toMatchObject([{ code: 'unknown-pack', got: 'bas', fix: 'did you mean "base"' }]);
    expect(problemsOf('other')).toMatchObject([{ code: 'unknown-pack', expected: 'no pack' }]);
  });

  test('all problems are told at once', () => {
    const own: PackFile = {
      name: 'own',
      policies: { nothing: 'error', replicas: { severity: 'error', parameters: { least: true, more: 1 } } },
    };
    expect(problemsOf('own', own).map(({ path }) => path)).toEqual([
      'policies.nothing',
      'policies.replicas.parameters.least',
      'policies.replicas.parameters.more',
    ]);
  });
});
