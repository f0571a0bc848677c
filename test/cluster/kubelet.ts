import { ApiError, type Api } from './api';
import { fakeNodeLabel, healthyConditions, isNodeReady, leaseOf, powerAnnotation } from './nodes';
import type { Node, Pod } from './objects';
import { nextStep, type Seen } from './pod-status';
import { Watch } from './watch';

const heartbeat = 1_000;
const look = 100;

/**
 * Plays the kubelet of every fake node: keeps it alive, runs the pods that are scheduled to it, ends the pods of jobs
 * and takes deleted pods away. No container is ever started; everything else of the cluster cannot tell.
 */
export class FakeKubelet {
  readonly #nodes: Watch<Node>;
  readonly #pods: Watch<Pod>;
  readonly #timers: NodeJS.Timeout[] = [];
  /** By uid: since when a pod is bound, or being deleted. */
  readonly #seen = new Map<string, Seen>();
  /** By uid: the version a step was last taken on, so that none is taken twice before the watch has told of it. */
  readonly #done = new Map<string, string>();
  #addresses = 0;

  constructor(private readonly api: Api) {
    this.#nodes = new Watch(api, 'v1', 'Node');
    this.#pods = new Watch(api, 'v1', 'Pod');
  }

  start(): void {
    this.#nodes.start();
    this.#pods.start();
    this.#timers.push(
      setInterval(() => this.#beat(Date.now()), heartbeat),
      setInterval(() => this.#lookAtPods(Date.now()), look),
    );
  }

  async stop(): Promise<void> {
    this.#timers.forEach(clearInterval);
    await Promise.all([this.#nodes.stop(), this.#pods.stop()]);
  }

  #poweredNodes(): Node[] {
    return [...this.#nodes.objects.values()].filter(
      ({ metadata }) =>
        metadata.labels?.[fakeNodeLabel] === 'true' && metadata.annotations?.[powerAnnotation] !== 'off',
    );
  }

  #beat(now: number): void {
    for (const node of this.#poweredNodes()) {
      attempt(this.api.apply(leaseOf(node, now)));
      if (!isNodeReady(node))
        attempt(this.api.patch(node, { status: { conditions: healthyConditions(now) } }, 'status'));
    }
  }

  #lookAtPods(now: number): void {
    const powered = new Set(this.#poweredNodes().map((node) => node.metadata.name));
    for (const uid of this.#seen.keys()) if (!this.#pods.objects.has(uid)) this.#forget(uid);
    for (const [uid, pod] of this.#pods.objects) {
      if (!powered.has(pod.spec.nodeName ?? '')) continue;
      const version = pod.metadata.resourceVersion ?? '';
      const seen = this.#remember(uid, pod, now);
      if (this.#done.get(uid) === version) continue;
      const step = nextStep(pod, seen, now, () => this.#freshIp());
      if (step.do === 'nothing') continue;
      this.#done.set(uid, version);
      const { metadata } = pod;
      const action =
        step.do === 'remove'
          ? this.api.remove(pod, { gracePeriodSeconds: 0, preconditions: { uid } })
          : this.api.patch(
              pod,
              { metadata: { uid, resourceVersion: metadata.resourceVersion }, status: step.status },
              'status',
            );
      attempt(action, () => this.#done.delete(uid));
    }
  }

  #remember(uid: string, pod: Pod, now: number): Seen {
    const before = this.#seen.get(uid);
    const deleted = pod.metadata.deletionTimestamp === undefined ? undefined : (before?.deleted ?? now);
    const seen = { bound: before?.bound ?? now, ...(deleted !== undefined && { deleted }) };
    this.#seen.set(uid, seen);
    return seen;
  }

  #forget(uid: string): void {
    this.#seen.delete(uid);
    this.#done.delete(uid);
  }

  /** Addresses nobody routes to; each pod gets the next one. */
  #freshIp(): string {
    this.#addresses += 1;
    return `10.244.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
  }
}

/** What fails because somebody else was faster is tried again at the next look, as a kubelet does. */
function attempt(action: Promise<unknown>, retry: () => void = () => undefined): void {
  action.catch((error: unknown) => {
    retry();
    const isRefusal = error instanceof ApiError && error.status !== 409 && error.status !== 404;
    if (isRefusal) console.error(`fake kubelet: ${error.message}`);
  });
}
