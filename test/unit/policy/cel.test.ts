import { compile, type Variables } from '../../../lib/policy/cel';

const evaluated = (expression: string, variables: Variables = {}): unknown => compile(expression)(variables);

describe('CEL', () => {
  test.each<[string, Variables, unknown]>([
    ['has(a.b)', { a: { b: 1 } }, true],
    ['has(a.b)', { a: {} }, false],
    ['has(a.constructor)', { a: {} }, false],
    ['"x" in a', { a: { x: 1 } }, true],
    ['a.all(x, x > 1)', { a: [2, 3] }, true],
    ['a.exists(x, x > 2)', { a: [2, 3] }, true],
    ['a.exists(key, a[key] == "y")', { a: { x: 'y' } }, true],
    [
      'a.filter(x, x.on).map(x, x.name)',
      {
        a: [
          { on: true, name: 'one' },
          { on: false, name: 'two' },
        ],
      },
      ['one'],
    ],
    ['[[1], []].map(x, size(x)) == [1, 0]', {}, true],
    ['["a", "b"].join(", ")', {}, 'a, b'],
    ['a.startsWith("x") && a.contains("y") && a.endsWith("z")', { a: 'xyz' }, true],
    ['a.matches("^x+$")', { a: 'xxx' }, true],
  ])('%s', (expression, variables, expected) => {
    expect(evaluated(expression, variables)).toEqual(expected);
  });

  test.each<[string, Variables]>([
    ['a == 1', { a: 1 }],
    ['a > 1', { a: 2 }],
    ['a >= 1.5', { a: 1.5 }],
    ['a < b', { a: 1, b: 2.5 }],
    ['a in [1, 2]', { a: 2 }],
    ['size(a) > b', { a: 'ab', b: 1 }],
    ['int(a) + 1 == 3', { a: 2 }],
  ])('numbers of JSON compare with whole numbers and with others: %s', (expression, variables) => {
    expect(evaluated(expression, variables)).toBe(true);
  });

  test.each([
    ['quantity("1Gi").compareTo(quantity("1024Mi")) == 0', true],
    ['quantity("500m").isLessThan(quantity("1"))', true],
    ['quantity("1").isLessThan(quantity("1"))', false],
    ['quantity("2").isGreaterThan(quantity("1"))', true],
    ['quantity("1").isGreaterThan(quantity("1"))', false],
    ['quantity("1Gi").add(quantity("1Gi")).compareTo(quantity("2Gi")) == 0', true],
    ['quantity("2").sub(quantity("1500m")).compareTo(quantity("500m")) == 0', true],
    ['quantity("2Ki").asInteger() + 1 == 2049', true],
    ['quantity("2Ki").isInteger()', true],
    ['quantity("1500m").asApproximateFloat() == 1.5', true],
    ['isQuantity("1Gi") && !isQuantity("1GiB")', true],
  ])('%s is %s', (expression, expected) => {
    expect(evaluated(expression)).toBe(expected);
  });

  test.each([
    ['"a1b22".find("[0-9]+")', '1'],
    ['"abc".find("[0-9]+")', ''],
    ['"a1b22".findAll("[0-9]+")', ['1', '22']],
    ['"abc".findAll("[0-9]+")', []],
    ['"a.b.c".replace(".", "-")', 'a-b-c'],
    ['"price".replace("price", "$& $1 $$")', '$& $1 $$'],
  ])('%s is %j', (expression, expected) => {
    expect(evaluated(expression)).toEqual(expected);
  });

  test('an expression that is none is an error that shows it', () => {
    expect(() => compile('has(a.b')).toThrow(/has\(a\.b/);
  });

  test('what is missing, unknown or of another type fails when it is evaluated, and says what', () => {
    expect(() => evaluated('a.b.c', { a: {} })).toThrow('No such key: b');
    expect(() => evaluated('nowhere')).toThrow('nowhere');
    expect(() => evaluated('quantity("much")')).toThrow('"much" is not a quantity');
    expect(() => evaluated('a > 1', { a: 'text' })).toThrow('overload');
  });
});
