import fc from 'fast-check';
import { Quantity } from '../../../lib/policy/quantity';

const nano = (text: string): bigint => Quantity.of(text).nano;
const BILLION = 10n ** 9n;

describe('a quantity', () => {
  test.each([
    ['1n', 1n],
    ['1u', 1_000n],
    ['1m', 1_000_000n],
    ['1', BILLION],
    ['1k', 10n ** 12n],
    ['1M', 10n ** 15n],
    ['1G', 10n ** 18n],
    ['1T', 10n ** 21n],
    ['1P', 10n ** 24n],
    ['1E', 10n ** 27n],
    ['1Ki', BILLION * 2n ** 10n],
    ['1Mi', BILLION * 2n ** 20n],
    ['1Gi', BILLION * 2n ** 30n],
    ['1Ti', BILLION * 2n ** 40n],
    ['1Pi', BILLION * 2n ** 50n],
    ['1Ei', BILLION * 2n ** 60n],
    ['2e3', 2n * 10n ** 12n],
    ['2E3', 2n * 10n ** 12n],
    ['2e-3', 2_000_000n],
    ['2e+1', 20n * BILLION],
    ['1.5Gi', (BILLION * 3n * 2n ** 30n) / 2n],
    ['.5', BILLION / 2n],
    ['5.', 5n * BILLION],
    ['+7', 7n * BILLION],
    ['-250m', -250_000_000n],
  ])('%s', (text, expected) => {
    expect(nano(text)).toBe(expected);
  });

  test('what is finer than nano is rounded away from zero', () => {
    expect(nano('0.1n')).toBe(1n);
    expect(nano('1.000000000001')).toBe(BILLION + 1n);
    expect(nano('-0.1n')).toBe(-1n);
    expect(nano('0e-12')).toBe(0n);
  });

  test.each(['', ' ', '.', '-', 'm', 'Mi', '1K', '1 Gi', '1,5', '1e', '1e3m', '0x10', '1.2.3', 'NaN', '1Zi', '--1'])(
    '%j is none',
    (text) => {
      expect(Quantity.parse(text)).toBeUndefined();
      expect(() => Quantity.of(text)).toThrow(`${JSON.stringify(text)} is not a quantity`);
    },
  );

  test('a whole number that fits an int can be one', () => {
    expect(Quantity.of('2Ki').asInteger).toBe(2048n);
    expect(Quantity.of('1500m').isInteger).toBe(false);
    expect(() => Quantity.of('1500m').asInteger).toThrow('no whole number');
    expect(Quantity.of('9223372036854775807').isInteger).toBe(true);
    expect(Quantity.of('9223372036854775808').isInteger).toBe(false);
    expect(Quantity.of('1500m').asFloat).toBe(1.5);
  });
});

/** Whole part, part after the point, and by what the suffix multiplies. */
const SUFFIXES: readonly (readonly [string, bigint, bigint])[] = [
  ['n', 1n, 10n ** 9n],
  ['u', 1n, 10n ** 6n],
  ['m', 1n, 1000n],
  ['', 1n, 1n],
  ['k', 1000n, 1n],
  ['M', 10n ** 6n, 1n],
  ['E', 10n ** 18n, 1n],
  ['Ki', 1024n, 1n],
  ['Ti', 1024n ** 4n, 1n],
  ['e3', 1000n, 1n],
  ['E-4', 1n, 10n ** 4n],
];

const quantity = fc
  .record({
    isNegative: fc.boolean(),
    whole: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    fraction: fc.option(fc.stringMatching(/^\d{1,6}$/), { nil: '' }),
    suffix: fc.constantFrom(...SUFFIXES),
  })
  .map(({ isNegative, whole, fraction, suffix: [suffix, times, per] }) => ({
    text: `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}${suffix}`,
    top: (isNegative ? -1n : 1n) * BigInt(`${whole}${fraction}`) * times,
    bottom: per * 10n ** BigInt(fraction.length),
  }));

test('is never smaller than the exact number, by less than a nano away from zero', () => {
  fc.assert(
    fc.property(quantity, ({ text, top, bottom }) => {
      const error = (nano(text) * bottom - top * BILLION) * (top < 0n ? -1n : 1n);
      expect(error >= 0n && error < bottom).toBe(true);
    }),
  );
});

test('compares, adds and subtracts as exact numbers do', () => {
  fc.assert(
    fc.property(quantity, quantity, (a, b) => {
      const [x, y] = [Quantity.of(a.text), Quantity.of(b.text)];
      const difference = a.top * b.bottom - b.top * a.bottom;
      // Two numbers within one nano of each other may be rounded to one.
      const isClear = (difference < 0n ? -difference : difference) * BILLION > a.bottom * b.bottom;
      const order = difference > 0n ? 1n : -1n;
      expect(isClear ? x.compareTo(y) : order).toBe(order);
      expect(y.compareTo(x)).toBe(-x.compareTo(y));
      expect(x.add(y).sub(y).compareTo(x)).toBe(0n);
    }),
  );
});
