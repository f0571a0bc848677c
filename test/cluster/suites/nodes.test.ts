import type { Api } from '../api';
import { isNodeReady, setZonePower, zoneLabel } from '../nodes';
import type { KubeObject, Node, Pod } from '../objects';
import { deployment, podSpec, refusal } from '../samples';
import { connect, isServing, makeNamespace, podsOf } from '../suite';
import { waitUntil } from '../wait';

const api: Api = connect();
const shop = 'nodes';

async function servingPods(name: string, count: number): Promise<Pod[]> {
  return waitUntil(`${count} pods of "${name}" to be ready`, async () => {
    const pods = (await podsOf(api, shop, `app=${name}`)).filter(isServing);
    return pods.length === count && pods;
  });
}

async function budgetAllows(budget: KubeObject, disruptions: number): Promise<void> {
  await waitUntil(`the budget to allow ${disruptions} disruptions`, async () => {
    return ((await api.get(budget))['status'] as { disruptionsAllowed?: number }).disruptionsAllowed === disruptions;
  });
}

async function zonesByNode(): Promise<Map<string, string>> {
  const nodes = await api.list<Node>('v1', 'Node');
  return new Map(nodes.map((node) => [node.metadata.name, node.metadata.labels?.[zoneLabel] ?? '']));
}

beforeAll(async () => {
  await makeNamespace(api, shop, { 'pod-security.kubernetes.io/enforce': 'restricted' });
});

afterAll(async () => {
  await api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: shop } });
});

test('a job runs to its end, and one that fails is seen to fail', async () => {
  const job = (name: string, exitCode: string): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: shop },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { annotations: { 'testbed.golden-path.dev/exit-code': exitCode } },
        spec: podSpec({ restartPolicy: 'Never' }),
      },
    },
  });
  for (const [name, code, end] of [
    ['fine', '0', 'Complete'],
    ['broken', '1', 'Failed'],
  ] as const) {
    await api.create(job(name, code));
    const ended = await waitUntil(`job "${name}" to end`, async () => {
      const { conditions } = (await api.get(job(name, code)))['status'] as { conditions?: { type: string }[] };
      return conditions?.map(({ type }) => type).find((type) => type === 'Complete' || type === 'Failed');
    });
    expect(ended).toBe(end);
  }
});

test('an eviction is granted as long as the disruption budget allows it', async () => {
  await api.create(deployment(shop, 'budgeted', 3, podSpec()));
  const budget = await api.create<KubeObject>({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'budgeted', namespace: shop },
    spec: { minAvailable: 2, selector: { matchLabels: { app: 'budgeted' } } },
  });
  await budgetAllows(budget, 1);
  const [first, second] = await servingPods('budgeted', 3);
  if (!first || !second) throw new Error('three pods were ready');
  await api.evict(first);
  const refused = await refusal(api.evict(second));
  expect(refused.status).toBe(429);
  expect(refused.message).toContain("would violate the pod's disruption budget");
  await servingPods('budgeted', 3);
  await budgetAllows(budget, 1);
  await api.evict(second);
});

test('pods of a zone that has lost its power come up in the others, and the zone comes back', async () => {
  const soon = ['not-ready', 'unreachable'].map((state) => ({
    key: `node.kubernetes.io/${state}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 2,
  }));
  const spread = {
    maxSkew: 1,
    topologyKey: zoneLabel,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { app: 'spread' } },
  };
  await api.create(deployment(shop, 'spread', 6, podSpec({ tolerations: soon, topologySpreadConstraints: [spread] })));
  const zones = await zonesByNode();
  const zoneOf = (one: Pod): string => zones.get(one.spec.nodeName ?? '') ?? '';
  const before = await servingPods('spread', 6);
  expect(before.map(zoneOf).sort()).toEqual(['zone-a', 'zone-a', 'zone-b', 'zone-b', 'zone-c', 'zone-c']);

  await setZonePower(api, 'zone-c', 'off');
  try {
    await waitUntil('the nodes of zone-c to be given up', async () => {
      const nodes = await api.list<Node>('v1', 'Node', { labelSelector: `${zoneLabel}=zone-c` });
      return nodes.every((node) => !isNodeReady(node));
    });
    const after = await waitUntil('six pods outside zone-c', async () => {
      const pods = (await podsOf(api, shop, 'app=spread')).filter(isServing);
      return pods.length === 6 && pods.every((one) => zoneOf(one) !== 'zone-c') && pods;
    });
    expect(after.map(zoneOf).sort()).toEqual(['zone-a', 'zone-a', 'zone-a', 'zone-b', 'zone-b', 'zone-b']);
  } finally {
    await setZonePower(api, 'zone-c', 'on');
  }
  await waitUntil('the nodes of zone-c to be back', async () => {
    const nodes = await api.list<Node>('v1', 'Node', { labelSelector: `${zoneLabel}=zone-c` });
    return nodes.every((node) => isNodeReady(node) && !node.spec?.taints?.length);
  });
  await waitUntil('the stranded pods to be gone', async () => (await podsOf(api, shop, 'app=spread')).length === 6);
});
