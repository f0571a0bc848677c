import fc from 'fast-check';
import { Fleet, ServiceBlueprint, manifestKey, type FleetRendering, type Manifest } from '../../lib';
import { intentSchema } from '../../lib/blueprint/intent-schema';
import { sortKeys } from '../../lib/core/canonical';
import { parseCpu, parseMemory } from '../../lib/core/units';
import { toYaml } from '../../lib/kube/yaml';
import { arbitraryFleet, type ArbitraryFleet } from './arbitrary-spec';

/**
 * What holds for every fleet that breaks no rule. The checks read manifests as a cluster would, with arithmetic of their
 * own; they ask the library for nothing but the manifests.
 */
const RUNS = { numRuns: 30 };

type Json = any;

interface Rendered {
  readonly fleet: ArbitraryFleet;
  readonly rendering: FleetRendering;
  readonly services: ReadonlyMap<string, readonly Manifest[]>;
  readonly platform: readonly Manifest[];
}

function declare(fleet: ArbitraryFleet, services = fleet.services.map(({ name, whole }) => ({ name, spec: whole }))) {
  const made = new Fleet({ name: 'random', profile: fleet.profile });
  for (const { name, spec } of services) new ServiceBlueprint(made, name, spec);
  return made.in('prod', { images: fleet.lock });
}

function rendered(fleet: ArbitraryFleet): Rendered {
  const rendering = declare(fleet);
  return {
    fleet,
    rendering,
    services: new Map(
      rendering.names.map((name) => [name, rendering.service(name).groups.flatMap(({ manifests }) => manifests)]),
    ),
    platform: rendering.platformGroups().groups.flatMap(({ manifests }) => manifests),
  };
}

function holds(check: (fleet: Rendered) => void): void {
  fc.assert(
    fc.property(arbitraryFleet, (fleet) => check(rendered(fleet))),
    RUNS,
  );
}

/** The check for each service by itself. */
function holdsForEach(check: (service: Service, fleet: Rendered) => void): void {
  holds((fleet) => {
    for (const [name, manifests] of fleet.services) check(new Service(name, manifests, fleet), fleet);
  });
}

/** Reads the manifests of one service as a cluster would. */
class Service {
  constructor(
    readonly name: string,
    readonly manifests: readonly Manifest[],
    private readonly fleet: Rendered,
  ) {}

  all(kind: string): Json[] {
    return this.manifests.filter((manifest) => manifest.kind === kind);
  }

  one(kind: string): Json {
    return this.all(kind)[0];
  }

  get namespace(): string {
    return this.one('ServiceAccount').metadata.namespace;
  }

  get deployment(): Json {
    return this.one('Deployment');
  }

  /** Every pod template: of the workload, of its runs, of its migration. */
  get templates(): Json[] {
    return [
      ...this.all('Deployment').map(({ spec }) => spec.template),
      ...this.all('CronJob').map(({ spec }) => spec.jobTemplate.spec.template),
      ...this.all('Job').map(({ spec }) => spec.template),
    ];
  }

  /** What stands in the service's own namespace or in the team's. */
  inNamespace(kind: string): Json[] {
    return [...this.fleet.platform, ...[...this.fleet.services.values()].flat()].filter(
      (manifest) => manifest.kind === kind && manifest.metadata.namespace === this.namespace,
    );
  }

  get policy(): Json {
    return this.all('NetworkPolicy').find(({ metadata }) => metadata.name === this.name);
  }

  /** From what the autoscaler, or else the Deployment, says. */
  get replicas(): { min: number; max: number; target: number | null } {
    const hpa = this.one('HorizontalPodAutoscaler');
    if (hpa) {
      const { target } = hpa.spec.metrics[0].containerResource;
      return { min: hpa.spec.minReplicas, max: hpa.spec.maxReplicas, target: target.averageUtilization };
    }
    const scaled = this.one('ScaledObject');
    if (scaled) {
      const cpu = scaled.spec.triggers.find(({ type }: Json) => type === 'cpu');
      return {
        min: scaled.spec.minReplicaCount,
        max: scaled.spec.maxReplicaCount,
        target: Number(cpu.metadata.value),
      };
    }
    const { replicas } = this.deployment.spec;
    return { min: replicas, max: replicas, target: null };
  }

