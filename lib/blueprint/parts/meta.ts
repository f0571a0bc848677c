import type { ObjectMeta } from '../../kube/pod';
import type { ResolvedService } from '../../resolve/resolved-service';

/** Metadata of an object of a service: its namespace, and the labels that say whose it is. */
export function metaOf(service: ResolvedService, name: string, annotations?: Record<string, string>): ObjectMeta {
  return { name, namespace: service.namespace.name, labels: service.labels, ...(annotations ? { annotations } : {}) };
}

/**
 * Labels of what runs beside the workload, such as a migration. The instance differs, so that no Service, budget or
 * autoscaler selects it; the name is the same, so that the network policies of the service hold for it too.
 */
export function jobLabels(service: ResolvedService, suffix: string): Record<string, string> {
  return { ...service.labels, 'app.kubernetes.io/instance': `${service.name}-${suffix}` };
}
