import { positionOf, readManifestText } from '../../../lib/check/manifest-text';

const read = (text: string) => readManifestText(text, 'a.yaml');
const codes = (text: string) => read(text).problems.map(({ code, at }) => `${code} ${at?.line}`);
const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;
const names = (text: string) => read(text).manifests.map(({ manifest }) => manifest.metadata.name);

describe('what is read', () => {
  test.each([
    ['one document', pod('a'), ['a']],
    ['several documents', `${pod('a')}---\n${pod('b')}`, ['a', 'b']],
    [
      'a marker at the start, comments and empty documents',
      `# one\n---\n${pod('a')}---\n---\nnull\n---\n# end\n`,
      ['a'],
    ],
    ['Windows line ends', `${pod('a')}---\n${pod('b')}`.replaceAll('\n', '\r\n'), ['a', 'b']],
    ['an end marker', `${pod('a')}...\n---\n${pod('b')}`, ['a', 'b']],
    ['a document behind its marker', `--- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n`, ['a']],
    ['JSON', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }), ['a']],
    ['JSON with tabs', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, null, '\t'), ['a']],
    ['a List', `apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Pod, metadata: {name: a}}\n`, ['a']],
    [
      'a typed list',
      `apiVersion: v1\nkind: PodList\nitems:\n  - {apiVersion: v1, kind: Pod, metadata: {name: a}}\n`,
      ['a'],
    ],
    ['a custom kind', 'apiVersion: acme.example/v1\nkind: Rocket\nmetadata: {name: a}\n', ['a']],
    ['anchors', `${pod('a')}  labels: &l {x: y}\n  annotations: *l\n`, ['a']],
    ['a generated name', 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n', [undefined]],
    ['a text that holds three hyphens', `${pod('a')}data: |\n  ---\n  x\n`, ['a']],
  ])('%s', (_, text, expected) => {
    expect(read(text).problems).toEqual([]);
    expect(names(text)).toEqual(expected);
  });

  test('nothing at all is nothing, not a mistake', () => {
    for (const text of ['', '\n', '---\n', '# only words\n'])
      expect(read(text)).toEqual({ manifests: [], problems: [], notes: [] });
  });
});

describe('what cannot be used is told with its line, and the rest is read all the same', () => {
  test.each([
    ['no YAML', `${pod('a')}---\na: [1\n---\n${pod('b')}`, ['not-yaml 7'], ['a', 'b']],
    ['tabs', `${pod('a')}---\na:\n\tb: 1\n`, ['not-yaml 7'], ['a']],
    ['half a document', `${pod('a')}---\napiVersion: v1\nki`, ['not-yaml 8'], ['a']],
    ['a key twice', `${pod('a')}kind: Pod\n---\n${pod('b')}`, ['not-yaml 5'], ['b']],
    ['a list', `- a\n---\n${pod('b')}`, ['not-a-map 1'], ['b']],
    ['a bare word', `word\n---\n${pod('b')}`, ['not-a-map 1'], ['b']],
    ['no apiVersion', `kind: Pod\nmetadata: {name: a}\n---\n${pod('b')}`, ['required 1'], ['b']],
    ['no kind', `apiVersion: v1\n---\n${pod('b')}`, ['required 1'], ['b']],
    ['no metadata', `${pod('b')}---\napiVersion: v1\nkind: Pod\n`, ['required 6'], ['b']],
    ['a name that is no text', `apiVersion: v1\nkind: Pod\nmetadata: {name: 7}\n`, ['required 1'], []],
    [
      'a member of a List',
      'apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Pod, metadata: {name: a}}\n  - 7\n',
      ['not-a-map 5'],
      ['a'],
    ],
  ])('%s', (_, text, problems, left) => {
    expect(codes(text)).toEqual(problems);
    expect(names(text)).toEqual(left);
  });

  test('a template that nobody has rendered, with the way to do it', () => {
    const { problems } = read('apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ include "x" . }}-a\n');
    expect(problems).toMatchObject([
      { code: 'not-yaml', fix: 'render the template first: helm template … | golden check -' },
    ]);
  });

  test('nesting without end', () => {
    expect(codes('['.repeat(10_000))).toEqual(['too-deep 1']);
    expect(codes(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)).toEqual(['too-deep 1']);
    expect(codes('{a: '.repeat(10_000))).toEqual(['too-deep 1']);
    expect(codes(`${'- '.repeat(10_000)}a`)).toEqual(['too-deep 1']);
  });

  test('aliases that multiply themselves', () => {
    const lines = Array.from(
      { length: 40 },
      (_, level) =>
        `a${level}: &a${level} [${level === 0 ? '1' : `*a${level - 1}`}, ${level === 0 ? '1' : `*a${level - 1}`}]`,
    );
    expect(read(`${pod('a')}spec:\n  ${lines.join('\n  ')}\n`).problems).toMatchObject([
      { code: 'too-deep', message: 'this cannot be read: aliases that multiply themselves' },
    ]);
  });

  test('an alias to itself', () => {
    expect(
      read(`${pod('a')}spec: &s\n  again: *s\n`).manifests.length +
        read(`${pod('a')}spec: &s\n  again: *s\n`).problems.length,
    ).toBe(1);
  });

  test('bytes that are no text', () => {
    expect(codes('\u0000\u0001PNG')).toEqual(['not-yaml 1']);
  });
});

test('what is no Kubernetes object is passed over, and that is said', () => {
  expect(read(`replicas: 3\nimage: x\n---\n${pod('a')}`)).toMatchObject({
    problems: [],
    notes: ['a.yaml:1 is no Kubernetes object (no apiVersion, no kind) and was passed over'],
  });
});

describe('a place in a manifest', () => {
  const text = `# first\n${pod('a')}---\n# second\n${pod('b')}spec:\n  containers:\n    - name: app\n      image: x\n`;
  const { origin } = read(text).manifests[1]!;

  test.each([
    [['spec', 'containers', 0, 'image'], 15, 7],
    [['spec', 'containers', 0], 14, 7],
    [['metadata', 'name'], 11, 3],
    // What is missing is told at the nearest thing that was written.
    [['spec', 'containers', 0, 'livenessProbe', 'tcpSocket'], 14, 7],
    [['status'], 8, 1],
    [[], 8, 1],
  ])('%j is at line %i, column %i of its file', (steps, line, column) => {
    expect(positionOf(origin, steps)).toEqual({ file: 'a.yaml', line, column });
  });

  test('in a List', () => {
    const list = 'kind: List\napiVersion: v1\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata: {name: a}\n';
    expect(positionOf(read(list).manifests[0]!.origin, ['kind'])).toMatchObject({ line: 5, column: 5 });
  });
});
