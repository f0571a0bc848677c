import fc from 'fast-check';
import { copied, deepFreeze } from '../../../lib/core/data';
import type { Manifest } from '../../../lib/kube/manifest';
import { withDefaults } from '../../../lib/policy/defaults';
import { samples } from '../../cluster/default-samples';

const manifests = samples.map(({ object }) => object as unknown as Manifest);

function manifest(apiVersion: string, kind: string, spec: unknown): Manifest {
  return { apiVersion, kind, metadata: { name: 'web' }, spec };
}

const pod = (spec: unknown): any => withDefaults(manifest('v1', 'Pod', spec)).spec;

describe('withDefaults', () => {
  test('leaves its argument alone, and gives back the same object when there is nothing to add', () => {
    for (const one of manifests) {
      const frozen = deepFreeze(copied(one));
      const once = withDefaults(frozen);
      expect(withDefaults(once)).toBe(once);
    }
  });

  test('shares what it does not change', () => {
    const labels = { app: 'web' };
    const given = { ...manifest('apps/v1', 'Deployment', {}), metadata: { name: 'web', labels } };
    const stored = withDefaults(given);
    expect(stored.spec).toMatchObject({ replicas: 1 });
    expect(stored.metadata).toBe(given.metadata);
  });

  test('leaves kinds of somebody else alone, but for what holds nothing', () => {
    const rollout = manifest('argoproj.io/v1alpha1', 'Rollout', { template: { spec: {} } });
    expect(withDefaults(rollout)).toBe(rollout);
    const paused = manifest('argoproj.io/v1alpha1', 'Rollout', { paused: null, template: { spec: {} } });
    expect(withDefaults(paused)).toEqual(rollout);
    const other = manifest('example.com/v1', 'Deployment', {});
    expect(withDefaults(other)).toBe(other);
  });

  test('a template does not request what it limits, a pod does', () => {
    const spec = { containers: [{ name: 'app', resources: { limits: { cpu: 1 }, requests: { memory: '1Gi' } } }] };
    expect(pod(spec).containers[0].resources.requests).toEqual({ cpu: '1', memory: '1Gi' });
    const deployment = withDefaults(manifest('apps/v1', 'Deployment', { template: { spec } })) as any;
    expect(deployment.spec.template.spec.containers[0].resources.requests).toEqual({ memory: '1Gi' });
  });

  test('ephemeral containers are completed as the others are', () => {
    const { ephemeralContainers } = pod({ ephemeralContainers: [{ name: 'debug', image: 'tool' }] });
    expect(ephemeralContainers).toMatchObject([{ imagePullPolicy: 'Always', terminationMessagePolicy: 'File' }]);
  });

  test.each([
    ['app', 'Always'],
    ['registry:5000/app', 'Always'],
    ['registry:5000/app:1', 'IfNotPresent'],
    ['app:latest', 'Always'],
    ['app@sha256:abc', 'IfNotPresent'],
    ['app:latest@sha256:abc', 'Always'],
    ['', 'IfNotPresent'],
    [undefined, 'IfNotPresent'],
  ])('image %j is pulled %s', (image, policy) => {
    expect(pod({ containers: [{ name: 'app', image }] }).containers[0].imagePullPolicy).toBe(policy);
  });

  test('null and empty lists are not stored', () => {
    const spec = pod({ nodeName: null, tolerations: [], containers: [{ name: 'app', livenessProbe: null, args: [] }] });
    expect(spec).not.toHaveProperty('nodeName');
    expect(spec).not.toHaveProperty('tolerations');
    expect(spec.containers[0]).not.toHaveProperty('livenessProbe');
    expect(spec.containers[0]).not.toHaveProperty('args');
  });

  test.each([undefined, null, 'text', 1, [], {}, { containers: 'text' }, { containers: [null, 'text', []] }])(
    'a pod with spec %j is read as far as it can be',
    (spec) => {
      expect(() => pod(spec)).not.toThrow();
    },
  );

  test('whatever is wrong in a manifest, it throws nothing, changes nothing given and is done after once', () => {
    const junk = fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      'text',
      0,
      -1,
      1.5,
      true,
      [],
      {},
      [null],
      ['text'],
      [[]],
    );
    const sabotaged = fc
      .record({ one: fc.constantFrom(...manifests), at: fc.nat(), by: junk })
      .map(({ one, at, by }) => replacedAt(copied(one), at, by));
    fc.assert(
      fc.property(sabotaged, (given) => {
        const once = withDefaults(deepFreeze(given));
        expect(withDefaults(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('quantities', () => {
  test.each([
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['1000', '1k'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1023', '1023'],
    ['0.5Ki', '512'],
    ['0.9765625Ki', '1k'],
    ['1.0001Ki', '1024103m'],
    ['0.0001', '1m'],
    ['100000n', '1m'],
    ['5000000E', '5000000E'],
    ['1e3', '1e3'],
    ['10e2', '1e3'],
    ['1e-3', '1e-3'],
    ['-1000m', '-1'],
    ['0Gi', '0'],
    [2, '2'],
    [0.25, '250m'],
    [134217728, '134217728'],
    ['lots', 'lots'],
    [true, true],
  ])('%j is stored as %j', (given, stored) => {
    const quota = withDefaults(manifest('v1', 'ResourceQuota', { hard: { cpu: given } })) as any;
    expect(quota.spec.hard.cpu).toBe(stored);
  });

  test('the size of a volume may be finer than a thousandth', () => {
    const sizeLimit = '100u';
    expect(pod({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit } }] }).volumes[0].emptyDir.sizeLimit).toBe('100u');
  });
});

/** The object with whatever stands at the `n`-th place of it, counted in depth, replaced. */
function replacedAt(object: Manifest, n: number, by: unknown): Manifest {
  const places: [any, string][] = [];
  const visit = (value: any): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value, key]);
      visit(value[key]);
    }
  };
  visit(object);
  const [parent, key] = places[n % places.length]!;
  parent[key] = by;
  return object;
}
