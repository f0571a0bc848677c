import {
  codes,
  decision,
  DIGEST,
  fleetOf,
  IMAGE,
  manifestsOf,
  only,
  problemsIn,
  problemsOf,
  profileOf,
  resolvedSpec,
  spec,
} from '../fleet/fleets';

const PLAIN = 'ghcr.io/acme/app';
const side = { image: 'ghcr.io/acme/side' };
const tags = profileOf({ images: { pin: 'tag' } });

function imagesOf(images: Record<string, string>, service = spec({ image: PLAIN })) {
  const { spec: deployed } = manifestsOf(fleetOf({ app: service }), 'app', { images }).one('Deployment') as unknown as {
    spec: { template: { spec: { containers: { image: string }[]; initContainers?: { image: string }[] } } };
  };
  const { containers, initContainers = [] } = deployed.template.spec;
  return [...containers, ...initContainers].map(({ image }) => image);
}

test('the lock pins what runs, before the spec’s own pin', () => {
  const other = `${PLAIN}@sha256:${'f'.repeat(64)}`;
  expect(imagesOf({ app: `${PLAIN}${DIGEST}` })).toEqual([`${PLAIN}${DIGEST}`]);
  expect(imagesOf({ app: other }, spec())).toEqual([other]);
  expect(imagesOf({}, spec())).toEqual([IMAGE]);
});

test('the lock pins side containers as <service>/<container>', () => {
  const service = spec({ init: { prepare: side }, sidecars: { agent: side } });
  const images = { 'app/prepare': `${side.image}${DIGEST}`, 'app/agent': `${side.image}:v1${DIGEST}` };
  expect(imagesOf(images, service)).toEqual([IMAGE, `${side.image}:v1${DIGEST}`, `${side.image}${DIGEST}`]);
});

test('a Decision says which lock pinned the image', () => {
  const fleet = fleetOf({ app: spec({ image: PLAIN }) });
  const service = fleet.in('prod', { images: { app: `${PLAIN}${DIGEST}` }, imagesName: 'my.lock' }).resolved('app');
  expect(decision(service, 'image')).toMatchObject({
    value: `${PLAIN}${DIGEST}`,
    because: expect.stringContaining('pinned by my.lock'),
  });
  expect(decision(resolvedSpec(spec()), 'image').because).toBe('as written in the spec');
});

describe('where digests are demanded', () => {
  test.each([PLAIN, `${PLAIN}:v1`, `${PLAIN}:latest`, 'localhost:5000/app'])('%s is refused', (image) => {
    const problem = only(problemsOf(spec({ image })), 'image-not-pinned');
    expect(problem).toMatchObject({ kind: 'rule', path: 'image', got: image });
    expect(problem.expected).toMatch(/@sha256:\.\.\.$/);
    expect(problem.fix).toMatch(/^add a line "app: .*@sha256:\.\.\." to images\.prod\.lock$/);
  });

  test('a digest is fine, with or without a tag', () => {
    expect(problemsOf(spec())).toEqual([]);
    expect(problemsOf(spec({ image: `${PLAIN}:v1${DIGEST}` }))).toEqual([]);
  });

  test('a tag in the lock is no better than one in the spec', () => {
    expect(codes(problemsOf(spec({ image: PLAIN }), undefined, { images: { app: `${PLAIN}:v1` } }))).toEqual([
      'image-not-pinned image',
    ]);
  });

  test('every container is judged', () => {
    expect(codes(problemsOf(spec({ init: { prepare: side }, sidecars: { agent: side } })))).toEqual([
      'image-not-pinned init.prepare.image',
      'image-not-pinned sidecars.agent.image',
    ]);
  });

  test('the profile can let a repository, or all below a prefix, go by tag, and that is said aloud', () => {
    const image = `${PLAIN}:v1`;
    for (const allowed of [PLAIN, 'ghcr.io/acme', 'ghcr.io/acme/']) {
      const service = resolvedSpec(spec({ image }), profileOf({ images: { allowTags: [allowed] } }));
      expect(service.notes).toEqual([expect.stringContaining(`${image} is pinned by tag only`)]);
      expect(problemsOf(spec({ image }), profileOf({ images: { allowTags: [allowed] } }))).toEqual([]);
    }
  });

  test.each(['ghcr.io/acme/ap', 'ghcr.io/acm', 'ghcr.io/acm/'])('%s does not let it go by tag', (allowed) => {
    const profile = profileOf({ images: { allowTags: [allowed] } });
    expect(codes(problemsOf(spec({ image: `${PLAIN}:v1` }), profile))).toEqual(['image-not-pinned image']);
  });
});

