import type { Api } from './api';
import { conditionOf, type Condition, type KubeObject, type Node } from './objects';
import { timestamp } from './pod-status';
import { waitUntil } from './wait';

/** The fake kubelet looks after every node that carries this label, whoever made it. */
export const fakeNodeLabel = 'testbed.golden-path.dev/fake-node';

/** `off` on a node: its heartbeats stop and its pods are left alone, as if the power had gone. */
export const powerAnnotation = 'testbed.golden-path.dev/power';

export const zoneLabel = 'topology.kubernetes.io/zone';

export interface NodeShape {
  readonly zones: readonly string[];
  readonly nodesPerZone: number;
  readonly cpu: string;
  readonly memory: string;
  readonly pods: number;
}

export const defaultShape: NodeShape = {
  zones: ['zone-a', 'zone-b', 'zone-c'],
  nodesPerZone: 2,
  cpu: '32',
  memory: '128Gi',
  pods: 250,
};

/** Nodes named `zone-a-1`, `zone-a-2` ... with the labels the schedulers of clouds expect. */
export function makeNodes(shape: NodeShape = defaultShape): Node[] {
  return shape.zones.flatMap((zone) =>
    Array.from({ length: shape.nodesPerZone }, (_, index): Node => {
      const name = `${zone}-${index + 1}`;
      const resources = {
        cpu: shape.cpu,
        memory: shape.memory,
        pods: String(shape.pods),
        'ephemeral-storage': '100Gi',
      };
      return {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name,
          labels: {
            [fakeNodeLabel]: 'true',
            [zoneLabel]: zone,
            'topology.kubernetes.io/region': 'testbed',
            'kubernetes.io/hostname': name,
            'kubernetes.io/os': 'linux',
            'kubernetes.io/arch': 'amd64',
            'node.kubernetes.io/instance-type': 'fake',
          },
        },
        status: { capacity: resources, allocatable: resources } as Node['status'],
      };
    }),
  );
}

/** Makes the nodes and waits until the scheduler may use them: the node controller has taken its first taint away. */
export async function addNodes(api: Api, nodes: readonly Node[]): Promise<void> {
  for (const node of nodes) await api.create(node);
  await waitUntil('the fake nodes to be ready', async () => {
    const now = await Promise.all(nodes.map((node) => api.get<Node>(node)));
    return now.every((node) => isNodeReady(node) && !node.spec?.taints?.length);
  });
}

export function isNodeReady(node: KubeObject): boolean {
  return conditionOf(node, 'Ready')?.status === 'True';
}

/** Cuts or restores the power of all nodes of a zone; returns at once, the cluster notices in its own time. */
export async function setZonePower(api: Api, zone: string, power: 'on' | 'off'): Promise<void> {
  for (const node of await api.list<Node>('v1', 'Node', { labelSelector: `${zoneLabel}=${zone}` })) {
    await setNodePower(api, node.metadata.name, power);
  }
}

export async function setNodePower(api: Api, name: string, power: 'on' | 'off'): Promise<void> {
  const annotations = { [powerAnnotation]: power === 'off' ? 'off' : null };
  await api.patch({ apiVersion: 'v1', kind: 'Node', metadata: { name } }, { metadata: { annotations } });
}

/** The lease by which the node controller knows that a node is alive. */
export function leaseOf(node: Node, now: number): KubeObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: node.metadata.name,
      namespace: 'kube-node-lease',
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node.metadata.name, uid: node.metadata.uid ?? '' }],
    },
    // Exactly six digits behind the point, or the server does not read it.
    spec: {
      holderIdentity: node.metadata.name,
      leaseDurationSeconds: 6,
      renewTime: new Date(now).toISOString().replace('Z', '000Z'),
    },
  };
}

/** The conditions a healthy kubelet reports. */
export function healthyConditions(now: number): Condition[] {
  const times = { lastHeartbeatTime: timestamp(now), lastTransitionTime: timestamp(now) };
  return [
    { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: '', ...times },
    { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: '', ...times },
    { type: 'PIDPressure', status: 'False', reason: 'KubeletHasSufficientPID', message: '', ...times },
    { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'fake kubelet', ...times },
  ];
}
