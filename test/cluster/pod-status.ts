import type { Condition, Container, ContainerStatus, Pod } from './objects';

/** What a test can ask of the fake kubelet, as annotations of a pod (of its template, usually). */
export const podAnnotations = {
  /** Seconds from being scheduled to being ready; default 0.5. */
  readyAfter: 'testbed.golden-path.dev/ready-after',
  /** `"false"`: runs, and never gets ready. */
  ready: 'testbed.golden-path.dev/ready',
  /** Seconds a pod takes to stop, never more than its grace period; default 0.2. */
  stopAfter: 'testbed.golden-path.dev/stop-after',
  /** Seconds until the containers of a pod that is meant to end have ended; default 1. */
  endAfter: 'testbed.golden-path.dev/end-after',
  /** What they end with; default 0. */
  exitCode: 'testbed.golden-path.dev/exit-code',
} as const;

/** When the kubelet has first seen something of a pod, in milliseconds. */
export interface Seen {
  readonly bound: number;
  readonly deleted?: number;
}

/** What a kubelet would do with a pod now: write a status, remove it from the API, or nothing. */
export type Step = { do: 'nothing' } | { do: 'remove' } | { do: 'write'; status: NonNullable<Pod['status']> };

export function nextStep(pod: Pod, seen: Seen, now: number, freshIp: () => string): Step {
  if (seen.deleted !== undefined) {
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
    const stop = Math.min(seconds(pod, podAnnotations.stopAfter, 0.2), grace);
    return { do: now - seen.deleted >= stop ? 'remove' : 'nothing' };
  }
  const phase = pod.status?.phase ?? 'Pending';
  if (phase === 'Succeeded' || phase === 'Failed') return { do: 'nothing' };
  if (now - seen.bound < seconds(pod, podAnnotations.readyAfter, 0.5)) return { do: 'nothing' };
  const started = Date.parse(pod.status?.startTime ?? '');
  if (meantToEnd(pod) && phase === 'Running' && now - started >= seconds(pod, podAnnotations.endAfter, 1)) {
    return { do: 'write', status: endedStatus(pod, now) };
  }
  const ready = isReady(pod);
  const known = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.status;
  if (phase === 'Running' && known === (ready ? 'True' : 'False')) return { do: 'nothing' };
  return { do: 'write', status: runningStatus(pod, ready, now, freshIp) };
}

function seconds(pod: Pod, annotation: string, otherwise: number): number {
  return Number(pod.metadata.annotations?.[annotation] ?? otherwise) * 1000;
}

/** Only pods of jobs end by themselves here; everything else runs until it is deleted. */
function meantToEnd(pod: Pod): boolean {
  return (pod.spec.restartPolicy ?? 'Always') !== 'Always';
}

function isReady(pod: Pod): boolean {
  if (pod.metadata.annotations?.[podAnnotations.ready] === 'false') return false;
  return (pod.spec.readinessGates ?? []).every((gate) =>
    pod.status?.conditions?.some(({ type, status }) => type === gate.conditionType && status === 'True'),
  );
}

function runningStatus(pod: Pod, ready: boolean, now: number, freshIp: () => string): NonNullable<Pod['status']> {
  const time = timestamp(now);
  const running = { running: { startedAt: time } };
  const containersReady = pod.metadata.annotations?.[podAnnotations.ready] !== 'false';
  const podIP = pod.status?.podIP ?? freshIp();
  return {
    phase: 'Running',
    startTime: pod.status?.startTime ?? time,
    podIP,
    ...{ podIPs: [{ ip: podIP }], hostIP: '10.0.0.1', hostIPs: [{ ip: '10.0.0.1' }] },
    conditions: withConditions(pod, time, {
      PodReadyToStartContainers: 'True',
      Initialized: 'True',
      ContainersReady: containersReady ? 'True' : 'False',
      Ready: ready ? 'True' : 'False',
    }),
    containerStatuses: pod.spec.containers.map((container) => containerStatus(container, running, containersReady)),
    ...initStatuses(pod, running, time),
  };
}

function endedStatus(pod: Pod, now: number): NonNullable<Pod['status']> {
  const time = timestamp(now);
  const exitCode = Number(pod.metadata.annotations?.[podAnnotations.exitCode] ?? 0);
  const startedAt = pod.status?.startTime ?? time;
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  const terminated = { terminated: { exitCode, reason, startedAt, finishedAt: time } };
  return {
    ...pod.status,
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    conditions: withConditions(pod, time, { ContainersReady: 'False', Ready: 'False' }),
    containerStatuses: pod.spec.containers.map((container) => containerStatus(container, terminated, false)),
  };
}

/** Init containers have ended; the ones that restart always are sidecars and run. */
function initStatuses(pod: Pod, running: Record<string, unknown>, time: string): object {
  const ended = { terminated: { exitCode: 0, reason: 'Completed', startedAt: time, finishedAt: time } };
  const statuses = (pod.spec.initContainers ?? []).map((container) => {
    const isSidecar = container.restartPolicy === 'Always';
    return { ...containerStatus(container, isSidecar ? running : ended, true), started: isSidecar };
  });
  return statuses.length > 0 ? { initContainerStatuses: statuses } : {};
}

function containerStatus(container: Container, state: Record<string, unknown>, ready: boolean): ContainerStatus {
  const started = 'running' in state;
  const image = container.image ?? '';
  return { name: container.name, image, imageID: '', ready, started, restartCount: 0, state };
}

/** The conditions of others (the scheduler, readiness gates) stay; ours change their time only with their status. */
function withConditions(pod: Pod, time: string, wanted: Readonly<Record<string, string>>): Condition[] {
  const conditions = new Map((pod.status?.conditions ?? []).map((condition) => [condition.type, condition]));
  for (const [type, status] of Object.entries(wanted)) {
    if (conditions.get(type)?.status !== status) conditions.set(type, { type, status, lastTransitionTime: time });
  }
  return [...conditions.values()];
}

export function timestamp(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
}