  /** Pods of this service that count into the quota at the worst moment of a rollout. */
  worstPods(): number {
    const cronJob = this.one('CronJob');
    if (cronJob) return 2;
    const { spec } = this.deployment;
    const jobs = this.all('Job').length;
    const { max } = this.replicas;
    if (spec.strategy.type === 'Recreate') return 2 + jobs;
    const { maxSurge } = spec.strategy.rollingUpdate;
    const wave = Math.min(
      max,
      typeof maxSurge === 'number' ? maxSurge : Math.ceil((max * parseInt(maxSurge, 10)) / 100),
    );
    // Old pods go in waves, the next one when new pods have been ready long enough; each stays until its grace ends.
    const grace = spec.template.spec.terminationGracePeriodSeconds;
    const step = Math.max(1, spec.minReadySeconds);
    let most = 0;
    for (let now = 0, gone = 0; gone < max; now += step) {
      gone = Math.min(max, gone + wave);
      const ended = Math.min(max, wave * Math.max(0, Math.floor((now - grace) / step) + 1));
      most = Math.max(most, gone - (now < grace ? 0 : ended));
    }
    return max + wave + most + jobs;
  }

  /** Requests and limits of one pod as the scheduler and the quota sum them up. */
  podResources(template: Json): { cpu: number; memory: number; limit: number | null } {
    const { mesh } = this.fleet.rendering.platform;
    const main = template.spec.containers.map(resourcesOf);
    const started = (template.spec.initContainers ?? []) as Json[];
    const sidecars = started.filter(({ restartPolicy }) => restartPolicy === 'Always').map(resourcesOf);
    if (mesh) {
      sidecars.push({
        cpu: parseCpu(mesh.proxy.cpu)!,
        memory: parseMemory(mesh.proxy.memory)!,
        limit: parseCpu(mesh.proxy.cpuLimit)!,
      });
    }
    const steps = started
      .filter(({ restartPolicy }) => restartPolicy === undefined)
      .map((container) => added([resourcesOf(container), ...sidecars]));
    return [added([...main, ...sidecars]), ...steps].reduce(worse);
  }
}

interface Amount {
  readonly cpu: number;
  readonly memory: number;
  readonly limit: number | null;
}

function resourcesOf({ resources: { requests, limits } }: Json): Amount {
  // Memory request and limit are one, which another property holds.
  return {
    cpu: parseCpu(requests.cpu)!,
    memory: parseMemory(limits.memory)!,
    limit: limits.cpu === undefined ? null : parseCpu(limits.cpu)!,
  };
}

function added(amounts: readonly Amount[]): Amount {
  return amounts.reduce((a, b) => ({
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    limit: a.limit === null || b.limit === null ? null : a.limit + b.limit,
  }));
}

function worse(a: Amount, b: Amount): Amount {
  return {
    cpu: Math.max(a.cpu, b.cpu),
    memory: Math.max(a.memory, b.memory),
    limit: a.limit === null || b.limit === null ? null : Math.max(a.limit, b.limit),
  };
}

function containersOf(template: Json): Json[] {
  return [...template.spec.containers, ...(template.spec.initContainers ?? [])];
}

function matches(selector: Json, labels: Json): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

function policyRules(policy: Json): { direction: string; peers: Json[]; ports: Json[] }[] {
  return [
    ...(policy.spec.ingress ?? []).map((rule: Json) => ({ direction: 'in', peers: rule.from, ports: rule.ports })),
    ...(policy.spec.egress ?? []).map((rule: Json) => ({ direction: 'out', peers: rule.to, ports: rule.ports })),
  ];
}

