import type { Construct } from 'constructs';
import { podDisruptionBudget } from '../../kube/objects';
import type { ResolvedService } from '../../resolve/resolved-service';
import { metaOf } from './meta';

/** How many pods a drain may take at a time. Pods that are not healthy anyway never hold it up. */
export function disruption(scope: Construct, service: ResolvedService): void {
  if (!service.disruption) return;
  podDisruptionBudget(scope, 'budget', metaOf(service, service.name), {
    selector: service.selector,
    maxUnavailable: service.disruption.maxUnavailable,
  });
}
