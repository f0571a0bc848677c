import { formatCpu, formatMemory } from '../../core/units';
import type { Container, EnvVar, PodSpec, Probe, TopologySpreadConstraint, Volume } from '../../kube/pod';
import type {
  ContainerResources,
  ResolvedContainer,
  ResolvedProbe,
  ResolvedService,
} from '../../resolve/resolved-service';
import { configNames } from './config';

/** A pod that serves for good. */
export function servingPod(service: ResolvedService): PodSpec {
  return { ...basePod(service, mainContainer(service, true)), restartPolicy: 'Always', ...spread(service) };
}

/** A pod that runs a command of the service to its end: same image, same configuration, no probes. */
export function finishingPod(service: ResolvedService, command?: readonly string[]): PodSpec {
  const main = mainContainer(service, false);
  return { ...basePod(service, command ? { ...main, command } : main), restartPolicy: 'Never' };
}

function basePod(service: ResolvedService, main: Container): Omit<PodSpec, 'restartPolicy'> {
  const tolerations = (['not-ready', 'unreachable'] as const).map((condition) => ({
    key: `node.kubernetes.io/${condition}`,
    operator: 'Exists' as const,
    effect: 'NoExecute' as const,
    tolerationSeconds: service.nodeLossTolerance,
  }));
  const starting = [
    // Sidecars first: an init container may already need them.
    ...service.sidecars.map((container) => ({
      ...sideContainer(service, container),
      restartPolicy: 'Always' as const,
    })),
    ...service.init.map((container) => sideContainer(service, container)),
  ];
  return {
    serviceAccountName: service.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: service.priorityClass,
    terminationGracePeriodSeconds: service.shutdown.grace,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: service.runAsUser,
      runAsGroup: service.runAsUser,
      fsGroup: service.runAsUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    // Every derived address is a full name; the API default of 5 would try each search domain before it.
    dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
    tolerations,
    ...(starting.length > 0 ? { initContainers: starting } : {}),
    containers: [main],
    volumes: volumesOf(service),
  };
}

function mainContainer(service: ResolvedService, serving: boolean): Container {
  const { main, ports, probes, shutdown } = service;
  const { env, secrets } = configNames(service);
  const variables: EnvVar[] = [
    ...service.calls.map((call) => ({ name: call.env, value: `${call.host}:${call.port}` })),
    ...service.secrets.map((secret) => ({
      name: secret.env,
      valueFrom: { secretKeyRef: { name: secrets!, key: secret.env } },
    })),
  ];
  return {
    name: main.name,
    image: main.image,
    ...(main.command.length > 0 ? { command: main.command } : {}),
    ...(main.args.length > 0 ? { args: main.args } : {}),
    ...(serving && ports.length > 0
      ? { ports: ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' as const })) }
      : {}),
    ...(env === null ? {} : { envFrom: [{ configMapRef: { name: env } }] }),
    ...(variables.length > 0 ? { env: variables } : {}),
    resources: resourcesOf(main.resources),
    ...(serving && probes
      ? {
          startupProbe: probe(probes.startup),
          readinessProbe: probe(probes.readiness),
          livenessProbe: probe(probes.liveness),
        }
      : {}),
    ...(serving && shutdown.preStop > 0 ? { lifecycle: { preStop: { sleep: { seconds: shutdown.preStop } } } } : {}),
    securityContext: LOCKED_DOWN,
    volumeMounts: mountsOf(service),
  };
}

function sideContainer(service: ResolvedService, container: ResolvedContainer): Container {
  const variables = Object.entries(container.env).map(([name, value]) => ({ name, value }));
  return {
    name: container.name,
    image: container.image,
    ...(container.command.length > 0 ? { command: container.command } : {}),
    ...(container.args.length > 0 ? { args: container.args } : {}),
    ...(variables.length > 0 ? { env: variables } : {}),
    resources: resourcesOf(container.resources),
    securityContext: LOCKED_DOWN,
    volumeMounts: mountsOf(service),
  };
}

const LOCKED_DOWN: Container['securityContext'] = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

function resourcesOf({ cpu, cpuLimit, memory }: ContainerResources): Container['resources'] {
  return {
    requests: { cpu: formatCpu(cpu), memory: formatMemory(memory) },
    limits: { ...(cpuLimit === null ? {} : { cpu: formatCpu(cpuLimit) }), memory: formatMemory(memory) },
  };
}

function probe({ check, period, timeout, failures }: ResolvedProbe): Probe {
  const timing = { periodSeconds: period, timeoutSeconds: timeout, failureThreshold: failures };
  switch (check.type) {
    case 'http': {
      const httpHeaders = Object.entries(check.headers).map(([name, value]) => ({ name, value }));
      return {
        httpGet: { path: check.path, port: check.port, ...(httpHeaders.length > 0 ? { httpHeaders } : {}) },
        ...timing,
      };
    }
    case 'grpc':
      return { grpc: { port: check.port, ...(check.service === '' ? {} : { service: check.service }) }, ...timing };
    case 'tcp':
      return { tcpSocket: { port: check.port }, ...timing };
    case 'exec':
      return { exec: { command: check.command }, ...timing };
  }
}

function volumesOf(service: ResolvedService): Volume[] {
  const { files } = configNames(service);
  return [
    ...service.volumes.map(({ name, size, medium }) => ({
      name,
      emptyDir: { sizeLimit: formatMemory(size), ...(medium === 'memory' ? { medium: 'Memory' as const } : {}) },
    })),
    ...(files === null ? [] : [{ name: 'files', configMap: { name: files } }]),
  ];
}

function mountsOf(service: ResolvedService): NonNullable<Container['volumeMounts']> {
  return [
    ...service.volumes.map(({ name, path }) => ({ name, mountPath: path })),
    ...service.files.map(({ path, key }) => ({ name: 'files', mountPath: path, subPath: key, readOnly: true })),
  ];
}

/** Over zones strictly, over hosts where possible. The hash key makes each version spread by itself. */
function spread(service: ResolvedService): { topologySpreadConstraints?: TopologySpreadConstraint[] } {
  const common = {
    maxSkew: 1,
    nodeTaintsPolicy: 'Honor' as const,
    labelSelector: { matchLabels: { ...service.selector } },
    matchLabelKeys: ['pod-template-hash'],
  };
  const { zone } = service.spread;
  const constraints: TopologySpreadConstraint[] = [];
  if (zone) {
    constraints.push({
      ...common,
      ...(zone.minDomains === null ? {} : { minDomains: zone.minDomains }),
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
    });
  }
  if (service.scaling.max > 1) {
    constraints.push({ ...common, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' });
  }
  return constraints.length > 0 ? { topologySpreadConstraints: constraints } : {};
}
