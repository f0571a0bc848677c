import { ApiError, type Api } from './api';
import type { KubeObject, Node, Pod } from './objects';
import { waitUntil } from './wait';

/** Empties a node as `kubectl drain` does: no new pods, then an eviction of each, asked again while a budget says no. */
export async function drain(api: Api, node: Node, timeout = 120_000): Promise<void> {
  const { name } = node.metadata;
  await cordon(api, node, true);
  const left = (): Promise<Pod[]> => api.list<Pod>('v1', 'Pod', { fieldSelector: `spec.nodeName=${name}` });
  await waitUntil(
    `node "${name}" to be drained`,
    async () => {
      const pods = await left();
      const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      for (const pod of staying) await evictIfAllowed(api, pod);
      return pods.length === 0;
    },
    { timeout, interval: 250 },
  );
}

export async function cordon(api: Api, node: KubeObject, unschedulable: boolean): Promise<void> {
  await api.patch(node, { spec: { unschedulable } });
}

async function evictIfAllowed(api: Api, pod: Pod): Promise<void> {
  try {
    await api.evict(pod);
  } catch (error) {
    // 429: the budget is used up for now. 404: the pod has gone by itself.
    if (error instanceof ApiError && (error.status === 429 || error.status === 404)) return;
    throw error;
  }
}
