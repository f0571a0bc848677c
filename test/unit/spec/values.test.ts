import type { ZodType } from 'zod';
import {
  absolutePath,
  count,
  cpuQuantity,
  dnsLabel,
  duration,
  envName,
  imageReference,
  memoryQuantity,
  percent,
  portName,
  portNumber,
  serviceName,
} from '../../../lib/spec/values';
import { formatCpu, formatDuration, formatMemory, parseCpu, parseDuration, parseMemory } from '../../../lib/core/units';
import { specFor } from '../../../lib/spec/parse-spec';
import { spec } from '../fleet/fleets';

const digest = `sha256:${'a'.repeat(64)}`;

const VALUES: readonly [string, ZodType, readonly unknown[], readonly unknown[]][] = [
  [
    'a DNS label',
    dnsLabel,
    ['a', 'a-b', 'a1', 'a'.repeat(63)],
    ['', 'A', '1a', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64), 'a\n', 7, null],
  ],
  ['the name of a service', serviceName, ['cart', 'a'.repeat(40)], ['a'.repeat(41), 'Cart', 'cart\n']],
  [
    'the name of a port',
    portName,
    ['http', 'a', '8080a', 'http-admin', 'a'.repeat(15)],
    ['', '8080', 'a'.repeat(16), 'a--b', '-a', 'a-', 'Http', 'a_b'],
  ],
  ['a port', portNumber, [1024, 8080, 65535], [0, 1023, 65536, 8080.5, NaN, Infinity, '8080', null]],
  ['the name of a variable', envName, ['A', '_a', 'A1_b'], ['', '1A', 'A-B', 'A.B', 'A B', 'Ä']],
  [
    'a path',
    absolutePath,
    ['/a', '/etc/app.conf', '/a/.b', '/..a'],
    ['', '/', 'a', '/a/', '/a//b', '/a/../b', '/a/./b', '/..', '/../a', '/.', '//a', '/a:b', '/a\0b'],
  ],
  [
    'a time span',
    duration,
    ['250ms', '5s', '2m', '1h', '0s', '1.5s'],
    ['', '5', 's', '-5s', '5 s', '5S', '1d', '0.5ms', '1e3s', 'NaNs', 5],
  ],
  [
    'a CPU quantity',
    cpuQuantity,
    ['100m', '1', '0.5', '0.001', '12'],
    ['', '0', '0m', '0.0001', '-1', '1.5m', '1e3', '1k', 'm', 1],
  ],
  [
    'a memory quantity',
    memoryQuantity,
    ['128Mi', '1Gi', '512M', '1000', '0.5Gi'],
    ['', '0', '128m', '-1Mi', '1e3Mi', '1 Gi', '1gi', '0.3', 128],
  ],
  ['a number of things', count, [1, 1000], [0, -1, 1.5, NaN, Infinity, '1', 1e7]],
  ['a percentage', percent, [1, 100], [0, 101, 1.5, '50%']],
  [
    'an image',
    imageReference,
    ['nginx', 'nginx:1', 'ghcr.io/acme/app:v1', 'localhost:5000/a/b', `a@${digest}`, `a.b/c:v1@${digest}`],
    [
      '',
      'Nginx',
      'a b',
      'https://a/b',
      'a:',
      'a@',
      'a@sha256:abc',
      `a@sha512:${'a'.repeat(64)}`,
      '/a',
      'a/',
      'a//b',
      `a@${digest}\n`,
    ],
  ],
];

test.each(VALUES.flatMap(([name, schema, good]) => good.map((value) => [name, value, schema] as const)))(
  '%s can be %j',
  (_, value, schema) => {
    expect(schema.safeParse(value).success).toBe(true);
  },
);

test.each(VALUES.flatMap(([name, schema, , bad]) => bad.map((value) => [name, value, schema] as const)))(
  '%s cannot be %j',
  (_, value, schema) => {
    const result = schema.safeParse(value);
    expect(result.success).toBe(false);
    // Our sentence, not the library's.
    expect(result.error!.issues[0]!.message).not.toMatch(/^(Invalid|Too)/);
  },
);

describe('units', () => {
  test.each([
    ['250ms', 250],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ] as const)('%s are %i milliseconds, and back', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
    expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
  });

  test('what a quantity is formatted as is read back as the same', () => {
    for (const value of [1, 7, 100, 999, 1000, 1500, 12_000]) expect(parseCpu(formatCpu(value))).toBe(value);
    for (const value of [1, 1000, 1024, 1536, 2 ** 20, 5e8, 3 * 2 ** 30])
      expect(parseMemory(formatMemory(value))).toBe(value);
  });
});

describe('a spec in an environment', () => {
  const written = spec({
    env: { A: '1', B: '2' },
    args: ['a', 'b'],
    environments: { dev: { env: { B: '3' }, args: ['c'] } },
  });

  test('has the overlay laid over it, and no environments any more', () => {
    expect(specFor(written, 'dev')).toEqual(spec({ env: { A: '1', B: '3' }, args: ['c'] }));
    expect(specFor(written, 'prod')).toEqual(spec({ env: { A: '1', B: '2' }, args: ['a', 'b'] }));
  });

  test('leaves the written one alone', () => {
    const before = structuredClone(written);
    specFor(written, 'dev');
    expect(written).toEqual(before);
  });
});
