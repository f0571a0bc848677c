import type { ServiceSpec } from '../../../lib';
import { merged } from '../../../lib/blueprint/overrides';
import { codes, fleetOf, listOf, only, problemsOf, rendered, spec } from '../fleet/fleets';

const reason = 'an old client needs it';
type Override = NonNullable<ServiceSpec['overrides']>[number];
const over = (kind: string, patch: Override['patch'], name?: string): ServiceSpec =>
  spec({ overrides: [{ target: { kind, ...(name === undefined ? {} : { name }) }, patch, reason }] });
const template = (pod: object) => ({ spec: { template: { spec: pod } } });

describe('an override', () => {
  test('is laid over its object, and says why on it', () => {
    const manifests = rendered(over('Service', { spec: { sessionAffinity: 'ClientIP' } }));
    manifests.has('Service', {
      metadata: { name: 'app', annotations: { 'golden-path.dev/overridden-because': reason } },
      spec: { type: 'ClusterIP', sessionAffinity: 'ClientIP', selector: { 'app.kubernetes.io/name': 'app' } },
    });
    manifests.hasNo('Deployment', { metadata: { annotations: { 'golden-path.dev/overridden-because': reason } } });
  });

  test('merges lists by the names of their members', () => {
    const manifests = rendered(
      over(
        'Deployment',
        template({
          containers: [
            { name: 'app', tty: true, ports: [{ name: 'http', hostPort: 9 }] },
            { name: 'more', image: 'x' },
          ],
        }),
      ),
    );
    const { containers } = (manifests.one('Deployment').spec as { template: { spec: { containers: object[] } } })
      .template.spec;
    expect(containers).toMatchObject([
      { name: 'app', tty: true, readinessProbe: {}, ports: [{ name: 'http', containerPort: 8080, hostPort: 9 }] },
      { name: 'more', image: 'x' },
    ]);
  });

  test('replaces lists whose members have no name', () => {
    const tolerations = [{ operator: 'Exists' }];
    const manifests = rendered(over('Deployment', template({ tolerations })));
    expect(manifests.one('Deployment').spec).toMatchObject({ template: { spec: { tolerations } } });
    expect(JSON.stringify(manifests.one('Deployment'))).not.toContain('not-ready');
  });

  test('removes by null', () => {
    const manifests = rendered(
      over('Deployment', { spec: { progressDeadlineSeconds: null, template: { spec: { dnsConfig: null } } } }),
    );
    const { spec: left } = manifests.one('Deployment') as unknown as { spec: { template: { spec: object } } };
    expect(left).not.toHaveProperty('progressDeadlineSeconds');
    expect(left.template.spec).not.toHaveProperty('dnsConfig');
    expect(left).toHaveProperty('minReadySeconds');
  });

  test('hits every object of a kind, or the one that it names', () => {
    const change = { metadata: { annotations: { seen: 'yes' } } };
    const seen = (service: ServiceSpec) =>
      listOf(fleetOf({ app: service }))
        .filter(({ metadata }) => metadata.annotations?.seen === 'yes')
        .map(({ metadata }) => metadata.name)
        .sort();
    expect(seen(over('NetworkPolicy', change))).toEqual(['app', 'deny-all']);
    expect(seen(over('NetworkPolicy', change, 'app'))).toEqual(['app']);
  });

  test('comes after another one in order, and both reasons stay', () => {
    const first = { target: { kind: 'Service' }, patch: { spec: { sessionAffinity: 'ClientIP' } }, reason };
    const second = {
      ...first,
      patch: { spec: { sessionAffinity: 'None', internalTrafficPolicy: 'Local' } },
      reason: 'the client is gone',
    };
    rendered(spec({ overrides: [first, second] })).has('Service', {
      metadata: { annotations: { 'golden-path.dev/overridden-because': `${reason}; the client is gone` } },
      spec: { sessionAffinity: 'None', internalTrafficPolicy: 'Local' },
    });
  });

  test.each([
    ['Service', { spec: { trafficDistribution: 'PreferClose' } }],
    ['HorizontalPodAutoscaler', { spec: { behavior: { scaleUp: { tolerance: '5%' } } } }],
    ['Deployment', { spec: { template: { spec: { hostUsers: false } } } }],
  ])('may set a field that is newer than the library which makes the object: %s', (kind, patch) => {
    rendered(over(kind, patch)).has(kind, patch);
  });

  test.each([
    ['ResourceQuota', { spec: { hard: { pods: '99' } } }],
    ['PodDisruptionBudget', { spec: { unhealthyPodEvictionPolicy: 'IfHealthyBudget' } }],
    ['HorizontalPodAutoscaler', { spec: { maxReplicas: 50 } }],
    ['LimitRange', { metadata: { annotations: { seen: 'yes' } } }],
  ])('leaves everything else of the object as it was: %s', (kind, patch) => {
    const plain = rendered(spec()).one(kind);
    expect(rendered(over(kind, patch)).one(kind)).toEqual(
      merged(merged(plain, patch), { metadata: { annotations: { 'golden-path.dev/overridden-because': reason } } }),
    );
  });

  test('may add a field at the top', () => {
    rendered(over('ServiceAccount', { imagePullSecrets: [{ name: 'pull' }] })).has('ServiceAccount', {
      imagePullSecrets: [{ name: 'pull' }],
    });
  });

  test('gives the same bytes however its keys are ordered', () => {
    const text = (annotations: Record<string, string>) =>
      JSON.stringify(rendered(over('Service', { metadata: { annotations } })).one('Service'));
    expect(text({ b: '1', a: '2' })).toBe(text({ a: '2', b: '1' }));
  });

  test.each([
    [{ apiVersion: 'v2' }, 'apiVersion'],
    [{ kind: 'DaemonSet' }, 'kind'],
    [{ metadata: { name: 'other' } }, 'metadata.name'],
    [{ metadata: { namespace: 'other' } }, 'metadata.namespace'],
    [{ spec: { selector: { matchLabels: { a: 'b' } } } }, 'spec.selector'],
    [{ metadata: { labels: { 'app.kubernetes.io/name': 'x' } } }, 'metadata.labels.app.kubernetes.io/name'],
    [{ metadata: { labels: null } }, 'metadata.labels.app.kubernetes.io/name'],
    [
      { spec: { template: { metadata: { labels: { 'app.kubernetes.io/instance': null } } } } },
      'spec.template.metadata.labels.app.kubernetes.io/instance',
    ],
    [{ spec: null }, 'spec.selector'],
  ])('cannot touch what others refer to: %j', (patch, path) => {
    const problems = problemsOf(over('Deployment', patch)).filter(({ code }) => code === 'locked');
    expect(problems).toContainEqual(
      expect.objectContaining({
        kind: 'rule',
        subject: 'app',
        path: 'overrides[0].patch',
        message: expect.stringContaining(`${path} cannot be overridden`),
      }),
    );
  });

  test('can touch what only looks alike', () => {
    expect(problemsOf(over('Deployment', { metadata: { labels: { 'app.kubernetes.io/version': '1' } } }))).toEqual([]);
    expect(problemsOf(over('Deployment', template({ nodeSelector: { name: 'x' } })))).toEqual([]);
  });

  test('that finds no object is refused, with what there is and what was meant', () => {
    expect(only(problemsOf(over('Deploymnet', {})), 'override-without-target')).toMatchObject({
      kind: 'input',
      path: 'overrides[0].target',
      got: 'Deploymnet',
      fix: 'did you mean Deployment',
      expected: expect.stringContaining('Deployment app, Service app'),
    });
    expect(codes(problemsOf(over('Service', {}, 'other')))).toEqual(['override-without-target overrides[0].target']);
  });

  test('without a reason is refused', () => {
    const overrides = [{ target: { kind: 'Service' }, patch: {}, reason: 'because' }];
    expect(only(problemsOf(spec({ overrides })), 'invalid-value')).toMatchObject({
      path: 'overrides[0].reason',
      expected: 'a sentence of at least 10 characters',
    });
  });

  test('cannot bring a secret in', () => {
    const env = [{ name: 'STRIPE_KEY', value: `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}` }];
    expect(problemsOf(over('Deployment', template({ containers: [{ name: 'app', env }] })))).not.toEqual([]);
  });
});

