// needs: crds
import { ApiError, type Api } from '../api';
import { installCrds } from '../crds';
import { changedByServer, changedBySecondApply, inOrder, removeAll } from '../fleet';
import { generatedFleets } from '../generated';
import { addNodes, makeNodes } from '../nodes';
import { conditionOf, nameOf, type KubeObject, type Node } from '../objects';
import { connect, isServing, podsOf } from '../suite';
import { waitUntil } from '../wait';

/** Random valid fleets over random profiles, all in one cluster: what we render is taken whatever a team writes. */
const api: Api = connect();
const minutes = (count: number): number => count * 60_000;
const fleets = generatedFleets(4, 16);
const objects = inOrder(fleets.flatMap((fleet) => fleet.objects));
const namespaces = new Set(objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : [])));
const ofKind = <T extends KubeObject>(kind: string): T[] => objects.filter((one) => one.kind === kind) as T[];

/** Room for whatever is asked: here it is about admission. */
const roomy: Node[] = makeNodes({
  zones: ['zone-a', 'zone-b', 'zone-c'],
  nodesPerZone: 1,
  cpu: '4000',
  memory: '16Ti',
  pods: 2_000,
}).map((node) => {
  const name = `roomy-${node.metadata.name}`;
  return { ...node, metadata: { name, labels: { ...node.metadata.labels, 'kubernetes.io/hostname': name } } };
});

interface Workload extends KubeObject {
  spec: { replicas?: number; selector: { matchLabels: Record<string, string> } };
}

interface Autoscaler extends KubeObject {
  spec: { minReplicas: number; scaleTargetRef: { name: string } };
}

interface CronJob extends KubeObject {
  spec: { jobTemplate: { spec: object } };
}

/** As `kubectl create job --from` makes them, since nobody waits for the hour of a schedule. */
const runsByHand = ofKind<CronJob>('CronJob').map(({ metadata: { name, namespace = '', labels }, spec }) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: `${name}-by-hand`, namespace, labels: labels ?? {} },
  spec: spec.jobTemplate.spec,
}));

/** What the first apply was answered, by the namespaces' objects side by side: one fleet does not wait for another. */
async function applyEach(): Promise<{ refusals: string[]; warnings: string[] }> {
  const refusals: string[] = [];
  const warnings: string[] = [];
  const apply = async (object: KubeObject): Promise<void> => {
    const warn = (warning: string): void => void warnings.push(`${nameOf(object)}: ${warning}`);
    try {
      await api.apply(object, { warn });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refusals.push(error.message);
    }
  };
  for (const object of objects.filter(({ metadata }) => !metadata.namespace)) await apply(object);
  await Promise.all(
    fleets.map(async (fleet) => {
      for (const object of fleet.objects.filter(({ metadata }) => metadata.namespace)) await apply(object);
    }),
  );
  return { refusals, warnings };
}

/** Why quota, limit ranges or Pod Security have refused pods, as the controllers tell it: once for each reason. */
async function refusedPods(): Promise<string[]> {
  const events = await api.list<KubeObject>('v1', 'Event', { fieldSelector: 'reason=FailedCreate' });
  const reasons = events
    .filter(({ metadata }) => namespaces.has(metadata.namespace ?? ''))
    .map((event) => `${event.metadata.namespace}: ${String(event['message']).replace(/^.*?[Pp]ods? "[^"]*" is /, '')}`);
  return [...new Set(reasons)].sort();
}

let answer: { refusals: string[]; warnings: string[] };

beforeAll(async () => {
  await installCrds(api, 'keda', 'external-secrets');
  await addNodes(api, roomy);
  answer = await applyEach();
}, minutes(3));

afterAll(async () => {
  await removeAll(api, [...objects, ...runsByHand]);
  for (const node of roomy) await api.remove(node);
}, minutes(3));

test('the fleets are of every kind: mesh, KEDA, CPU limits, namespaces and zones', () => {
  const kinds = fleets.map(({ profile }) => ({
    mesh: profile.mesh !== false,
    keda: profile.autoscaling?.keda !== false,
    limits: profile.resources?.cpuLimitRatio !== false,
    namespaces: profile.namespaces,
    zones: profile.zones?.length,
  }));
  const seen = <Key extends keyof (typeof kinds)[number]>(key: Key): unknown[] =>
    [...new Set(kinds.map((kind) => kind[key]))].sort();
  expect(seen('mesh')).toEqual([false, true]);
  expect(seen('keda')).toEqual([false, true]);
  expect(seen('limits')).toEqual([false, true]);
  expect(seen('namespaces')).toEqual(['service', 'team']);
  expect(seen('zones')).toEqual([1, 2, 3, 4]);
  expect(fleets.reduce((sum, { services }) => sum + services, 0)).toBeGreaterThanOrEqual(40);
  const needed = ['CronJob', 'Deployment', 'ExternalSecret', 'HorizontalPodAutoscaler', 'Job', 'ScaledObject'];
  expect(needed.filter((kind) => ofKind(kind).length < 5)).toEqual([]);
});

test('every object is applied without a refusal and without a warning', () => {
  expect(answer).toEqual({ refusals: [], warnings: [] });
});

test('what is stored is what was written, and a second apply changes nothing', async () => {
  const each = await Promise.all(
    fleets.map(async (fleet) => [
      ...(await changedByServer(api, fleet.objects)),
      ...(await changedBySecondApply(api, fleet.objects)),
    ]),
  );
  expect(each.flat()).toEqual([]);
}, 240_000);

test('quota, limit ranges and Pod Security let every pod in, and it comes up', async () => {
  const replicasOf = ({ metadata, spec }: Workload): number => {
    const autoscaler = ofKind<Autoscaler>('HorizontalPodAutoscaler').find(
      (one) => one.metadata.namespace === metadata.namespace && one.spec.scaleTargetRef.name === metadata.name,
    );
    return autoscaler?.spec.minReplicas ?? spec.replicas ?? 1;
  };
  let missing: string[] = [];
  const look = async (): Promise<boolean> => {
    missing = [];
    for (const one of ofKind<Workload>('Deployment')) {
      const selector = Object.entries(one.spec.selector.matchLabels).map(([label, value]) => `${label}=${value}`);
      const serving = (await podsOf(api, one.metadata.namespace ?? '', selector.join())).filter(isServing);
      if (serving.length !== replicasOf(one)) missing.push(`${nameOf(one)} ${serving.length}/${replicasOf(one)}`);
    }
    return missing.length === 0;
  };
  const give = async (): Promise<string> => [...missing, ...(await refusedPods())].join('\n');
  await waitUntil('every pod', look, { timeout: 60_000, interval: 1_000 }).catch(async () => {
    throw new Error(`not every workload has its pods:\n${await give()}`);
  });
  expect(await refusedPods()).toEqual([]);
}, 120_000);

test('every migration ends, and so does a run of every cron job', async () => {
  for (const run of runsByHand) await api.create(run);
  for (const job of [...ofKind('Job'), ...runsByHand]) {
    await waitUntil(`${nameOf(job)} to complete`, async () => {
      const found = await api.find(job);
      // One that has ended may have been taken away after its time.
      return found === undefined || conditionOf(found, 'Complete')?.status === 'True';
    });
  }
  expect(await refusedPods()).toEqual([]);
});
