/** A kind of object, as admission matches it. */
export interface ObjectKind {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Name in URLs, such as `deployments`. */
  readonly resource: string;
  readonly kind: string;
}

/** A kind with pods in it, and where they are. */
export interface PodCarrier extends ObjectKind {
  readonly path: PodPath;
}

/** Where the pod's metadata and spec are: the object itself, its template, or the template of its Job. */
export type PodPath = 'pod' | 'template' | 'job-template';

const carrier = (path: PodPath, group: string, version: string, resource: string, kind: string): PodCarrier => ({
  path,
  group,
  version,
  resource,
  kind,
});

export const POD_CARRIERS: readonly PodCarrier[] = [
  carrier('template', 'apps', 'v1', 'deployments', 'Deployment'),
  carrier('template', 'apps', 'v1', 'statefulsets', 'StatefulSet'),
  carrier('template', 'apps', 'v1', 'daemonsets', 'DaemonSet'),
  carrier('template', 'apps', 'v1', 'replicasets', 'ReplicaSet'),
  carrier('template', 'argoproj.io', 'v1alpha1', 'rollouts', 'Rollout'),
  carrier('template', 'batch', 'v1', 'jobs', 'Job'),
  carrier('job-template', 'batch', 'v1', 'cronjobs', 'CronJob'),
  carrier('pod', '', 'v1', 'pods', 'Pod'),
];

/** Steps from the object to what holds the pod's metadata and spec. */
export const POD_STEPS: Readonly<Record<PodPath, readonly string[]>> = {
  pod: [],
  template: ['spec', 'template'],
  'job-template': ['spec', 'jobTemplate', 'spec', 'template'],
};
