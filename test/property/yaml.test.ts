import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from '../../lib/kube/yaml';

jest.setTimeout(60_000);

/** Pieces out of which YAML goes wrong, alone and put together. */
const PIECES = [
  ...[
    '',
    ' ',
    '  ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    ':',
    ': ',
    ' #',
    '#',
    '-',
    '- ',
    '--',
    '---',
    '...',
    '?',
    '? ',
    '|',
    '>',
    '%',
    '@',
    '`',
    '!',
  ],
  ...[
    '&',
    '*',
    '<<',
    '=',
    '~',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '\\',
    '/',
    '+',
    '.',
    '_',
    '0',
    '1',
    '7',
    '08',
    '0x',
    '0b',
    '0o',
    'e',
    'E',
    'n',
  ],
  ...[
    'y',
    'yes',
    'No',
    'on',
    'OFF',
    'true',
    'null',
    'nan',
    '.inf',
    '.NaN',
    '22:22',
    '2001-12-14',
    'T',
    'Z',
    'a',
    'key',
    '__proto__',
    'm',
    'Mi',
  ],
  ...[
    'é',
    '日',
    '😀',
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u009f',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
  ],
];

const nastyString = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.constantFrom('a', 'b: c', '  d', '\te', '', '# f', '- g', '---', '|', '日 本', '"', 'h: "i"'), {
      maxLength: 6,
    })
    .map((lines) => lines.join('\n')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[0-9+.:_eExobTZ a-f-]{1,12}$/),
  fc.stringMatching(/^[-+]{0,2}[0-9.:_]?[eEoxbn]?[-+]?[0-9_.]?$/),
);

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
const nasty = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      nastyString,
      nastyString,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    // A `__proto__` key has to be an own one.
    fc.array(fc.tuple(nastyString, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** JSON has no -0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each(['1.1', '1.2'] as const)('what is printed reads back the same in YAML %s', (version) => {
  fc.assert(
    fc.property(fc.oneof(json, nasty), (value) => {
      const read: unknown = parse(toYaml(value), { version, maxAliasCount: 0 });
      expect(read).toStrictEqual(asJson(value));
      // `toStrictEqual` sees neither the order of keys nor an own `__proto__`.
      expect(JSON.stringify(read)).toBe(JSON.stringify(value));
    }),
    { numRuns: 2000 },
  );
});

test('no line ends in a space, and there is exactly one newline at the end', () => {
  fc.assert(
    fc.property(fc.oneof(json, nasty), (value) => {
      const text = toYaml(value);
      expect(text).not.toMatch(/[ \t\r]$/m);
      expect(text).toMatch(/[^\n]\n$/);
    }),
    { numRuns: 2000 },
  );
});

test('every string is read as that string, whatever it looks like, as value, key and item', () => {
  fc.assert(
    fc.property(nastyString, (text) => {
      const value = { [text]: text, list: [text, [text]] };
      for (const version of ['1.1', '1.2'] as const) {
        expect(JSON.stringify(parse(toYaml(value), { version }))).toBe(JSON.stringify(value));
      }
    }),
    { numRuns: 3000 },
  );
});
