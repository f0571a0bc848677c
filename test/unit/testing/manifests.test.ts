import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import type { Manifest } from '../../../lib/kube/manifest';
import { Manifests, Match } from '../../../lib/testing';

const CHECKOUT: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'checkout', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'checkout' } },
  spec: {
    replicas: 3,
    template: {
      spec: {
        containers: [
          { name: 'proxy', image: 'proxy:2', args: [] },
          {
            name: 'app',
            image: 'checkout:1.2',
            args: ['--port', '80', '--fast', '--port', '81'],
            env: [{ name: 'A', value: '1' }],
          },
        ],
        nodeSelector: null,
      },
    },
  },
};
const PAYMENT: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'payment' },
  spec: { replicas: 2 },
};
const POLICY: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny' },
  spec: { podSelector: {}, egress: [], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'a' } } }] }] },
};

const manifests = Manifests.of([CHECKOUT, PAYMENT, POLICY]);
const checkout = (spec: Record<string, unknown>) => ({ metadata: { name: 'checkout' }, spec });
const pod = (spec: Record<string, unknown>) => checkout({ template: { spec } });
const containers = (list: unknown) => pod({ containers: list });

/** What an assertion says when it fails; fails itself when it does not. */
function complaint(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion holds');
}

describe('all, one, count', () => {
  test('find by kind and name', () => {
    expect(manifests.all('Deployment')).toEqual([CHECKOUT, PAYMENT]);
    expect(manifests.all('Service')).toEqual([]);
    expect(manifests.one('NetworkPolicy')).toBe(POLICY);
    expect(manifests.one('Deployment', 'payment')).toBe(PAYMENT);
    manifests.count('Deployment', 2);
    manifests.count('Service', 0);
  });

  test.each<[string, () => unknown, string]>([
    [
      'one of several',
      () => manifests.one('Deployment'),
      'expected one Deployment, got 2: apps/v1/Deployment/shop/checkout, apps/v1/Deployment/payment',
    ],
    [
      'one of none',
      () => manifests.one('Service'),
      'expected one Service, got none; there are 2 Deployment, NetworkPolicy',
    ],
    [
      'one of another name',
      () => manifests.one('NetworkPolicy', 'allow'),
      'expected one NetworkPolicy named "allow", got none; there are networking.k8s.io/v1/NetworkPolicy/deny',
    ],
    [
      'one name in two namespaces',
      () =>
        Manifests.of([PAYMENT, { ...PAYMENT, metadata: { name: 'payment', namespace: 'b' } }]).one(
          'Deployment',
          'payment',
        ),
      'expected one Deployment named "payment", got 2: apps/v1/Deployment/payment, apps/v1/Deployment/b/payment',
    ],
    [
      'one of nothing',
      () => Manifests.of([]).one('Service'),
      'expected one Service, got none; there are no objects at all',
    ],
    [
      'a count too small',
      () => manifests.count('Deployment', 1),
      'expected 1 of kind Deployment, got 2: apps/v1/Deployment/shop/checkout, apps/v1/Deployment/payment',
    ],
    [
      'a count of none',
      () => manifests.count('Service', 1),
      'expected 1 of kind Service, got none; there are 2 Deployment, NetworkPolicy',
    ],
  ])('fails on %s', (_, assertion, message) => {
    expect(complaint(assertion)).toBe(message);
  });
});

