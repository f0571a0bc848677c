import { contentHash, sortedEntries } from '../core/canonical';
import { formatPath } from '../core/data';
import type { EnvironmentSpec } from '../spec/service-spec';
import { mainContainer, podResources, sideContainers } from './container';
import { broken, bytes, inSeconds, milliseconds, optional, seconds, type Context } from './context';
import type { Images } from './images';
import { resolveCron, resolveMigration } from './jobs';
import { checkKind } from './kind';
import { headless, resolvePorts } from './ports';
import { resolveProbes } from './probes';
import type { OwnFacts, ResolvedScaling, ResolvedVolume } from './resolved-service';
import { resolveRollout, resolveShutdown } from './rollout';
import { resolveDisruption, resolveScaling } from './scaling';
import { resolveTenancy } from './tenancy';

const LABEL_PREFIX = 'golden-path.dev';

/** First pass: everything that a service's own spec and the platform decide, without looking at other services. */
export function resolveOwnFacts(context: Context, images: Images): OwnFacts {
  const { name, spec, kind, tier, platform, decisions } = context;
  decisions.settle('tier', spec.tier, {
    value: tier,
    source: 'platform',
    because: 'a service that does not say is standard',
  });
  decisions.settle('kind', spec.kind, {
    value: kind,
    source: 'derived',
    because: 'what does not say otherwise serves',
  });
  checkKind(context);

  const ports = resolvePorts(context);
  const main = mainContainer(context, images);
  const init = sideContainers(context, 'init', images);
  const sidecars = sideContainers(context, 'sidecars', images);
  const pod = podResources(context, main, init, sidecars);
  const probes = resolveProbes(context, ports);
  const scaling = resolveScaling(context);
  const shutdown = resolveShutdown(context);
  const rollout = resolveRollout(context, probes, scaling, shutdown);
  const namespace = namespaceOf(context);
  decisions.record(
    'namespace',
    namespace.name,
    'platform',
    `one namespace for each ${platform.namespaces}: its quota and its policies are a bulkhead`,
  );
  const runAsUser = decisions.settle('security.runAsUser', spec.security?.runAsUser, {
    value: platform.runAsUser,
    source: 'platform',
    because: 'a numeric user that exists on no node; the kubelet can check that it is not root',
  });
  const teamGroup = platform.teamGroup.replaceAll('{team}', spec.team);
  decisions.record(
    'access.group',
    teamGroup,
    'platform',
    'the owning team may read logs, restart and undo a rollout, and nothing else',
  );
  decisions.record(
    'security.locked',
    [
      'runAsNonRoot',
      'readOnlyRootFilesystem',
      'no privilege escalation',
      'all capabilities dropped',
      'seccomp RuntimeDefault',
      'no API token',
    ],
    'locked',
    'Pod Security "restricted", and a root file system that an intruder cannot write to',
  );

  return {
    name,
    fleet: context.fleet,
    environment: platform.environment,
    team: spec.team,
    tier,
    kind,
    namespace,
    labels: {
      'app.kubernetes.io/component': kind,
      'app.kubernetes.io/instance': name,
      'app.kubernetes.io/managed-by': 'golden-path',
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': context.fleet,
      [`${LABEL_PREFIX}/team`]: spec.team,
      [`${LABEL_PREFIX}/tier`]: tier,
    },
    selector: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name },
    main,
    init,
    sidecars,
    ports,
    headless: headless(context, ports),
    configData: Object.fromEntries(sortedEntries(spec.env).map(([key, value]) => [key, String(value)])),
    files: resolveFiles(spec),
    ...resolveSecrets(context),
    volumes: resolveVolumes(context),
    probes,
    runAsUser,
    serviceAccountAnnotations: identityAnnotations(context),
    teamGroup,
    priorityClass: priorityOf(context),
    nodeLossTolerance: nodeLossTolerance(context),
    spread: resolveSpread(context, scaling),
    shutdown,
    rollout,
    scaling,
    disruption: resolveDisruption(context, scaling),
    pod,
    tenancy: resolveTenancy(context, { scaling, rollout, shutdown, pod, containers: [main, ...init, ...sidecars] }),
    cron: resolveCron(context),
    migrate: resolveMigration(context),
    slo: spec.slo ?? null,
    traffic: {
      peakRps: spec.traffic?.peakRps ?? null,
      rpsPerPod: spec.traffic?.rpsPerPod ?? null,
      p99Ms: optional(spec.traffic?.p99, milliseconds) ?? null,
    },
    overrides: (spec.overrides ?? []).map(({ target, patch, reason }) => ({
      kind: target.kind,
      name: target.name ?? null,
      patch,
      reason,
    })),
    extra: spec.extra ?? [],
    notes: context.notes,
  };
}

function namespaceOf(context: Context): OwnFacts['namespace'] {
  const { name, spec, platform } = context;
  const namespace = platform.namespaces === 'service' ? name : spec.team;
  const { dns, systemPeers } = platform.network;
  const taken = ['default', dns.namespace, ...Object.values(systemPeers).map((peer) => peer.namespace)];
  if (taken.includes(namespace) || namespace.startsWith('kube-') || name === DENY_ALL) {
    broken(context, {
      code: 'reserved-name',
      path: platform.namespaces === 'service' ? '' : 'team',
      message:
        name === DENY_ALL
          ? 'the policy that closes the namespace has this name'
          : 'the namespace of this name is the cluster’s or the platform’s own',
      got: name === DENY_ALL ? name : namespace,
      fix: 'choose another name',
    });
  }
  return { name: namespace, scope: platform.namespaces };
}