describe('where a tag is enough', () => {
  test('one is needed that stands for a version', () => {
    expect(problemsOf(spec({ image: `${PLAIN}:v1` }), tags)).toEqual([]);
    for (const image of [PLAIN, `${PLAIN}:latest`])
      expect(only(problemsOf(spec({ image }), tags), 'image-not-pinned').expected).toContain(':<version>');
  });

  test('nothing is said aloud', () => {
    expect(resolvedSpec(spec({ image: `${PLAIN}:v1` }), tags).notes).toEqual([]);
  });
});

describe('registries', () => {
  const from = (...registries: string[]) => profileOf({ images: { registries } });

  test('are those of the profile, if it lists any', () => {
    expect(problemsOf(spec(), from('ghcr.io/acme/'))).toEqual([]);
    expect(problemsOf(spec(), from('docker.io/', 'ghcr.io/'))).toEqual([]);
    expect(only(problemsOf(spec(), from('docker.io/')), 'registry-not-allowed')).toMatchObject({
      path: 'image',
      got: PLAIN,
      expected: 'one of docker.io/',
      kind: 'rule',
    });
  });

  test.each(['ghcr.io/ac', 'ghcr.i', 'ghcr.io/acme/ap'])(
    '%s is a name of its own and no beginning of another',
    (registry) => {
      expect(codes(problemsOf(spec(), from(registry)))).toEqual(['registry-not-allowed image']);
    },
  );

  test('count without a trailing slash as well', () => {
    for (const registry of ['ghcr.io', 'ghcr.io/acme', PLAIN]) expect(problemsOf(spec(), from(registry))).toEqual([]);
  });
});

describe('the lock', () => {
  test('that names no container of the fleet is refused, with what was meant', () => {
    const problems = problemsOf(spec(), undefined, { images: { 'app/agnet': IMAGE, elsewhere: IMAGE } });
    expect(problems.map(({ code, path, subject }) => [code, path, subject])).toEqual([
      ['unknown-lock-entry', 'app/agnet', 'images.prod.lock'],
      ['unknown-lock-entry', 'elsewhere', 'images.prod.lock'],
    ]);
    expect(problems[1]).toMatchObject({ kind: 'input', fix: 'remove the line' });
    const sidecars = { agent: { image: IMAGE } };
    const [meant] = problemsOf(spec({ sidecars }), undefined, { images: { 'app/agnet': IMAGE } });
    expect(meant).toMatchObject({ fix: 'did you mean "app/agent"' });
  });

  test('may name a container that only another environment has', () => {
    const environments = { dev: { sidecars: { agent: { image: IMAGE } } } };
    expect(problemsOf(spec({ environments }), undefined, { images: { 'app/agent': IMAGE } })).toEqual([]);
  });

  test('of another image is refused', () => {
    const images = { app: `ghcr.io/acme/other${DIGEST}` };
    expect(only(problemsOf(spec({ image: PLAIN }), undefined, { images }), 'lock-of-another-image')).toMatchObject({
      path: 'image',
      got: images.app,
      expected: `${PLAIN} with a tag or digest`,
    });
  });

  test.each(['', 'UPPER/case', 'app@sha256:short', 'a b', 7 as unknown as string])(
    'line %j is no image reference',
    (line) => {
      expect(problemsIn(fleetOf({ app: spec() }), { images: { app: line } })).toEqual([
        expect.objectContaining({ code: 'invalid-value', kind: 'input', subject: 'images.prod.lock', path: 'app' }),
      ]);
    },
  );
});
