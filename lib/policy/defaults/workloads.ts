import { isRecord, valueAt } from '../../core/data';
import { always, asGiven, each, object, or, when, type Fields, type Fill } from './fill';
import { podTemplate } from './pod';
import { claimTemplate } from './volume';

const isRolling = ({ type }: Fields): boolean => type === 'RollingUpdate';

const rollingUpdate = (fields: Readonly<Record<string, Fill>>): Fill =>
  always(object({ type: or('RollingUpdate'), rollingUpdate: when(isRolling, always(object(fields))) }));

const deployment = object({
  replicas: or(1),
  strategy: rollingUpdate({ maxUnavailable: or('25%'), maxSurge: or('25%') }),
  revisionHistoryLimit: or(10),
  progressDeadlineSeconds: or(600),
  template: podTemplate,
});

const partition = object({ partition: or(0) });

const statefulSet = object({
  replicas: or(1),
  podManagementPolicy: or('OrderedReady'),
  persistentVolumeClaimRetentionPolicy: always(object({ whenDeleted: or('Retain'), whenScaled: or('Retain') })),
  revisionHistoryLimit: or(10),
  template: podTemplate,
  updateStrategy: always(
    object({
      // Who names the type gets no partition.
      rollingUpdate: (value, parent) => partition(value ?? (parent.type === undefined ? {} : undefined), parent),
      type: or('RollingUpdate'),
    }),
  ),
  volumeClaimTemplates: each(claimTemplate),
});

const daemonSet = object({
  revisionHistoryLimit: or(10),
  template: podTemplate,
  updateStrategy: rollingUpdate({ maxUnavailable: or(1), maxSurge: or(0) }),
});

const replicaSet = object({ replicas: or(1), template: podTemplate });

/** As many retries as there can be: each index has its own limit. */
const UNLIMITED = 2 ** 31 - 1;

const job = object({
  completions: (value, { parallelism }) => value ?? (parallelism === undefined ? 1 : undefined),
  parallelism: or(1),
  completionMode: or('NonIndexed'),
  backoffLimit: (value, { backoffLimitPerIndex }) => value ?? (backoffLimitPerIndex === undefined ? 6 : UNLIMITED),
  suspend: or(false),
  manualSelector: or(false),
  podReplacementPolicy: (value, { podFailurePolicy }) =>
    value ?? (podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'),
  podFailurePolicy: object({ rules: each(object({ onPodConditions: each(object({ status: or('True') })) })) }),
  template: podTemplate,
});

/** A Job without labels takes those of its pods. */
const jobMetadata: Fill = (value, { spec }) => {
  const labels = valueAt(spec, ['template', 'metadata', 'labels']);
  return isRecord(value) && isEmpty(value.labels) && !isEmpty(labels) ? { ...value, labels } : value;
};

function isEmpty(labels: unknown): boolean {
  return !isRecord(labels) || Object.keys(labels).length === 0;
}

const cronJob = object({
  concurrencyPolicy: or('Allow'),
  suspend: or(false),
  successfulJobsHistoryLimit: or(3),
  failedJobsHistoryLimit: or(1),
  // Its Job is filled in when it is made.
  jobTemplate: object({ metadata: always(asGiven), spec: object({ template: podTemplate }) }),
});

export const workloads: Readonly<Record<string, Fill>> = {
  'apps/v1/Deployment': object({ spec: deployment }),
  'apps/v1/StatefulSet': object({ spec: statefulSet }),
  'apps/v1/DaemonSet': object({ spec: daemonSet }),
  'apps/v1/ReplicaSet': object({ spec: replicaSet }),
  'batch/v1/Job': object({ spec: job, metadata: jobMetadata }),
  'batch/v1/CronJob': object({ spec: cronJob }),
};
