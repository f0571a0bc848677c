import fc from 'fast-check';
import type { Manifest } from '../../../lib/kube/manifest';
import { groupOf, namespaceOf, podSource, selects, World } from '../../../lib/policy';

const object = (apiVersion: string, kind: string, name: string, namespace?: string, spec: unknown = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  spec,
});

const template = (labels?: object) => ({ metadata: { labels }, spec: { containers: [{ name: 'app' }] } });
const deployment = (name: string, namespace: string | undefined, labels?: object): Manifest =>
  object('apps/v1', 'Deployment', name, namespace, { template: template(labels) });

const web = deployment('web', 'shop', { app: 'web', tier: 'gold' });
const api = deployment('api', 'shop', { app: 'api' });
const other = deployment('web', 'bank', { app: 'web' });
const bare = deployment('bare', undefined);
const cron = object('batch/v1', 'CronJob', 'nightly', 'shop', {
  jobTemplate: { spec: { template: template({ app: 'web' }) } },
});
const pod: Manifest = {
  ...object('v1', 'Pod', 'shell', 'shop', { containers: [] }),
  metadata: { name: 'shell', namespace: 'shop', labels: { app: 'shell' } },
};
const service = object('v1', 'Service', 'web', 'shop');
const knative = object('serving.knative.dev/v1', 'Service', 'web', 'shop');
const world = new World([web, api, other, bare, cron, pod, service, knative]);

const names = (sources: readonly { readonly object: Manifest }[]) =>
  sources.map(({ object: { kind, metadata } }) => `${kind} ${metadata.name}`);

describe('a world', () => {
  test('finds objects by group and kind, in any version', () => {
    expect(world.of('', 'Service')).toEqual([service]);
    expect(world.of('serving.knative.dev', 'Service')).toEqual([knative]);
    expect(world.of('apps', 'StatefulSet')).toEqual([]);
    const old = object('autoscaling/v1', 'HorizontalPodAutoscaler', 'old', 'shop');
    const now = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'now', 'shop');
    expect(new World([old, now]).of('autoscaling', 'HorizontalPodAutoscaler')).toEqual([old, now]);
  });

  test('finds one by namespace and name', () => {
    expect(world.find('apps', 'Deployment', 'bank', 'web')).toBe(other);
    expect(world.find('apps', 'Deployment', 'bank', 'api')).toBeUndefined();
    expect(world.find('apps', 'Deployment', 'default', 'bare')).toBe(bare);
  });

  test('finds objects of a kind in a namespace, and the namespace itself', () => {
    expect(world.in('shop', 'apps', 'Deployment')).toEqual([web, api]);
    expect(world.in('nowhere', 'apps', 'Deployment')).toEqual([]);
    const namespace = object('v1', 'Namespace', 'shop');
    expect(new World([namespace]).namespace('shop')).toBe(namespace);
    expect(world.namespace('shop')).toBeUndefined();
  });

  test('of two objects of one name the first is found', () => {
    const again = deployment('web', 'shop');
    expect(new World([web, again]).find('apps', 'Deployment', 'shop', 'web')).toBe(web);
  });

  test('the pods of an owner that is there are its own, and count once', () => {
    const ownedBy = (name: string, namespace = 'shop'): Manifest => {
      const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name }];
      const made = object('apps/v1', 'ReplicaSet', 'made', namespace, { template: template({ app: 'web' }) });
      return { ...made, metadata: { ...made.metadata, ownerReferences } as Manifest['metadata'] };
    };
    expect(names(new World([ownedBy('web'), web]).pods)).toEqual(['Deployment web']);
    expect(names(new World([ownedBy('gone'), web]).pods)).toEqual(['ReplicaSet made', 'Deployment web']);
    expect(names(new World([ownedBy('web', 'bank'), web]).podsIn('bank'))).toEqual(['ReplicaSet made']);
  });

  test('derives once what is asked for by several', () => {
    const make = jest.fn((one: World) => one.manifests.length);
    expect(world.derived(make) + world.derived(make)).toBe(16);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('knows what makes pods, by namespace', () => {
    expect(names(world.podsIn('shop'))).toEqual(['Deployment web', 'Deployment api', 'CronJob nightly', 'Pod shell']);
    expect(names(world.podsIn('default'))).toEqual(['Deployment bare']);
    expect(world.podsIn('nowhere')).toEqual([]);
    expect(world.pods).toHaveLength(6);
  });

  test('selects pods by their labels, within a namespace', () => {
    expect(names(world.podsSelected('shop', { matchLabels: { app: 'web' } }))).toEqual([
      'Deployment web',
      'CronJob nightly',
    ]);
    expect(names(world.podsSelected('bank', {}))).toEqual(['Deployment web']);
    const notGold = { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gold'] }] };
    expect(names(world.podsSelected('shop', notGold))).toEqual(['Deployment api', 'CronJob nightly', 'Pod shell']);
    expect(world.podsSelected('nowhere', {})).toEqual([]);
  });
});

test('selecting through the index is the same as asking every pod', () => {
  const value = fc.constantFrom('a', 'b', 'c=d');
  const labels = fc.dictionary(fc.constantFrom('app', 'tier', 'example.com/zone'), value);
  const pods = fc.array(fc.tuple(fc.constantFrom('shop', 'bank'), labels), { maxLength: 8 });
  fc.assert(
    fc.property(pods, labels, (made, matchLabels) => {
      const manifests = made.map(([namespace, own], index) => deployment(`d${index}`, namespace, own));
      const one = new World(manifests);
      const expected = one.podsIn('shop').filter((source) => selects({ matchLabels }, source.labels));
      expect(names(one.podsSelected('shop', { matchLabels }))).toEqual(names(expected));
    }),
  );
});

describe('podSource', () => {
  test('is where the pods of an object are', () => {
    expect(podSource(web)).toMatchObject({ namespace: 'shop', labels: { app: 'web' }, at: 'spec/template/spec' });
    expect(podSource(cron)).toMatchObject({ at: 'spec/jobTemplate/spec/template/spec', labels: { app: 'web' } });
    expect(podSource(pod)).toMatchObject({ at: 'spec', labels: { app: 'shell' }, spec: { containers: [] } });
    expect(podSource(bare)!.labels).toEqual({});
  });

  test('is not there for what makes none, or does not say which', () => {
    expect(podSource(service)).toBeUndefined();
    expect(podSource(object('example.com/v1', 'Deployment', 'web', 'shop', { template: template() }))).toBeUndefined();
    expect(podSource(object('apps/v1', 'Deployment', 'web', 'shop', { template: null }))).toBeUndefined();
    expect(podSource(object('apps/v1', 'Deployment', 'web', 'shop'))).toBeUndefined();
  });
});

test('groups and namespaces that nobody names', () => {
  expect(groupOf({ apiVersion: 'v1' })).toBe('');
  expect(groupOf({ apiVersion: 'apps/v1' })).toBe('apps');
  expect(namespaceOf(bare)).toBe('default');
});