describe('has', () => {
  test.each<[string, Record<string, unknown> | undefined]>([
    ['nothing asked', undefined],
    ['an empty pattern', {}],
    ['one field', { spec: { replicas: 2 } }],
    ['fields of one object', checkout({ replicas: 3 })],
    ['a null', pod({ nodeSelector: null })],
    ['one item by name', containers([{ name: 'app', image: 'checkout:1.2' }])],
    ['items by name in any order', containers([{ name: 'app' }, { name: 'proxy' }])],
    ['names within names', containers([{ name: 'app', env: [{ name: 'A', value: '1' }] }])],
    ['items in order with others between', containers([{ name: 'app', args: ['--port', '--fast', '81'] }])],
    ['one item twice', containers([{ name: 'app', args: ['--port', '--port'] }])],
    ['items without a name by pattern', containers([{ image: 'proxy:2' }, { image: Match.regex(/^checkout/) }])],
    ['an empty list', containers([{ name: 'proxy', args: [] }])],
    ['an absent field', checkout({ paused: Match.absent() })],
    ['an absent field in an item', containers([{ name: 'proxy', env: Match.absent() }])],
    ['any value', checkout({ template: Match.any() })],
    ['an exact value', containers([{ name: 'app', env: Match.exact([{ name: 'A', value: '1' }]) }])],
    [
      'an exact value with a matcher in it',
      containers([{ name: 'app', env: Match.exact([{ name: 'A', value: Match.any() }]) }]),
    ],
    ['a regular expression', containers([{ name: 'app', image: Match.regex(/:\d+\.\d+$/) }])],
  ])('holds for %s', (_, pattern) => {
    expect(() => manifests.has('Deployment', pattern)).not.toThrow();
    expect(() => manifests.hasNo('Deployment', pattern)).toThrow(/^expected no Deployment/);
  });

  test.each<[string, Record<string, unknown>, string, string, string]>([
    ['another value', checkout({ replicas: 4 }), 'spec.replicas', '3', '4'],
    ['another type', checkout({ replicas: '3' }), 'spec.replicas', '3', '"3"'],
    ['a field that is not there', checkout({ paused: false }), 'spec.paused', 'nothing', 'false'],
    ['null for a field that is not there', checkout({ paused: null }), 'spec.paused', 'nothing', 'null'],
    [
      'a field that only all objects have',
      checkout({ constructor: Match.any() }),
      'spec.constructor',
      'nothing',
      'any value',
    ],
    ['an object where there is none', checkout({ replicas: { a: 1 } }), 'spec.replicas', '3', '{"a":1}'],
    [
      'an object where there is a list',
      pod({ containers: { a: 1 } }),
      'spec.template.spec.containers',
      expect.stringMatching(/^\[/),
      '{"a":1}',
    ],
    ['a list where there is none', checkout({ replicas: [3] }), 'spec.replicas', '3', '[3]'],
    ['an empty object', checkout({ template: {} }), 'spec.template', expect.stringMatching(/^\{"spec/), '{}'],
    ['an empty list', containers([]), 'spec.template.spec.containers', expect.stringMatching(/^\[/), '[]'],
    [
      'an item of another name',
      containers([{ name: 'db' }]),
      'spec.template.spec.containers.db',
      'only proxy, app',
      '{"name":"db"}',
    ],
    [
      'an item by name',
      containers([{ name: 'app', image: 'x' }]),
      'spec.template.spec.containers.app.image',
      '"checkout:1.2"',
      '"x"',
    ],
    [
      'an item by pattern',
      containers([{ image: 'proxy:3' }]),
      'spec.template.spec.containers[0].image',
      '"proxy:2"',
      '"proxy:3"',
    ],
    [
      'items in the wrong order',
      containers([{ name: 'app', args: ['--fast', '80'] }]),
      'spec.template.spec.containers.app.args',
      '["--port","81"] after [2]',
      '"80" in it',
    ],
    [
      'an item once too often',
      containers([{ name: 'app', args: ['80', '80'] }]),
      'spec.template.spec.containers.app.args',
      '["--fast","--port","81"] after [1]',
      '"80" in it',
    ],
    ['a field that should be absent', checkout({ replicas: Match.absent() }), 'spec.replicas', '3', 'no such field'],
    [
      'null that should be absent',
      pod({ nodeSelector: Match.absent() }),
      'spec.template.spec.nodeSelector',
      'null',
      'no such field',
    ],
    ['null for any', pod({ nodeSelector: Match.any() }), 'spec.template.spec.nodeSelector', 'null', 'any value'],
    ['nothing for any', checkout({ paused: Match.any() }), 'spec.paused', 'nothing', 'any value'],
    [
      'a regular expression',
      containers([{ name: 'app', image: Match.regex(/^x/) }]),
      'spec.template.spec.containers.app.image',
      '"checkout:1.2"',
      'a string like /^x/',
    ],
    [
      'a regular expression for a number',
      checkout({ replicas: Match.regex(/3/) }),
      'spec.replicas',
      '3',
      'a string like /3/',
    ],
    [
      'an exact list',
      containers([{ name: 'app', args: Match.exact(['--port']) }]),
      'spec.template.spec.containers.app.args',
      '["--port","80","--fast","--port","81"]',
      '["--port"]',
    ],
    [
      'an exact object with less',
      { metadata: Match.exact({ name: 'payment', namespace: 'shop' }) },
      'metadata.namespace',
      'nothing',
      '"shop"',
    ],
    [
      'an exact object with more',
      { metadata: Match.exact({ name: 'checkout', namespace: 'shop' }) },
      'metadata.labels',
      '{"app.kubernetes.io/name":"checkout"}',
      'no such field',
    ],
    [
      'an exact object with an order',
      containers([{ name: 'app', env: Match.exact([{ name: 'B', value: '1' }]) }]),
      'spec.template.spec.containers.app.env[0].name',
      '"A"',
      '"B"',
    ],
  ])('fails on %s, and says where', (_, pattern, path, got, expected) => {
    const lines = complaint(() => manifests.has('Deployment', pattern)).split('\n');
    expect(lines[0]).toMatch(/^none of 2 of kind Deployment matches; closest is apps\/v1\/Deployment\//);
    expect(lines.slice(1)).toEqual([
      `  at ${path}`,
      expect.stringMatching(/^ {4}got: {6}/),
      `    expected: ${expected}`,
    ]);
    expect(lines[2]?.slice(14)).toEqual(got);
    expect(() => manifests.hasNo('Deployment', pattern)).not.toThrow();
  });

  test('takes empty for empty, which says much in a policy', () => {
    manifests.has('NetworkPolicy', { spec: { podSelector: {}, egress: [] } });
    const from = [{ podSelector: {} }];
    expect(complaint(() => manifests.has('NetworkPolicy', { spec: { ingress: [{ from }] } }))).toBe(
      [
        'the only NetworkPolicy does not match; closest is networking.k8s.io/v1/NetworkPolicy/deny',
        '  at spec.ingress[0].from[0].podSelector',
        '    got:      {"matchLabels":{"app":"a"}}',
        '    expected: {}',
      ].join('\n'),
    );
  });

  test('fails on a kind that is not there', () => {
    expect(complaint(() => manifests.has('Service'))).toBe(
      'there is no Service; there are 2 Deployment, NetworkPolicy',
    );
  });

  test('shows the closest object: the one that misses the least', () => {
    const pattern = { metadata: { namespace: 'shop' }, spec: { replicas: 5 } };
    expect(complaint(() => manifests.has('Deployment', pattern))).toBe(
      [
        'none of 2 of kind Deployment matches; closest is apps/v1/Deployment/shop/checkout',
        '  at spec.replicas',
        '    got:      3',
        '    expected: 5',
      ].join('\n'),
    );
  });

  test('counts all that a missing part would have held', () => {
    const pattern = { spec: { replicas: 2, template: { spec: { containers: Match.any(), nodeSelector: null } } } };
    expect(complaint(() => Manifests.of([PAYMENT, CHECKOUT]).has('Deployment', pattern))).toContain(
      'closest is apps/v1/Deployment/shop/checkout\n',
    );
  });

  test('shows the object of the name asked for, even if another is closer', () => {
    const pattern = { metadata: { name: 'payment', namespace: 'shop' }, spec: { replicas: 3 } };
    expect(complaint(() => manifests.has('Deployment', pattern))).toMatch(/closest is apps\/v1\/Deployment\/payment\n/);
  });

  test('shows no more than ten places', () => {
    const labels = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`l${i}`, 'x']));
    const lines = complaint(() => manifests.has('Deployment', { metadata: { name: 'checkout', labels } })).split('\n');
    expect(lines).toHaveLength(1 + 3 * 10 + 1);
    expect(lines.at(-1)).toBe('  and 3 more');
  });

  test('chooses among items of one name the one that matches', () => {
    const ports = [
      { name: 'dns', protocol: 'TCP' },
      { name: 'dns', protocol: 'UDP' },
    ];
    const service = Manifests.of([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports } }]);
    service.has('Service', { spec: { ports: [{ name: 'dns', protocol: 'UDP' }] } });
    service.hasNo('Service', { spec: { ports: [{ name: 'dns', protocol: 'SCTP' }] } });
  });

  test('asks a regular expression with the g flag the same question every time', () => {
    const image = Match.regex(/app/g);
    const objects = Manifests.of([{ ...PAYMENT, spec: { image: 'app' } }]);
    for (let i = 0; i < 3; i++) objects.has('Deployment', { spec: { image } });
  });

  test.each<[string, () => Record<string, unknown>, string]>([
    [
      'undefined',
      () => checkout({ replicas: undefined }),
      'undefined at spec.replicas, use Match.absent() for a field',
    ],
    [
      'a regular expression itself',
      () => containers([{ image: /x/ }]),
      'an object of class RegExp at spec.template.spec.containers[0].image, use plain data',
    ],
    ['a function', () => checkout({ replicas: () => 3 }), 'a function at spec.replicas, use plain data'],
    [
      'absent in a list',
      () => containers([Match.absent()]),
      'Match.absent() at spec.template.spec.containers[0], use it on a field',
    ],
    [
      'undefined in exact',
      () => checkout({ replicas: Match.exact({ a: undefined }) }),
      'undefined at a, use Match.absent()',
    ],
  ])('refuses %s in a pattern, also where nothing would be compared', (_, pattern, message) => {
    for (const objects of [manifests, Manifests.of([])]) {
      expect(complaint(() => objects.has('Deployment', pattern()))).toContain(`the pattern cannot have ${message}`);
      expect(complaint(() => objects.hasNo('Deployment', pattern()))).toContain(`the pattern cannot have ${message}`);
    }
  });

  test('refuses a matcher in the place of the pattern', () => {
    const pattern = Match.any() as unknown as Record<string, unknown>;
    expect(complaint(() => manifests.has('Deployment', pattern))).toMatch(/^a matcher cannot stand for a whole object/);
  });
});

describe('hasNo', () => {
  test('holds when there is none', () => {
    manifests.hasNo('Service');
    manifests.hasNo('Deployment', { spec: { replicas: 1 } });
  });

  test('fails with the names of those that there are', () => {
    expect(complaint(() => manifests.hasNo('NetworkPolicy'))).toBe(
      'expected no NetworkPolicy, got 1: networking.k8s.io/v1/NetworkPolicy/deny',
    );
    expect(complaint(() => manifests.hasNo('Deployment', { spec: { replicas: Match.any() } }))).toBe(
      'expected no Deployment that matches the pattern, got 2: apps/v1/Deployment/shop/checkout, apps/v1/Deployment/payment',
    );
  });
});

describe('of a construct', () => {
  const configMap = (scope: Construct, name: string, data: unknown = {}) =>
    new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...{ data } });

  test('takes the objects of a chart as cdk8s makes them', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
    configMap(chart, 'a', { key: Lazy.any({ produce: () => 'late' }) as unknown });
    configMap(new Construct(chart, 'part'), 'b');
    expect(Manifests.of(chart).all('ConfigMap')).toEqual(Testing.synth(chart) as unknown[]);
    Manifests.of(chart).has('ConfigMap', { metadata: { name: 'a', namespace: 'shop' }, data: { key: 'late' } });
    Manifests.of(chart).count('ConfigMap', 2);
  });

  test('takes a part of a chart, or a whole app', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const part = new Construct(chart, 'part');
    configMap(part, 'a');
    configMap(chart, 'b');
    configMap(new Chart(app, 'other'), 'c');
    expect(Manifests.of(part).one('ConfigMap').metadata.name).toBe('a');
    expect(
      Manifests.of(app)
        .all('ConfigMap')
        .map((manifest) => manifest.metadata.name),
    ).toEqual(['a', 'b', 'c']);
  });

  test('fails on a construct that is not valid', () => {
    const chart = new Chart(Testing.app(), 'chart');
    configMap(chart, 'a').node.addValidation({ validate: () => ['no data'] });
    expect(complaint(() => Manifests.of(chart))).toBe('the construct is not valid:\n  [chart/a] no data');
  });
});
