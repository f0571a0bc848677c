import type { Manifest } from '../../../lib/kube/manifest';
import { World } from '../../../lib/policy';
import { allows, mayReach, networkPolicies } from '../../../policies/networking/rules';

const pod = (namespace: string, name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { app: name, part: 'shop' } },
  spec: { containers: [{ name, ports: [{ name: 'http', containerPort: 8080 }] }] },
});

const policy = (namespace: string, spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `policy-${namespace}`, namespace },
  spec: { podSelector: {}, ...spec },
});

const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

const web = pod('web', 'web');
const cart = pod('cart', 'cart');
const HTTP = { name: 'http', port: 8080, protocol: 'TCP' };

function mayCall(spec: object, port = HTTP): boolean {
  const world = new World([
    web,
    cart,
    namespace('cart', { team: 'sales' }),
    policy('web', { policyTypes: ['Egress'], ...spec }),
  ]);
  const [caller] = world.podsIn('web');
  const [callee] = world.podsIn('cart');
  return allows(world, 'Egress', caller!, callee!, port);
}

const to = (...peers: object[]) => ({ egress: [{ to: peers }] });
const byName = { matchLabels: { 'kubernetes.io/metadata.name': 'cart' } };

describe('whether a pod may talk with another', () => {
  test.each<[string, object, boolean]>([
    ['everyone, by no peers', { egress: [{}] }, true],
    ['nobody, by no rules', {}, false],
    ['a namespace by its name', to({ namespaceSelector: byName }), true],
    ['a namespace by a label', to({ namespaceSelector: { matchLabels: { team: 'sales' } } }), true],
    ['another namespace', to({ namespaceSelector: { matchLabels: { team: 'risk' } } }), false],
    ['pods of it', to({ namespaceSelector: byName, podSelector: { matchLabels: { app: 'cart' } } }), true],
    [
      'pods by two labels',
      to({ namespaceSelector: byName, podSelector: { matchLabels: { part: 'shop', app: 'cart' } } }),
      true,
    ],
    ['other pods of it', to({ namespaceSelector: byName, podSelector: { matchLabels: { app: 'web' } } }), false],
    [
      'pods by an expression',
      to({ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }),
      true,
    ],
    ['pods of its own namespace', to({ podSelector: { matchLabels: { app: 'cart' } } }), false],
    ['addresses', to({ ipBlock: { cidr: '10.0.0.0/8' } }), false],
    ['one of several', to({ ipBlock: { cidr: '10.0.0.0/8' } }, { namespaceSelector: byName }), true],
    [
      'two that both ask for a label',
      to(
        { podSelector: { matchLabels: { app: 'web' } } },
        { namespaceSelector: byName, podSelector: { matchLabels: { app: 'cart' } } },
      ),
      true,
    ],
  ])('%s', (_, spec, expected) => {
    expect(mayCall(spec)).toBe(expected);
  });

  test.each<[string, object, boolean]>([
    ['the number', { port: 8080 }, true],
    ['the name', { port: 'http' }, true],
    ['another name', { port: 'grpc' }, false],
    ['another number', { port: 80 }, false],
    ['another protocol', { port: 8080, protocol: 'UDP' }, false],
    ['a range', { port: 8000, endPort: 8080 }, true],
    ['a range below', { port: 8000, endPort: 8079 }, false],
    ['a range above', { port: 8081, endPort: 8090 }, false],
    ['every port of the protocol', { protocol: 'TCP' }, true],
  ])('on %s', (_, port, expected) => {
    expect(mayCall({ egress: [{ to: [{ namespaceSelector: byName }], ports: [port] }] })).toBe(expected);
  });

  test('a pod that no policy selects may talk with everyone', () => {
    expect(mayCall({ policyTypes: ['Ingress'] })).toBe(true);
  });
});

test.each<[string, object, boolean]>([
  ['by its name', to({ namespaceSelector: byName }), true],
  [
    'by one of its names',
    to({
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['bank', 'cart'] }],
      },
    }),
    true,
  ],
  ['by a label that it may have', to({ namespaceSelector: { matchLabels: { team: 'sales' } } }), true],
  [
    'by the name of another',
    to({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bank' } } }),
    false,
  ],
  ['by pods of the own namespace', to({ podSelector: {} }), false],
  ['by addresses', to({ ipBlock: { cidr: '0.0.0.0/0' } }), false],
  ['by no peers', { egress: [{}] }, true],
  ['by a rule for the way in', { ingress: [{}] }, false],
])('a namespace that nobody knows is reached %s', (_, spec, expected) => {
  const world = new World([web, policy('web', { policyTypes: ['Ingress', 'Egress'], ...spec })]);
  expect(mayReach(world, world.podsIn('web')[0]!, 'cart')).toBe(expected);
});

test.each<[string, object, string[]]>([
  ['the way in, where nothing is said', {}, ['Ingress']],
  ['both ways, where it has a rule for the way out', { egress: [{}] }, ['Ingress', 'Egress']],
  ['what it says', { policyTypes: ['Egress'] }, ['Egress']],
])('a policy closes %s', (_, spec, expected) => {
  expect(networkPolicies(new World([policy('web', spec)]))[0]!.directions).toEqual(expected);
});