/** Name of the policy that closes a namespace; a service of this name would overwrite it with its own. */
const DENY_ALL = 'deny-all';

export function priorityClassName(tier: string): string {
  return `golden-path-${tier}`;
}

function priorityOf({ tier, tierSettings, decisions }: Context): string {
  const name = priorityClassName(tier);
  decisions.record(
    'priorityClass',
    name,
    'tier',
    `value ${tierSettings.priority}: who is scheduled first, and evicted last, when room is short`,
  );
  return name;
}

/** Longest key of a ConfigMap is 253; what is longer, or taken, is told apart by a hash. */
const LONGEST_KEY = 200;

function resolveFiles(spec: EnvironmentSpec): OwnFacts['files'] {
  const taken = new Set<string>();
  return sortedEntries(spec.files).map(([path, content]) => {
    const plain = path.slice(1).replaceAll(/[^A-Za-z0-9._-]|^\./g, '_');
    const key =
      taken.has(plain) || plain.length > LONGEST_KEY ? `${plain.slice(-LONGEST_KEY)}-${contentHash(path)}` : plain;
    taken.add(key);
    return { path, key, content };
  });
}

function resolveSecrets({ spec, platform, decisions }: Context): Pick<OwnFacts, 'secrets' | 'secretStore'> {
  const { name, kind, refresh } = platform.secretStore;
  const secrets = sortedEntries(spec.secrets).map(([env, ref]) =>
    typeof ref === 'string' ? { env, key: ref, property: null } : { env, key: ref.key, property: ref.property ?? null },
  );
  if (secrets.length > 0) {
    decisions.record(
      'secrets',
      `${kind} ${name}, fetched every ${refresh}`,
      'platform',
      'manifests hold references only; External Secrets brings the values into the cluster',
    );
  }
  return { secrets, secretStore: { name, kind, refreshSeconds: seconds(refresh) } };
}

function resolveVolumes(context: Context): ResolvedVolume[] {
  const { spec, platform, decisions } = context;
  const own = sortedEntries(spec.volumes).map(([path, { size, medium }], index) => ({
    name: `volume-${index}`,
    path,
    size: bytes(size),
    medium: medium ?? ('disk' as const),
  }));
  for (const { path } of [...own, { path: '/tmp' }]) {
    if (spec.files?.[path] === undefined) continue;
    broken(context, {
      code: 'mount-path-taken',
      path: formatPath(['files', path]),
      message: 'an empty directory is mounted at this path',
      got: path,
      fix: 'give the file another path',
    });
  }
  if (own.some((volume) => volume.path === '/tmp')) return own;
  decisions.record(
    'volumes./tmp',
    platform.resources.tmp,
    'platform',
    'the root file system is read-only; programs still expect a /tmp',
  );
  return [{ name: 'tmp', path: '/tmp', size: bytes(platform.resources.tmp), medium: 'disk' }, ...own];
}

function identityAnnotations(context: Context): Record<string, string> {
  const { spec, platform } = context;
  if (spec.identity === undefined) return {};
  const entries = sortedEntries(platform.identityAnnotations);
  if (entries.length === 0) {
    broken(context, {
      code: 'no-identity',
      path: 'identity',
      message: 'the profile does not say how an identity becomes an annotation',
      fix: 'set identityAnnotations in the profile, or remove identity',
    });
  }
  context.decisions.record(
    'identity',
    spec.identity,
    'spec',
    `the pods act as this in the cloud, through ${entries.map(([key]) => key).join(', ')} on their ServiceAccount`,
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, value.replaceAll('{identity}', () => spec.identity!)]));
}

function nodeLossTolerance({ tierSettings, decisions }: Context): number {
  const value = seconds(tierSettings.nodeLossTolerance);
  decisions.record(
    'nodeLossTolerance',
    inSeconds(value),
    'tier',
    'a lost node or zone is felt this long before its pods are replaced; the API default is 300s',
  );
  return value;
}

function resolveSpread(context: Context, scaling: ResolvedScaling): OwnFacts['spread'] {
  const { zones, decisions } = context;
  if (zones === 1 || scaling.max <= 1) {
    decisions.record(
      'spread.zone',
      'none',
      'derived',
      zones === 1 ? 'the platform has one zone' : 'there is one pod at a time, so nothing to spread',
    );
    return { zone: null };
  }
  const minDomains = zones >= 3 ? zones - 1 : null;
  decisions.record(
    'spread.zone',
    minDomains === null ? 'maxSkew 1' : `maxSkew 1, minDomains ${minDomains}`,
    'locked',
    minDomains === null
      ? 'no zone has more than one pod more than another'
      : `no zone has more than one pod more than another; ${minDomains} of ${zones} zones suffice, so that a lost zone does not keep replacements pending`,
  );
  return { zone: { minDomains } };
}
