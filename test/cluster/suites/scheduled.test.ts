import type { Api } from '../api';
import { cordon, drain } from '../drain';
import { applyAll, removeAll, renderedFleet } from '../fleet';
import { defaultShape, isNodeReady, setZonePower, zoneLabel } from '../nodes';
import { conditionOf, nameOf, type KubeObject, type Node } from '../objects';
import { podAnnotations } from '../pod-status';
import { connect } from '../suite';
import { waitUntil } from '../wait';
import { Workloads, type Deployment } from '../workloads';

/** Real scheduler, controllers and disruption budgets act on the fleet in prod; only the containers are not there. */
const api: Api = connect();
const { zones } = defaultShape;
const minutes = (count: number): number => count * 60_000;
let objects: KubeObject[];
let workloads: Workloads;

interface Autoscaler extends KubeObject {
  spec: { minReplicas: number; maxReplicas: number; scaleTargetRef: { name: string } };
}

interface Budget extends KubeObject {
  spec: { maxUnavailable: number };
}

const ofKind = <T extends KubeObject>(kind: string): T[] => objects.filter((one) => one.kind === kind) as T[];

/** Pods take a moment to stop, so that budgets are asked again while they do. */
function stoppingSlowly(object: KubeObject): KubeObject {
  if (object.kind !== 'Deployment') return object;
  const copy = structuredClone(object) as unknown as { spec: { template: { metadata: { annotations?: object } } } };
  const { metadata } = copy.spec.template;
  metadata.annotations = { ...metadata.annotations, [podAnnotations.stopAfter]: '2' };
  return copy as unknown as KubeObject;
}

async function complete(timeout: number, isMeant: (one: Deployment) => boolean = () => true): Promise<void> {
  let missing: string[] = [];
  const look = async (): Promise<boolean> => {
    missing = await workloads.incomplete(isMeant);
    return missing.length === 0;
  };
  await waitUntil(() => `every deployment to have all its pods; not yet: ${missing.join(', ')}`, look, { timeout });
}

/** The deployments whose number of serving pods fell below what `floor` allows, with the numbers. */
async function belowFloor(lowest: Map<string, number>, floor: (one: Deployment) => number): Promise<string[]> {
  const deployments = await workloads.deployments();
  return deployments
    .filter((one) => (lowest.get(nameOf(one)) ?? 0) < floor(one))
    .map((one) => `${nameOf(one)}: ${lowest.get(nameOf(one))} of ${one.spec.replicas}, floor ${floor(one)}`);
}

beforeAll(async () => {
  objects = renderedFleet('prod').map(stoppingSlowly);
  workloads = new Workloads(api, new Set(ofKind('Namespace').map(({ metadata }) => metadata.name)));
  workloads.start();
  await applyAll(api, objects);
}, minutes(2));

afterAll(async () => {
  await workloads.stop();
  await removeAll(api, objects);
}, minutes(3));

test(
  'every autoscaler finds its workload and raises it to its minimum',
  async () => {
    const autoscalers = ofKind<Autoscaler>('HorizontalPodAutoscaler');
    expect(autoscalers.length).toBeGreaterThan(5);
    for (const autoscaler of autoscalers) {
      await waitUntil(`${nameOf(autoscaler)} to act`, async () => {
        const able = conditionOf(await api.get(autoscaler), 'AbleToScale')?.status === 'True';
        const target = (await workloads.deployments()).find(
          ({ metadata }) =>
            metadata.name === autoscaler.spec.scaleTargetRef.name &&
            metadata.namespace === autoscaler.metadata.namespace,
        );
        return able && (target?.spec.replicas ?? 0) >= autoscaler.spec.minReplicas;
      });
    }
    await complete(minutes(2));
  },
  minutes(3),
);

test('the pods of each workload differ by one between zones at most', async () => {
  const skewed = (await workloads.deployments())
    .map((one) => ({ name: nameOf(one), counts: workloads.zonesOf(one, zones) }))
    .filter(({ counts }) => Math.max(...counts) - Math.min(...counts) > 1);
  expect(skewed).toEqual([]);
});

