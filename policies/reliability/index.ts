import type { Policy } from '../../lib/policy';
import { autoscalerMinimum } from './autoscaler-minimum/policy';
import { autoscalerPeak } from './autoscaler-peak/policy';
import { autoscalerPresent } from './autoscaler-present/policy';
import { autoscalerRange } from './autoscaler-range/policy';
import { autoscalerSingle } from './autoscaler-single/policy';
import { autoscalerTarget } from './autoscaler-target/policy';
import { autoscalerZoneLoss } from './autoscaler-zone-loss/policy';
import { configMapExists } from './config-map-exists/policy';
import { cpuLimit } from './cpu-limit/policy';
import { cpuRequest } from './cpu-request/policy';
import { cronJobActiveDeadline } from './cron-job-active-deadline/policy';
import { cronJobConcurrency } from './cron-job-concurrency/policy';
import { cronJobHistory } from './cron-job-history/policy';
import { cronJobStartingDeadline } from './cron-job-starting-deadline/policy';
import { cronJobTimeZone } from './cron-job-time-zone/policy';
import { disruptionBudget } from './disruption-budget/policy';
import { disruptionBudgetBound } from './disruption-budget-bound/policy';
import { disruptionBudgetDrain } from './disruption-budget-drain/policy';
import { disruptionBudgetSelects } from './disruption-budget-selects/policy';
import { disruptionBudgetSingle } from './disruption-budget-single/policy';
import { disruptionBudgetUnhealthy } from './disruption-budget-unhealthy/policy';
import { emptyDirLimit } from './empty-dir-limit/policy';
import { gracePeriod } from './grace-period/policy';
import { hostSpread } from './host-spread/policy';
import { intentAgrees } from './intent-agrees/policy';
import { jobActiveDeadline } from './job-active-deadline/policy';
import { jobTtl } from './job-ttl/policy';
import { limitRange } from './limit-range/policy';
import { limitRangeFits } from './limit-range-fits/policy';
import { livenessDependencies } from './liveness-dependencies/policy';
import { livenessNotReadiness } from './liveness-not-readiness/policy';
import { livenessProbe } from './liveness-probe/policy';
import { memoryLimit } from './memory-limit/policy';
import { memoryRequest } from './memory-request/policy';
import { memoryRequestIsLimit } from './memory-request-is-limit/policy';
import { nakedPod } from './naked-pod/policy';
import { nodeLossTolerations } from './node-loss-tolerations/policy';
import { preStop } from './pre-stop/policy';
import { preStopFitsGrace } from './pre-stop-fits-grace/policy';
import { priorityClass } from './priority-class/policy';
import { priorityClassExists } from './priority-class-exists/policy';
import { probePort } from './probe-port/policy';
import { progressDeadline } from './progress-deadline/policy';
import { readinessProbe } from './readiness-probe/policy';
import { replicasMinimum } from './replicas-minimum/policy';
import { replicasUnderAutoscaler } from './replicas-under-autoscaler/policy';
import { resourceQuota } from './resource-quota/policy';
import { resourceQuotaFits } from './resource-quota-fits/policy';
import { restartPolicy } from './restart-policy/policy';
import { revisionHistory } from './revision-history/policy';
import { rollingUpdate } from './rolling-update/policy';
import { secretExists } from './secret-exists/policy';
import { selectorMatchesTemplate } from './selector-matches-template/policy';
import { serviceLinks } from './service-links/policy';
import { spreadSelector } from './spread-selector/policy';
import { startupBudget } from './startup-budget/policy';
import { startupProbe } from './startup-probe/policy';
import { statefulSetService } from './stateful-set-service/policy';
import { volumeClaimsKept } from './volume-claims-kept/policy';
import { zoneSpread } from './zone-spread/policy';
import { zoneSpreadDomains } from './zone-spread-domains/policy';
import { zoneSpreadTaints } from './zone-spread-taints/policy';

export const reliability: Policy[] = [
  autoscalerMinimum,
  autoscalerPeak,
  autoscalerPresent,
  autoscalerRange,
  autoscalerSingle,
  autoscalerTarget,
  autoscalerZoneLoss,
  configMapExists,
  cpuLimit,
  cpuRequest,
  cronJobActiveDeadline,
  cronJobConcurrency,
  cronJobHistory,
  cronJobStartingDeadline,
  cronJobTimeZone,
  disruptionBudget,
  disruptionBudgetBound,
  disruptionBudgetDrain,
  disruptionBudgetSelects,
  disruptionBudgetSingle,
  disruptionBudgetUnhealthy,
  emptyDirLimit,
  gracePeriod,
  hostSpread,
  intentAgrees,
  jobActiveDeadline,
  jobTtl,
  limitRange,
  limitRangeFits,
  livenessDependencies,
  livenessNotReadiness,
  livenessProbe,
  memoryLimit,
  memoryRequest,
  memoryRequestIsLimit,
  nakedPod,
  nodeLossTolerations,
  preStop,
  preStopFitsGrace,
  priorityClass,
  priorityClassExists,
  probePort,
  progressDeadline,
  readinessProbe,
  replicasMinimum,
  replicasUnderAutoscaler,
  resourceQuota,
  resourceQuotaFits,
  restartPolicy,
  revisionHistory,
  rollingUpdate,
  secretExists,
  selectorMatchesTemplate,
  serviceLinks,
  spreadSelector,
  startupBudget,
  startupProbe,
  statefulSetService,
  volumeClaimsKept,
  zoneSpread,
  zoneSpreadDomains,
  zoneSpreadTaints,
];
