import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from '../../../lib/kube/manifest';
import { toYaml, toYamlDocuments } from '../../../lib/kube/yaml';

function readBack(text: string): unknown[] {
  return (['1.1', '1.2'] as const).map((version) => parse(text, { version }) as unknown);
}

describe('toYaml', () => {
  test('prints a Kubernetes object in block style, keys in the given order', () => {
    const deployment = {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: 'checkout', labels: { 'app.kubernetes.io/name': 'checkout', version: '1.10' } },
      spec: {
        replicas: 3,
        paused: false,
        template: {
          spec: {
            containers: [
              { name: 'app', args: ['--port=8080', '-v'], resources: { requests: { cpu: '100m', memory: '128Mi' } } },
              { name: 'proxy', image: 'registry.example.com/proxy:v1@sha256:0a', env: [] },
            ],
            volumes: [{ name: 'tmp', emptyDir: {} }],
            nodeSelector: null,
          },
        },
      },
    };

    expect(toYaml(deployment)).toBe(`kind: Deployment
apiVersion: apps/v1
metadata:
  name: checkout
  labels:
    app.kubernetes.io/name: checkout
    version: "1.10"
spec:
  replicas: 3
  paused: false
  template:
    spec:
      containers:
        - name: app
          args:
            - --port=8080
            - -v
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
        - name: proxy
          image: registry.example.com/proxy:v1@sha256:0a
          env: []
      volumes:
        - name: tmp
          emptyDir: {}
      nodeSelector: null
`);
  });

  test('prints lists in lists and empty collections anywhere', () => {
    const value = { a: [[1, [2, {}]], [[]], [{ b: [], c: 1 }]], d: {} };
    const text = toYaml(value);
    expect(text).toBe(`a:
  - - 1
    - - 2
      - {}
  - - []
  - - b: []
      c: 1
d: {}
`);
    expect(readBack(text)).toEqual([value, value]);
  });

  test.each([
    'yes',
    'No',
    'ON',
    'off',
    'y',
    'N',
    'true',
    'FALSE',
    'null',
    'Null',
    '~',
    '',
    'nan',
    '.nan',
    '.inf',
    '-.INF',
    '-inf',
    '1',
    '007',
    '0o17',
    '0x1F',
    '0b11',
    '1_000',
    '1e3',
    '1E+3',
    '.5',
    '-1',
    '+1',
    '1.2.3',
    '3.',
    '22:22',
    '1:30:00.5',
    '2001-12-14',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43Z',
    '5e31',
    '12e03',
    'e3',
    'E+3',
    '-e0',
    '=',
    '<<',
    '!tag',
    '&a',
    '*a',
    '?',
    '-',
    '- a',
    '---',
    '...',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
    '{a',
    '[a',
    '#a',
    ', a',
    ']',
    '}',
    'a: b',
    'a:',
    'a #b',
    ' a',
    'a ',
    'a\tb',
    '"a"',
    "'a'",
    'é',
    '日本',
    'a\u00a0b',
    'a\r\nb',
  ])('quotes the string %j, as value and as key', (text) => {
    expect(toYaml({ key: text })).toBe(`key: ${JSON.stringify(text)}\n`);
    expect(toYaml({ [text]: 'v' })).toBe(`${JSON.stringify(text)}: v\n`);
    expect(readBack(toYaml([text, { [text]: text }]))).toEqual(Array(2).fill([text, { [text]: text }]));
  });

  test.each([
    'a',
    'web-1',
    '/ready',
    'http://shop:80/a?b=c#d',
    '100m',
    '128Mi',
    '1s',
    '5m30s',
    '10.0.0.0/8',
    '--flag',
    '-v',
    '25%',
    'Orders are slow, or lost',
    'sum(rate(x{a="b"}[5m])) > 0.1',
    'a:b',
    'a#b',
    'yesterday',
    'nullable',
    "it's",
  ])('leaves the string %j plain, as value and as key', (text) => {
    expect(toYaml({ key: text })).toBe(`key: ${text}\n`);
    expect(toYaml({ [text]: 'v' })).toBe(`${text}: v\n`);
    expect(readBack(toYaml([text, { [text]: text }]))).toEqual(Array(2).fill([text, { [text]: text }]));
  });

  test.each([
    ['a\nb\n', 'key: |\n  a\n  b\n'],
    ['a\nb', 'key: |-\n  a\n  b\n'],
    ['a\n\n  b\n\tc', 'key: |-\n  a\n\n    b\n  \tc\n'],
    ['# a\n--- b\n', 'key: |\n  # a\n  --- b\n'],
    ['schön\n日本 😀\n', 'key: |\n  schön\n  日本 😀\n'],
  ])('prints %j as a literal block', (text, expected) => {
    expect(toYaml({ key: text })).toBe(expected);
    expect(readBack(expected)).toEqual([{ key: text }, { key: text }]);
    expect(readBack(toYaml([text, [text]]))).toEqual(Array(2).fill([text, [text]]));
    expect(readBack(toYaml(text))).toEqual([text, text]);
  });

  test.each([
    '\n',
    '\na',
    ' a\nb',
    '\ta\nb',
    'a \nb',
    'a\t\nb',
    'a\nb ',
    'a\n\n',
    'a\n \nb',
    'a\n\u0085b',
    'a\n\u2028',
    'a\n\ufeff',
    'a\n\u0000',
    'a\r\nb\r\n',
    'a\n\ud800',
    'a\n\u007f',
  ])('does not trust a literal block with %j', (text) => {
    expect(toYaml({ key: text })).toMatch(/^key: "[^\n]*"\n$/);
    expect(readBack(toYaml({ key: text }))).toEqual([{ key: text }, { key: text }]);
  });

  test.each([
    ['\u0000\u001b', '"\\u0000\\u001b"'],
    ['\u007f\u0080\u0085\u009f', '"\\u007f\\u0080\\u0085\\u009f"'],
    ['\u2028\u2029\ufeff\ufffe\uffff', '"\\u2028\\u2029\\ufeff\\ufffe\\uffff"'],
    ['\ud800', '"\\ud800"'],
    ['x\udc00y', '"x\\udc00y"'],
    ['😀', '"😀"'],
    ['\\ " / \t', '"\\\\ \\" / \\t"'],
  ])('escapes %j', (text, expected) => {
    expect(toYaml([text])).toBe(`- ${expected}\n`);
    expect(toYaml({ [text]: 1 })).toBe(`${expected}: 1\n`);
    expect(readBack(toYaml({ [text]: text }))).toEqual(Array(2).fill({ [text]: text }));
  });

  test.each([
    [0, '0'],
    [-0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1.0e+21'],
    [-1e-7, '-1.0e-7'],
    [1.5e300, '1.5e+300'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ])('prints the number %d as %s', (value, expected) => {
    expect(toYaml([value])).toBe(`- ${expected}\n`);
    expect(readBack(toYaml([value]))).toEqual([[value === 0 ? 0 : value], [value === 0 ? 0 : value]]);
  });

  test('leaves out undefined fields, also where nothing else is left', () => {
    expect(toYaml({ a: undefined, b: { c: undefined }, d: 1, e: undefined })).toBe('b: {}\nd: 1\n');
    expect(toYaml([{ a: undefined, b: 1 }])).toBe('- b: 1\n');
    expect(toYaml({ a: undefined })).toBe('{}\n');
  });

  test('keeps an own __proto__', () => {
    const value: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": "x"}');
    expect(toYaml(value)).toBe('"__proto__":\n  a: 1\nconstructor: x\n');
    expect(JSON.stringify(parse(toYaml(value)))).toBe('{"__proto__":{"a":1},"constructor":"x"}');
  });

  test('writes a key too long for one line in the explicit form', () => {
    const key = 'k'.repeat(2000);
    for (const value of ['v', { a: [1] }, [{ a: 1 }, 2], 'x\ny\n', {}]) {
      expect(readBack(toYaml({ [key]: value, next: 1 }))).toEqual(Array(2).fill({ [key]: value, next: 1 }));
    }
  });

  test('takes plain objects without a prototype', () => {
    expect(toYaml(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('a: 1\n');
  });

  test.each([
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [() => 1, 'a function'],
    [Symbol('x'), 'a symbol'],
    [10n, 'a bigint'],
    [new Date(0), 'an object of a class'],
    [new Map([['a', 1]]), 'an object of a class'],
  ])('refuses %p and says where it is', (value, what) => {
    expect(() => toYaml({ spec: { list: [1, value] } })).toThrow(
      new Error(`cannot be written as YAML: ${what} at spec.list[1]`),
    );
  });

  test('refuses undefined where it cannot be left out', () => {
    expect(() => toYaml([undefined])).toThrow(new Error('cannot be written as YAML: undefined at [0]'));
    expect(() => toYaml(Array(1))).toThrow(new Error('cannot be written as YAML: undefined at [0]'));
    expect(() => toYaml(undefined)).toThrow(new Error('cannot be written as YAML: undefined'));
  });

  test('refuses an object that contains itself', () => {
    const circle: Record<string, unknown> = {};
    circle.self = [circle];
    expect(() => toYaml(circle)).toThrow(/an object nested too deeply, or in itself at self\[0\]\.self/);
  });

  test('prints the same text every time and leaves its argument alone', () => {
    const value = Object.freeze({ b: Object.freeze(['x\ny']), a: 1 });
    expect(toYaml(value)).toBe(toYaml(value));
  });
});

describe('toYamlDocuments', () => {
  const named = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

  test('separates documents and ends with one newline', () => {
    const text = toYamlDocuments([named('a'), { ...named('b'), data: { file: 'x\ny\n' } }, named('c')]);
    expect(text).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: a
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: b
data:
  file: |
    x
    y
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
`);
    expect(parseAllDocuments(text).map((document) => (document.toJS() as Manifest).metadata.name)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  test('is empty without documents', () => {
    expect(toYamlDocuments([])).toBe('');
  });
});
