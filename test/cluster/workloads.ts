import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Api } from './api';
import { powerAnnotation, zoneLabel } from './nodes';
import { nameOf, type KubeObject, type Node, type Pod } from './objects';
import { isServing } from './suite';
import { Watch } from './watch';

interface PodTemplate {
  spec: { tolerations?: { key?: string; tolerationSeconds?: number }[] };
}

export interface Deployment extends KubeObject {
  spec: { replicas: number; selector: { matchLabels: Record<string, string> }; template: PodTemplate };
  status?: { observedGeneration?: number; replicas?: number; updatedReplicas?: number; availableReplicas?: number };
}

/** The pods of a fleet, followed by a watch and looked at by workload and zone. */
export class Workloads {
  readonly #pods: Watch<Pod>;
  readonly #nodes: Watch<Node>;
  readonly #lowest = new Map<string, number>();

  constructor(
    private readonly api: Api,
    private readonly namespaces: ReadonlySet<string>,
  ) {
    this.#pods = new Watch<Pod>(api, 'v1', 'Pod');
    this.#nodes = new Watch<Node>(api, 'v1', 'Node');
  }

  start(): void {
    this.#pods.start();
    this.#nodes.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#pods.stop(), this.#nodes.stop()]);
  }

  async deployments(): Promise<Deployment[]> {
    const all = await this.api.list<Deployment>('apps/v1', 'Deployment');
    return all.filter(({ metadata }) => this.namespaces.has(metadata.namespace ?? ''));
  }

  /** The pods that can answer now: ready, staying, and on a node that has power, whatever the API still believes. */
  servingOf(deployment: Deployment): Pod[] {
    const nodes = new Map([...this.#nodes.objects.values()].map((node) => [node.metadata.name, node]));
    return this.#podsOf(deployment).filter((pod) => {
      const node = nodes.get(pod.spec.nodeName ?? '');
      return isServing(pod) && node !== undefined && node.metadata.annotations?.[powerAnnotation] !== 'off';
    });
  }

  /** How many serving pods each zone has, zones without any included. */
  zonesOf(deployment: Deployment, zones: readonly string[]): number[] {
    const nodes = new Map([...this.#nodes.objects.values()].map((node) => [node.metadata.name, node]));
    const zoneOf = (pod: Pod): string => nodes.get(pod.spec.nodeName ?? '')?.metadata.labels?.[zoneLabel] ?? '';
    const serving = this.servingOf(deployment).map(zoneOf);
    return zones.map((zone) => serving.filter((one) => one === zone).length);
  }

  /** Tells the fake kubelet how to treat the pods that are there now; those to come are not meant. */
  async annotatePods(annotations: Readonly<Record<string, string>>): Promise<void> {
    const pods = [...this.#pods.objects.values()].filter(({ metadata }) =>
      this.namespaces.has(metadata.namespace ?? ''),
    );
    for (const pod of pods) {
      await this.api
        .patch({ ...pod, apiVersion: 'v1', kind: 'Pod' }, { metadata: { annotations } })
        .catch((error: unknown) => {
          // 404: it has gone meanwhile.
          if (!(error instanceof ApiError && error.status === 404)) throw error;
        });
    }
  }

  /** Seconds after which a pod is given up on a node that does not answer. */
  patienceOf({ spec }: Deployment): number {
    const seconds = spec.template.spec.tolerations?.map(({ tolerationSeconds }) => tolerationSeconds ?? Infinity) ?? [];
    return Math.max(...seconds, 0) || 300;
  }

  /** Pods that no node takes, as the scheduler says it. */
  unschedulable(): string[] {
    const isPending = ({ status }: Pod): boolean =>
      status?.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable') ?? false;
    return [...this.#pods.objects.values()].filter(isPending).map(nameOf);
  }

  /** The deployments meant that have not all their replicas, of their newest template, and no others. */
  async incomplete(isMeant: (one: Deployment) => boolean): Promise<string[]> {
    const isComplete = ({ metadata, spec, status }: Deployment): boolean => {
      const counts = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
      const isSeen = status?.observedGeneration === metadata.generation;
      return isSeen && counts.every((count) => (count ?? 0) === spec.replicas);
    };
    return (await this.deployments())
      .filter((one) => isMeant(one) && !isComplete(one))
      .map((one) => `${nameOf(one)} ${one.status?.availableReplicas ?? 0}/${one.spec.replicas}`);
  }

  /** Runs `work` and tells the lowest number of serving pods that each deployment had meanwhile. */
  async lowestDuring(work: () => Promise<void>): Promise<Map<string, number>> {
    const deployments = await this.deployments();
    this.#lowest.clear();
    let isOver = false;
    const looking = (async () => {
      while (!isOver) {
        for (const one of deployments) {
          const before = this.#lowest.get(nameOf(one)) ?? Infinity;
          this.#lowest.set(nameOf(one), Math.min(before, this.servingOf(one).length));
        }
        await sleep(50);
      }
    })();
    try {
      await work();
    } finally {
      isOver = true;
      await looking;
    }
    return new Map(this.#lowest);
  }

  #podsOf(deployment: Deployment): Pod[] {
    const wanted = Object.entries(deployment.spec.selector.matchLabels);
    return [...this.#pods.objects.values()].filter(
      ({ metadata }) =>
        metadata.namespace === deployment.metadata.namespace &&
        wanted.every(([label, value]) => metadata.labels?.[label] === value),
    );
  }
}