describe('a merge', () => {
  test.each([
    [{ a: 1, b: { c: 2 } }, { b: { d: 3 } }, { a: 1, b: { c: 2, d: 3 } }],
    [{ a: 1 }, { a: null }, {}],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [
      { a: [{ name: 'x', v: 1 }] },
      { a: [{ name: 'y' }, { name: 'x', w: 2 }] },
      { a: [{ name: 'x', v: 1, w: 2 }, { name: 'y' }] },
    ],
    [{ a: [{ name: 'x' }] }, { a: [{ noName: 1 }] }, { a: [{ noName: 1 }] }],
    [{ a: 'text' }, { a: { b: 1 } }, { a: { b: 1 } }],
    // As in a JSON merge patch (RFC 7386), a removal inside of something new leaves nothing.
    [{}, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
  ])('of %j and %j is %j', (base, changes, expected) => {
    const before = structuredClone(base);
    expect(merged(base, changes)).toEqual(expected);
    expect(base).toEqual(before);
  });
});

describe('an extra object', () => {
  const monitor = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'app' },
    spec: { endpoints: [{ port: 'http' }] },
  };

  test('lives and dies with the service: in its namespace, with its labels', () => {
    rendered(spec({ extra: [monitor] })).has('ServiceMonitor', {
      metadata: {
        name: 'app',
        namespace: 'app',
        labels: { 'golden-path.dev/team': 'shop', 'golden-path.dev/tier': 'standard' },
      },
      spec: { endpoints: [{ port: 'http' }] },
    });
  });

  test('can be overridden like any other', () => {
    const overrides = [{ target: { kind: 'ServiceMonitor' }, patch: { spec: { interval: '5s' } }, reason }];
    rendered(spec({ extra: [monitor], overrides })).has('ServiceMonitor', { spec: { interval: '5s' } });
  });

  test.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['v1', 'Namespace'],
    ['v1', 'PersistentVolume'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
    ['apiregistration.k8s.io/v1', 'APIService'],
  ])('of the whole cluster is refused: %s %s', (apiVersion, kind) => {
    expect(
      only(problemsOf(spec({ extra: [{ apiVersion, kind, metadata: { name: 'x' } }] })), 'extra-outside-namespace'),
    ).toMatchObject({
      path: 'extra[0].kind',
      got: kind,
    });
  });

  test.each([
    ['postgresql.cnpg.io/v1', 'Cluster'],
    ['v1', 'PersistentVolumeClaim'],
  ])('of a namespace is not refused for its name: %s %s', (apiVersion, kind) => {
    expect(problemsOf(spec({ extra: [{ apiVersion, kind, metadata: { name: 'x' } }] }))).toEqual([]);
  });

  test('of another namespace is refused', () => {
    const there = { ...monitor, metadata: { name: 'app', namespace: 'kube-system' } };
    expect(only(problemsOf(spec({ extra: [there] })), 'extra-outside-namespace')).toMatchObject({
      path: 'extra[0].metadata.namespace',
      got: 'kube-system',
      expected: 'app',
    });
    expect(problemsOf(spec({ extra: [{ ...monitor, metadata: { name: 'app', namespace: 'app' } }] }))).toEqual([]);
  });

  test('that is there twice is a problem, not a crash', () => {
    expect(codes(problemsOf(spec({ extra: [monitor, monitor] })))).toEqual(['object-taken extra[1].metadata.name']);
  });

  test('that is already there under the same name is a problem: one of the two would be lost', () => {
    const extra = [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'app' }, spec: {} }];
    expect(only(problemsOf(spec({ extra })), 'object-taken')).toMatchObject({ got: 'Service app' });
  });

  test.each(['Service', 'ConfigMap', 'Namespace', 'ServiceAccount', 'NetworkPolicy', 'HorizontalPodAutoscaler'])(
    'of every kind that the blueprint makes is compared with its objects: %s',
    (wanted) => {
      const own = listOf(fleetOf({ app: spec({ env: { LEVEL: 'info' } }) })).find(({ kind }) => kind === wanted)!;
      const { apiVersion, kind, metadata } = own;
      const extra = [{ apiVersion, kind, metadata: { name: metadata.name } }];
      expect(problemsOf(spec({ env: { LEVEL: 'info' }, extra }))).not.toEqual([]);
    },
  );

  test('of the same kind and name in another API group is another object', () => {
    const extra = [{ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'app' }, spec: {} }];
    expect(problemsOf(spec({ extra }))).toEqual([]);
    expect(() => rendered(spec({ extra }))).not.toThrow();
  });

  test('cannot be a Secret with its value', () => {
    const extra = [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { colour: 'blue' } }];
    expect(codes(problemsOf(spec({ extra })))).toEqual(['literal-secret extra[0].stringData']);
  });
});
