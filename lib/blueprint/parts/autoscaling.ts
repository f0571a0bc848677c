import type { Construct } from 'constructs';
import { horizontalPodAutoscaler, scaledObject, type ScalingBehavior } from '../../kube/objects';
import type { ResolvedService } from '../../resolve/resolved-service';
import { metaOf } from './meta';

/** Up at once, by doubling or by four pods; down slowly, after five quiet minutes, a tenth a minute. */
const BEHAVIOR: ScalingBehavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 15 },
      { type: 'Pods', value: 4, periodSeconds: 15 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
  },
};

/** One autoscaler for each workload: KEDA makes its own, so never both. */
export function autoscaling(scope: Construct, service: ResolvedService): void {
  const { scaling, name } = service;
  if (scaling.mode === 'hpa') {
    horizontalPodAutoscaler(scope, 'autoscaler', metaOf(service, name), {
      target: name,
      min: scaling.min,
      max: scaling.max,
      container: service.main.name,
      cpuTarget: scaling.cpuTarget,
      behavior: BEHAVIOR,
    });
  }
  if (scaling.mode === 'keda') {
    scaledObject(scope, 'autoscaler', metaOf(service, name), {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicaCount: scaling.min,
      maxReplicaCount: scaling.max,
      // Without its metrics a service keeps what it has, and never less than the floor.
      fallback: { failureThreshold: 3, replicas: scaling.min, behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { behavior: BEHAVIOR } },
      triggers: [
        {
          type: 'cpu',
          metricType: 'Utilization',
          metadata: { containerName: service.main.name, value: String(scaling.cpuTarget) },
        },
        ...scaling.metrics.map(({ query, perPod }) => ({
          type: 'prometheus' as const,
          metricType: 'AverageValue' as const,
          metadata: {
            serverAddress: scaling.prometheus,
            query,
            threshold: String(perPod),
            // A query that finds nothing is an error, not a load of zero.
            ignoreNullValues: 'false',
          },
        })),
      ],
    });
  }
}
