import type { Construct } from 'constructs';
import { contentHash } from '../../core/canonical';
import { cronJob, deployment, job, service as kubeService } from '../../kube/objects';
import type { ResolvedService } from '../../resolve/resolved-service';
import { intent } from './intent';
import { jobLabels, metaOf } from './meta';
import { finishingPod, servingPod } from './pod';

/** What runs for good: Deployment, and a Service where it can be called. */
export function workload(scope: Construct, service: ResolvedService): void {
  const { rollout, scaling } = service;
  deployment(scope, 'deployment', metaOf(service, service.name, intent(service)), {
    // Under an autoscaler the number is the autoscaler's; rendering one would reset it at every deployment.
    ...(scaling.mode === 'fixed' ? { replicas: scaling.min } : {}),
    revisionHistoryLimit: rollout.history,
    minReadySeconds: rollout.minReady,
    progressDeadlineSeconds: rollout.progressDeadline,
    selector: { matchLabels: service.selector },
    strategy:
      rollout.strategy === 'Recreate'
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: rollout.maxSurge } },
    template: { metadata: { labels: service.labels }, spec: servingPod(service) },
  });
  if (service.ports.length === 0) return;
  kubeService(scope, 'service', metaOf(service, service.name), {
    selector: service.selector,
    headless: service.headless,
    ports: service.ports.map(({ name, port, protocol }) => ({
      name,
      port,
      ...(protocol === 'tcp' ? {} : { appProtocol: protocol }),
    })),
  });
}

/** What runs on a schedule. */
export function scheduledWorkload(scope: Construct, service: ResolvedService): void {
  const cron = service.cron!;
  const labels = jobLabels(service, 'run');
  cronJob(scope, 'cron-job', metaOf(service, service.name, intent(service)), {
    schedule: cron.schedule,
    timeZone: cron.timeZone,
    concurrencyPolicy: cron.concurrency,
    startingDeadlineSeconds: cron.startingDeadline,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 3,
    jobTemplate: {
      metadata: { labels },
      spec: {
        backoffLimit: cron.retries,
        activeDeadlineSeconds: cron.deadline,
        template: { metadata: { labels }, spec: finishingPod(service) },
      },
    },
  });
}

/** Kept for a day after it finished, so that its log can be read the next morning. */
const MIGRATION_KEPT = 86_400;

/** A Job cannot be changed, so its name carries the hash of what it runs: same version, same Job, no second run. */
export function migration(scope: Construct, service: ResolvedService): void {
  if (!service.migrate) return;
  const labels = jobLabels(service, 'migrate');
  const spec = finishingPod(service, service.migrate.command);
  job(scope, 'migration', metaOf(service, `${service.name}-migrate-${contentHash(spec)}`), {
    backoffLimit: service.migrate.retries,
    activeDeadlineSeconds: service.migrate.deadline,
    ttlSecondsAfterFinished: MIGRATION_KEPT,
    template: { metadata: { labels }, spec },
  });
}
