import type { Construct } from 'constructs';
import { formatCpu, formatMemory } from '../../core/units';
import { limitRange, namespace, resourceQuota } from '../../kube/objects';
import type { ContainerResources, ResolvedService, ResolvedTenancy } from '../../resolve/resolved-service';

/** Namespace, quota and limits of a service that has a namespace of its own. */
export function tenancy(scope: Construct, service: ResolvedService): void {
  if (service.namespace.scope !== 'service') return;
  const { labels } = service;
  boundary(scope, service.namespace.name, labels, service.tenancy, service.pod.injected !== null);
}

/** A namespace with all that bounds it. Also used for the namespace of a team, with the sum of its services. */
export function boundary(
  scope: Construct,
  name: string,
  labels: Readonly<Record<string, string>>,
  { pods, cpu, cpuLimit, memory, largest, fallback }: ResolvedTenancy,
  mesh: boolean,
): void {
  namespace(scope, 'namespace', {
    name,
    labels: {
      ...labels,
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
      ...(mesh ? { 'istio-injection': 'enabled' } : {}),
    },
  });
  resourceQuota(
    scope,
    'quota',
    { name: 'golden-path', namespace: name, labels },
    {
      hard: {
        pods: String(pods),
        'requests.cpu': formatCpu(cpu),
        'requests.memory': formatMemory(memory),
        ...(cpuLimit === null ? {} : { 'limits.cpu': formatCpu(cpuLimit) }),
        'limits.memory': formatMemory(memory),
        'services.nodeports': '0',
        'services.loadbalancers': '0',
      },
    },
  );
  limitRange(
    scope,
    'limits',
    { name: 'golden-path', namespace: name, labels },
    {
      max: limitsOf(largest),
      default: limitsOf(fallback),
      defaultRequest: { cpu: formatCpu(fallback.cpu), memory: formatMemory(fallback.memory) },
    },
  );
}

function limitsOf({ cpuLimit, memory }: ContainerResources): Record<string, string> {
  return { ...(cpuLimit === null ? {} : { cpu: formatCpu(cpuLimit) }), memory: formatMemory(memory) };
}