test('a fleet that is valid by our own arithmetic breaks no rule and renders', () => {
  fc.assert(
    fc.property(arbitraryFleet, (fleet) => {
      const rendering = declare(fleet);
      expect(rendering.problems()).toEqual([]);
      for (const name of rendering.names) expect(rendering.service(name).groups.length).toBeGreaterThanOrEqual(3);
      expect(rendering.platformGroups().groups.length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});

/** The same content with the keys of its maps in another order; the order of `ports` has a meaning and stays. */
function shuffled(value: Json, dice: () => number, key = ''): Json {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, dice));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, shuffled(member, dice, name)] as const);
  return Object.fromEntries(key === 'ports' ? entries : inOtherOrder(entries, dice));
}

function inOtherOrder<T>(list: readonly T[], dice: () => number): T[] {
  return list
    .map((item) => ({ item, rank: dice() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

function bytes(rendering: FleetRendering): string {
  const { groups, operators } = rendering.platformGroups();
  const all = [...rendering.names.flatMap((name) => rendering.service(name).groups), ...groups];
  return all
    .map(({ name, manifests }) => [name, ...manifests.map((manifest) => toYaml(manifest))].join('\n---\n'))
    .concat(operators)
    .join('\n');
}

test('the same fleet gives the same bytes, in whatever order services and keys are written', () => {
  fc.assert(
    fc.property(arbitraryFleet, fc.nat(), (fleet, seed) => {
      const dice = diceOf(seed);
      const expected = bytes(declare(fleet));
      const again = inOtherOrder(fleet.services, dice).map(({ name, whole }) => ({
        name,
        spec: shuffled(whole, dice),
      }));
      expect(bytes(declare(fleet))).toBe(expected);
      expect(bytes(declare(fleet, again))).toBe(expected);
    }),
    RUNS,
  );
});

test('a field in the overlay of the environment is as good as one in the spec', () => {
  fc.assert(
    fc.property(arbitraryFleet, (fleet) => {
      const overlaid = fleet.services.map(({ name, written }) => ({ name, spec: written }));
      expect(bytes(declare(fleet, overlaid))).toBe(bytes(declare(fleet)));
    }),
    RUNS,
  );
});

test('the quota of a namespace fits every pod that may be there at once, by the sums of the pods themselves', () => {
  holds((fleet) => {
    const needed = new Map<string, { pods: number; amount: Amount }>();
    for (const [name, manifests] of fleet.services) {
      const service = new Service(name, manifests, fleet);
      const pods = service.worstPods();
      const one = service.templates.map((template) => service.podResources(template)).reduce(worse);
      const amount = {
        cpu: one.cpu * pods,
        memory: one.memory * pods,
        limit: one.limit === null ? null : one.limit * pods,
      };
      const before = needed.get(service.namespace);
      needed.set(service.namespace, {
        pods: pods + (before?.pods ?? 0),
        amount: before ? added([before.amount, amount]) : amount,
      });
    }
    const quotas = [...fleet.platform, ...[...fleet.services.values()].flat()].filter(
      ({ kind }) => kind === 'ResourceQuota',
    );
    expect(quotas.map(({ metadata }) => metadata.namespace).sort()).toEqual([...needed.keys()].sort());
    for (const quota of quotas) {
      const { hard } = quota.spec as Json;
      const { pods, amount } = needed.get(quota.metadata.namespace!)!;
      expect(Number(hard.pods)).toBeGreaterThanOrEqual(pods);
      expect(parseCpu(hard['requests.cpu'])).toBeGreaterThanOrEqual(amount.cpu);
      expect(parseMemory(hard['requests.memory'])).toBeGreaterThanOrEqual(amount.memory);
      expect(parseMemory(hard['limits.memory'])).toBeGreaterThanOrEqual(amount.memory);
      // A quota on limits would refuse a pod that has none.
      if (amount.limit === null) expect(hard).not.toHaveProperty(['limits.cpu']);
      else expect(parseCpu(hard['limits.cpu'])).toBeGreaterThanOrEqual(amount.limit);
    }
  });
});

test('the LimitRange accepts every container as it is and gives none a limit that it must not have', () => {
  holdsForEach((service, { rendering }) => {
    const [range, ...more] = service.inNamespace('LimitRange');
    expect(more).toEqual([]);
    const [limits] = range.spec.limits;
    for (const container of service.templates.flatMap(containersOf)) {
      const { cpu, memory, limit } = resourcesOf(container);
      expect(parseMemory(limits.max.memory)).toBeGreaterThanOrEqual(memory);
      // The API server fills in what is missing, so this is what runs.
      const effective = limit ?? (limits.default.cpu === undefined ? null : parseCpu(limits.default.cpu)!);
      expect(effective).toBe(limit);
      if (limits.max.cpu !== undefined)
        expect(parseCpu(limits.max.cpu)).toBeGreaterThanOrEqual(Math.max(cpu, limit ?? 0));
    }
    if (rendering.platform.resources.cpuLimitRatio === false) {
      expect(limits.default).not.toHaveProperty('cpu');
      expect(limits.max).not.toHaveProperty('cpu');
    }
  });
});

test('requests and limits of memory are one, and with CPU limits off no container has one', () => {
  holdsForEach((service, { rendering }) => {
    for (const { resources } of service.templates.flatMap(containersOf)) {
      expect(resources.limits.memory).toBe(resources.requests.memory);
      if (rendering.platform.resources.cpuLimitRatio === false) expect(resources.limits).not.toHaveProperty('cpu');
      else if (resources.limits.cpu !== undefined)
        expect(parseCpu(resources.limits.cpu)).toBeGreaterThanOrEqual(parseCpu(resources.requests.cpu)!);
    }
  });
});

test('the grace period holds the preStop pause, the drain and a spare', () => {
  holdsForEach((service) => {
    const workload = service.deployment ?? service.one('CronJob');
    const { drainSeconds } = JSON.parse(workload.metadata.annotations['golden-path.dev/intent']);
    for (const template of service.templates) {
      const pause = template.spec.containers[0].lifecycle?.preStop.sleep.seconds ?? 0;
      expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(pause + drainSeconds + 5);
    }
  });
});

test('a rollout has time for the slowest pod that is still healthy', () => {
  holdsForEach((service) => {
    if (!service.deployment) return;
    const { spec } = service.deployment;
    const { periodSeconds, failureThreshold } = spec.template.spec.containers[0].startupProbe;
    expect(spec.progressDeadlineSeconds).toBeGreaterThan(periodSeconds * failureThreshold + spec.minReadySeconds);
  });
});

test('a budget lets at least one pod go and keeps at least one, and there is none for a single pod', () => {
  holdsForEach((service) => {
    const budgets = service.all('PodDisruptionBudget');
    const min = service.deployment ? service.replicas.min : 0;
    expect(budgets).toHaveLength(min >= 2 ? 1 : 0);
    for (const { spec } of budgets) {
      expect(spec).not.toHaveProperty('minAvailable');
      expect(spec.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
      expect(spec.maxUnavailable).toBeGreaterThanOrEqual(1);
      expect(min - spec.maxUnavailable).toBeGreaterThanOrEqual(1);
      expect(matches(spec.selector, service.deployment.spec.template.metadata.labels)).toBe(true);
    }
  });
});

test('after a lost zone no survivor runs above what the profile allows, at every number of pods', () => {
  holdsForEach((service, { rendering }) => {
    if (!service.deployment) return;
    const { min, max, target } = service.replicas;
    const { zones, autoscaling } = rendering.platform;
    expect(max).toBeGreaterThanOrEqual(min);
    if (target === null) return;
    expect(target).toBeGreaterThanOrEqual(1);
    expect(target).toBeLessThanOrEqual(autoscaling.highestTarget);
    for (let pods = Math.max(min, 2); zones.length > 1 && pods <= max; pods += 1) {
      const left = pods - Math.ceil(pods / zones.length);
      expect((target * pods) / left).toBeLessThanOrEqual(autoscaling.zoneLossLoad);
    }
  });
});

test('the number of pods has one owner: a Deployment under an autoscaler does not name it', () => {
  holdsForEach((service) => {
    const scalers = [...service.all('HorizontalPodAutoscaler'), ...service.all('ScaledObject')];
    expect(scalers.length).toBeLessThanOrEqual(1);
    if (!service.deployment) expect(scalers).toEqual([]);
    else expect('replicas' in service.deployment.spec).toBe(scalers.length === 0);
    for (const { spec } of scalers) expect(spec.scaleTargetRef.name).toBe(service.deployment.metadata.name);
  });
});

test('selectors match the labels of the pods that they are meant for, and of no job beside them', () => {
  holdsForEach((service) => {
    if (!service.deployment) return;
    const { selector, template } = service.deployment.spec;
    expect(Object.keys(selector.matchLabels).sort()).toEqual(['app.kubernetes.io/instance', 'app.kubernetes.io/name']);
    expect(matches(selector, template.metadata.labels)).toBe(true);
    for (const spread of template.spec.topologySpreadConstraints ?? []) expect(spread.labelSelector).toEqual(selector);
    for (const { spec } of service.all('Service')) {
      expect(matches({ matchLabels: spec.selector }, template.metadata.labels)).toBe(true);
      const open = template.spec.containers[0].ports;
      for (const port of spec.ports)
        expect(open).toContainEqual({ name: port.targetPort, containerPort: port.port, protocol: 'TCP' });
    }
    for (const job of service.all('Job')) {
      expect(matches(selector, job.spec.template.metadata.labels)).toBe(false);
      expect(matches(service.policy.spec.podSelector, job.spec.template.metadata.labels)).toBe(true);
    }
  });
});

test('probes ask ports that the container has, and liveness is never the quick twin of readiness', () => {
  holdsForEach((service) => {
    if (!service.deployment) return;
    const [main] = service.deployment.spec.template.spec.containers;
    const { startupProbe, readinessProbe, livenessProbe } = main;
    const question = ({ httpGet, grpc, tcpSocket, exec }: Json) => JSON.stringify({ httpGet, grpc, tcpSocket, exec });
    const budget = ({ periodSeconds, failureThreshold }: Json) => periodSeconds * failureThreshold;
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      const { port } = probe.httpGet ?? probe.grpc ?? probe.tcpSocket ?? {};
      if (port !== undefined)
        expect(main.ports.flatMap(({ name, containerPort }: Json) => [name, containerPort])).toContain(port);
      for (const field of ['periodSeconds', 'timeoutSeconds', 'failureThreshold'])
        expect(probe[field]).toBeGreaterThanOrEqual(1);
    }
    expect(question(startupProbe)).toBe(question(livenessProbe));
    if (!livenessProbe.tcpSocket && question(livenessProbe) === question(readinessProbe))
      expect(budget(livenessProbe)).toBeGreaterThanOrEqual(3 * budget(readinessProbe));
  });
});

test('every rule of a network policy names its peers and its ports, and every namespace is closed', () => {
  holds((fleet) => {
    const all = [...fleet.platform, ...[...fleet.services.values()].flat()];
    const policies = all.filter(({ kind }) => kind === 'NetworkPolicy') as Json[];
    for (const policy of policies) {
      expect(policy.spec.policyTypes).toEqual(['Ingress', 'Egress']);
      for (const { peers, ports } of policyRules(policy)) {
        expect(ports.length).toBeGreaterThan(0);
        for (const { port, protocol } of ports) {
          expect(port).toBeGreaterThan(0);
          expect(['TCP', 'UDP']).toContain(protocol);
        }
        expect(peers.length).toBeGreaterThan(0);
        for (const { ipBlock, namespaceSelector, podSelector } of peers) {
          if (ipBlock) expect(ipBlock.cidr).toMatch(/\/\d+$/);
          else {
            expect(Object.keys(namespaceSelector.matchLabels)).toEqual(['kubernetes.io/metadata.name']);
            expect(Object.keys(podSelector.matchLabels).length).toBeGreaterThan(0);
          }
        }
      }
    }
    const closed = policies.filter(({ spec }) => Object.keys(spec.podSelector).length === 0);
    const namespaces = all.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    expect(closed.map(({ metadata }) => metadata.namespace).sort()).toEqual(namespaces.sort());
    for (const { spec } of closed) expect([spec.ingress, spec.egress]).toEqual([undefined, undefined]);
  });
});

test('every consented call is open on both ends, on the same port, and nothing else is between two services', () => {
  holds((fleet) => {
    const services = [...fleet.services].map(([name, manifests]) => new Service(name, manifests, fleet));
    const openFor = (policy: Json, direction: string, other: Service): number[] =>
      policyRules(policy)
        .filter((rule) => rule.direction === direction)
        .filter(({ peers }) =>
          peers.some(
            ({ namespaceSelector, podSelector }) =>
              namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === other.namespace &&
              other.templates.every(({ metadata }) => matches(podSelector, metadata.labels)),
          ),
        )
        .flatMap(({ ports }) => ports.map(({ port }) => port as number));
    const seen = services.flatMap((caller) =>
      services.flatMap((callee) => {
        const out = openFor(caller.policy, 'out', callee);
        const into = openFor(callee.policy, 'in', caller);
        expect(into).toEqual(out);
        return out.map((port) => `${caller.name} -> ${callee.name}:${port}`);
      }),
    );
    const consented = fleet.fleet.calls.map(({ caller, callee, port }) => `${caller} -> ${callee}:${port}`);
    expect(seen.sort()).toEqual(consented.sort());
    for (const service of services)
      for (const { metadata } of service.templates)
        expect(matches(service.policy.spec.podSelector, metadata.labels)).toBe(true);
  });
});

test('the address that a caller is given is the Service of the callee', () => {
  holds((fleet) => {
    const services = new Map([...fleet.services].map(([name, list]) => [name, new Service(name, list, fleet)]));
    for (const { caller, callee, port } of fleet.fleet.calls) {
      const { namespace } = services.get(callee)!;
      const address = `${callee}.${namespace}.svc.cluster.local:${port}`;
      for (const template of services.get(caller)!.templates)
        expect(template.spec.containers[0].env.map(({ value }: Json) => value)).toContain(address);
      const [service] = services.get(callee)!.all('Service');
      expect(service.metadata).toMatchObject({ name: callee, namespace });
      expect(service.spec.ports.map((open: Json) => open.port)).toContain(port);
    }
  });
});

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

function labelsIn(value: Json): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'labels' || key === 'matchLabels' ? [member, ...labelsIn(member)] : labelsIn(member),
  );
}

test('names are DNS labels, label values are valid, no two objects are the same, and each says whose it is', () => {
  holds((fleet) => {
    const all = [...fleet.platform, ...[...fleet.services.values()].flat()];
    const keys = all.map(manifestKey);
    expect(keys).toHaveLength(new Set(keys).size);
    for (const manifest of all) {
      expect(manifest.metadata.name).toMatch(DNS_LABEL);
      // The controller of a CronJob appends eleven characters.
      if (manifest.kind === 'CronJob') expect(manifest.metadata.name.length).toBeLessThanOrEqual(52);
      for (const labels of labelsIn(manifest)) {
        for (const [key, value] of Object.entries(labels)) {
          expect(key).toMatch(LABEL_KEY);
          expect(value).toMatch(LABEL_VALUE);
        }
      }
    }
    for (const manifest of [...fleet.services.values()].flat()) {
      expect(manifest.metadata.labels).toMatchObject({
        'golden-path.dev/team': expect.stringMatching(/^(red|green|blue)$/),
        'golden-path.dev/tier': expect.stringMatching(/^(critical|standard|best-effort)$/),
        'app.kubernetes.io/part-of': 'random',
      });
    }
  });
});

test('everything that a pod refers to exists', () => {
  holdsForEach((service, fleet) => {
    const named = (kind: string) => service.inNamespace(kind).map(({ metadata }) => metadata.name);
    const configs = service.inNamespace('ConfigMap');
    const secrets = service.inNamespace('ExternalSecret');
    const priorities = fleet.platform
      .filter(({ kind }) => kind === 'PriorityClass')
      .map(({ metadata }) => metadata.name);
    for (const { spec } of service.templates) {
      expect(named('ServiceAccount')).toContain(spec.serviceAccountName);
      expect(priorities).toContain(spec.priorityClassName);
      const volumes = new Map((spec.volumes as Json[]).map((volume) => [volume.name, volume]));
      expect(volumes.size).toBe(spec.volumes.length);
      for (const { configMap } of volumes.values()) if (configMap) expect(named('ConfigMap')).toContain(configMap.name);
      const names = containersOf({ spec }).map(({ name }) => name);
      expect(names).toHaveLength(new Set(names).size);
      for (const container of containersOf({ spec })) {
        for (const { configMapRef } of container.envFrom ?? []) expect(named('ConfigMap')).toContain(configMapRef.name);
        const variables = (container.env ?? []).map(({ name }: Json) => name);
        expect(variables).toHaveLength(new Set(variables).size);
        for (const { valueFrom } of container.env ?? []) {
          if (!valueFrom) continue;
          const { name, key } = valueFrom.secretKeyRef;
          const secret = secrets.find(({ spec: { target } }) => target.name === name);
          expect(secret.spec.data.map(({ secretKey }: Json) => secretKey)).toContain(key);
        }
        const paths = container.volumeMounts.map(({ mountPath }: Json) => mountPath);
        expect(paths).toHaveLength(new Set(paths).size);
        expect(paths).toContain('/tmp');
        for (const { name, subPath } of container.volumeMounts) {
          expect(volumes.has(name)).toBe(true);
          if (subPath === undefined) continue;
          const source = configs.find(({ metadata }) => metadata.name === volumes.get(name).configMap.name);
          expect(Object.keys(source.data)).toContain(subPath);
        }
      }
    }
  });
});

test('every pod is locked down as Pod Security "restricted" asks, and more', () => {
  holdsForEach((service) => {
    for (const { spec } of service.templates) {
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(spec.securityContext.runAsUser).toBeGreaterThan(0);
      for (const { securityContext } of containersOf({ spec })) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        });
      }
    }
  });
});

test('the intent can be read back, and stands on the workload but not on its pods', () => {
  holdsForEach((service) => {
    const workload = service.deployment ?? service.one('CronJob');
    const text = workload.metadata.annotations['golden-path.dev/intent'];
    const facts = intentSchema.parse(JSON.parse(text));
    expect(JSON.stringify(sortKeys(facts))).toBe(text);
    for (const template of service.templates) expect(template.metadata).not.toHaveProperty('annotations');
  });
});

test('every decision says why', () => {
  holds(({ rendering }) => {
    for (const name of rendering.names) {
      const { decisions } = rendering.resolved(name);
      const paths = decisions.map(({ path }) => path);
      expect(paths).toHaveLength(new Set(paths).size);
      for (const { because, value, source } of decisions) {
        expect(because.trim()).not.toBe('');
        expect(because).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
        expect(value).not.toBeUndefined();
        expect(['platform', 'tier', 'spec', 'derived', 'locked']).toContain(source);
      }
    }
  });
});
