import { isEmpty, selects, type LabelSelector } from '../../../lib/policy';

const labels = { app: 'web', tier: 'gold' };
const expression = (key: string, operator: string, values?: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
});

describe('selects', () => {
  test.each<[LabelSelector, boolean]>([
    [{}, true],
    [{ matchLabels: {}, matchExpressions: [] }, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'gold' } }, true],
    [{ matchLabels: { app: 'web', tier: 'lead' } }, false],
    [{ matchLabels: { zone: 'a' } }, false],
    [{ matchLabels: { constructor: 'web' } }, false],
    [expression('app', 'In', ['web', 'api']), true],
    [expression('app', 'In', ['api']), false],
    [expression('zone', 'In', ['a']), false],
    [expression('app', 'In'), false],
    [expression('app', 'NotIn', ['api']), true],
    [expression('app', 'NotIn', ['web']), false],
    [expression('zone', 'NotIn', ['a']), true],
    [expression('app', 'Exists'), true],
    [expression('zone', 'Exists'), false],
    [expression('constructor', 'Exists'), false],
    [expression('zone', 'DoesNotExist'), true],
    [expression('app', 'DoesNotExist'), false],
    [{ matchLabels: { app: 'web' }, ...expression('tier', 'In', ['lead']) }, false],
  ])('%j: %s', (selector, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });

  test('an operator that is none is an error', () => {
    expect(() => selects(expression('app', 'Is', ['web']), labels)).toThrow('"Is" is no operator');
  });
});

test('a selector without requirements is empty', () => {
  expect(isEmpty({})).toBe(true);
  expect(isEmpty({ matchLabels: {}, matchExpressions: [] })).toBe(true);
  expect(isEmpty({ matchLabels: { app: 'web' } })).toBe(false);
  expect(isEmpty(expression('app', 'Exists'))).toBe(false);
});
