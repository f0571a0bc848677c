import type { Api } from '../api';
import { kubernetesVersion } from '../components';
import type { KubeObject } from '../objects';
import { deployment, podSpec, refusal } from '../samples';
import { connect, makeNamespace } from '../suite';
import { waitUntil } from '../wait';

const api: Api = connect();
const shop = 'control-plane';
const bounded = 'control-plane-quota';

function pod(name: string, namespace: string, spec: object): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec };
}

beforeAll(async () => {
  await makeNamespace(api, shop, { 'pod-security.kubernetes.io/enforce': 'restricted' });
  await makeNamespace(api, bounded);
});

afterAll(async () => {
  for (const name of [shop, bounded]) await api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
});

test('the API server is the version that is pinned', async () => {
  expect(await api.version()).toBe(kubernetesVersion);
});

describe('admission', () => {
  test('a privileged pod is refused where Pod Security is restricted, a careful one is not', async () => {
    const privileged = podSpec({}, { securityContext: { privileged: true } });
    const refused = await refusal(api.create(pod('privileged', shop, privileged), { dryRun: true }));
    expect(refused.status).toBe(403);
    expect(refused.message).toContain('violates PodSecurity "restricted:latest"');
    await expect(api.create(pod('careful', shop, podSpec()), { dryRun: true })).resolves.toBeDefined();
  });

  test('a pod over the quota is refused, the ones within it are not', async () => {
    await api.apply({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'two-pods', namespace: bounded },
      spec: { hard: { pods: '2' } },
    });
    await waitUntil('the quota to be counted', async () => {
      const quota = await api.get({
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'two-pods', namespace: bounded },
      });
      return (quota['status'] as { hard?: unknown }).hard;
    });
    await api.create(pod('first', bounded, podSpec()));
    await api.create(pod('second', bounded, podSpec()));
    const refused = await refusal(api.create(pod('third', bounded, podSpec())));
    expect(refused.status).toBe(403);
    expect(refused.message).toContain('exceeded quota: two-pods, requested: pods=1, used: pods=2, limited: pods=2');
  });

  test('a limit range fills in what a container does not say and refuses what is too big', async () => {
    await api.apply({
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'modest', namespace: shop },
      spec: {
        limits: [
          {
            type: 'Container',
            max: { memory: '1Gi' },
            default: { memory: '512Mi' },
            defaultRequest: { memory: '256Mi' },
          },
        ],
      },
    });
    // Admission reads limit ranges from a cache of its own.
    const made = await waitUntil('the limit range to act', async () => {
      const dry = await api.create(pod('modest', shop, podSpec()), { dryRun: true });
      const [container] = (dry['spec'] as { containers: { resources?: { requests?: object } }[] }).containers;
      return container?.resources?.requests && container.resources;
    });
    expect(made).toEqual({ limits: { memory: '512Mi' }, requests: { memory: '256Mi' } });
    const big = podSpec({}, { resources: { limits: { memory: '2Gi' } } });
    expect((await refusal(api.create(pod('big', shop, big), { dryRun: true }))).message).toContain(
      'maximum memory usage per Container is 1Gi',
    );
    await api.remove({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'modest', namespace: shop } });
  });
});

describe('writing', () => {
  test('a field the API does not know is refused', async () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'typo', namespace: shop },
      date: { a: '1' },
    };
    const refused = await refusal(api.apply(config, { dryRun: true }));
    expect(refused.message).toContain('date: field not declared in schema');
    const misplaced = deployment(shop, 'typo', 1, podSpec({ terminationGracePeriod: 5 }));
    expect((await refusal(api.create(misplaced, { dryRun: true }))).message).toContain(
      'unknown field "spec.template.spec.terminationGracePeriod"',
    );
  });

  test('a second apply of the same object changes nothing', async () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'same', namespace: shop },
      data: { a: '1' },
    };
    const first = await api.apply<KubeObject>(config);
    expect((await api.apply<KubeObject>(config)).metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    const changed = await api.apply<KubeObject>({ ...config, data: { a: '2' } });
    expect(changed.metadata.resourceVersion).not.toBe(first.metadata.resourceVersion);
  });

  test('what the server warns of is heard', async () => {
    const warnings: string[] = [];
    const warn = (warning: string): void => void warnings.push(warning);
    const metadata = { name: 'old', namespace: shop };
    await api.create({ apiVersion: 'v1', kind: 'Endpoints', metadata }, { dryRun: true, warn });
    expect(warnings).toEqual([expect.stringContaining('v1 Endpoints is deprecated')]);
  });
});
