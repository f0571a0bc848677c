import type { Construct } from 'constructs';
import { role, roleBinding, serviceAccount } from '../../kube/objects';
import type { ResolvedService } from '../../resolve/resolved-service';
import { metaOf } from './meta';

/** Who the pods are, and what the owning team may do: look, read logs, restart or undo a rollout. */
export function access(scope: Construct, service: ResolvedService): void {
  const annotations = service.serviceAccountAnnotations;
  serviceAccount(
    scope,
    'service-account',
    metaOf(service, service.name, Object.keys(annotations).length > 0 ? annotations : undefined),
  );

  const name = `${service.name}-owner`;
  const look = ['get', 'list', 'watch'];
  role(scope, 'owner-role', metaOf(service, name), {
    rules: [
      { apiGroups: [''], resources: ['pods', 'pods/log', 'events'], verbs: look },
      { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: look },
      { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: look },
      { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: look },
      ...(service.cron
        ? []
        : [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: [service.name], verbs: ['patch'] }]),
    ],
  });
  roleBinding(scope, 'owner', metaOf(service, name), { role: name, group: service.teamGroup });
}