test(
  'draining every node in turn ends, and never takes more than the budgets allow',
  async () => {
    const budgets = new Map(
      ofKind<Budget>('PodDisruptionBudget').map(({ metadata, spec }) => [metadata.namespace, spec.maxUnavailable]),
    );
    const allowed = ({ metadata, spec }: Deployment): number =>
      spec.replicas - (budgets.get(metadata.namespace) ?? spec.replicas);
    for (const node of await api.list<Node>('v1', 'Node')) {
      const lowest = await workloads.lowestDuring(() => drain(api, node));
      await cordon(api, node, false);
      expect(await belowFloor(lowest, allowed)).toEqual([]);
    }
    await complete(minutes(1));
  },
  minutes(10),
);

describe('at the most replicas', () => {
  const most = new Map<string | undefined, number>();
  const isScaled = ({ metadata }: Deployment): boolean => most.has(metadata.namespace);

  beforeAll(async () => {
    for (const { metadata, spec } of ofKind<Autoscaler>('HorizontalPodAutoscaler'))
      most.set(metadata.namespace, spec.maxReplicas);
    for (const one of (await workloads.deployments()).filter(isScaled))
      await api.patch(one, { spec: { replicas: most.get(one.metadata.namespace) } }, 'scale');
    await complete(minutes(2));
  }, minutes(2));

  afterAll(async () => {
    await workloads.annotatePods({ [podAnnotations.stopAfter]: '0' });
    await setZonePower(api, 'zone-b', 'on');
    await waitUntil('zone-b to be back', async () => {
      const nodes = await api.list<Node>('v1', 'Node', { labelSelector: `${zoneLabel}=zone-b` });
      return nodes.every((node) => isNodeReady(node) && !node.spec?.taints?.length);
    });
  }, minutes(2));

  test(
    'a zone is lost: the others keep their share, what is not patient comes up again, nothing stays pending',
    async () => {
      const share = ({ spec }: Deployment): number => spec.replicas - Math.ceil(spec.replicas / zones.length);
      // The lowest tier waits five minutes for its node: nobody minds, and the test has not the time.
      const impatient = (await workloads.deployments()).filter((one) => workloads.patienceOf(one) <= 60);
      expect(impatient.length).toBeGreaterThan(5);
      const lowest = await workloads.lowestDuring(async () => {
        await setZonePower(api, 'zone-b', 'off');
        let missing: Deployment[] = impatient;
        const look = (): boolean => {
          missing = impatient.filter((one) => workloads.servingOf(one).length < one.spec.replicas);
          return missing.length === 0;
        };
        const what = (): string => `workloads to be whole without zone-b; not yet: ${missing.map(nameOf).join(', ')}`;
        await waitUntil(what, look, { timeout: minutes(2) });
      });
      expect(await belowFloor(lowest, share)).toEqual([]);
      expect(workloads.unschedulable()).toEqual([]);
    },
    minutes(3),
  );

  test(
    'a rollout fits the quota and ends, while the lost zone keeps its pods and old ones take all their time to stop',
    async () => {
      await workloads.annotatePods({ [podAnnotations.stopAfter]: '3600' });
      const annotations = { [podAnnotations.stopAfter]: '0.2', 'testbed.golden-path.dev/rollout': '2' };
      // A single replica that is recreated waits for its stranded pod, as it should: two would be worse than none.
      for (const one of (await workloads.deployments()).filter(isScaled))
        await api.patch(one, { spec: { template: { metadata: { annotations } } } });
      await complete(minutes(5), isScaled);
      const refused = (await api.list<KubeObject>('v1', 'Event', { fieldSelector: 'reason=FailedCreate' })).map(
        (event) => `${event.metadata.namespace}: ${String(event['message'])}`,
      );
      expect(refused).toEqual([]);
    },
    minutes(6),
  );
});
