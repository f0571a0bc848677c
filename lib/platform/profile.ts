import { z } from 'zod';
import { count, cpuQuantity, dnsLabel, duration, memoryQuantity, percent } from '../spec/values';
import { networkPeers } from './network-peers';

/**
 * The platform profile: what a platform team decides once for every service. Each field has a default, so an empty
 * profile is the built-in one, and a profile file says only what is different here.
 */

const tier = (defaults: { min: number; tolerance: '30s' | '60s' | '5m'; priority: number; explicit: boolean }) =>
  z
    .strictObject({
      /** Fewest pods of a service. */
      minReplicas: count.default(defaults.min),
      /** Most pods of a service that does not say what it has to carry. */
      maxReplicas: count.default(20),
      /** Time a pod stays bound to a node that is gone. It decides how long a lost zone is felt: the API default is 5m. */
      nodeLossTolerance: duration.default(defaults.tolerance),
      /** Value of the PriorityClass: who is scheduled first, and who is evicted last, when room is short. */
      priority: z.int().min(-1_000_000_000).max(1_000_000_000).default(defaults.priority),
      /** Whether a service has to say who may call it, instead of accepting its own team. */
      explicitAccepts: z.boolean().default(defaults.explicit),
    })
    .prefault({});

/** Resources of a proxy that the mesh injects into every pod; quota and LimitRange make room for it. */
const sidecar = z.strictObject({
  /** CPU request. */
  cpu: cpuQuantity,
  /** CPU limit. */
  cpuLimit: cpuQuantity,
  /** Memory request and limit. */
  memory: memoryQuantity,
});

const fields = {
  /** Name of the profile, shown where its numbers are explained. */
  name: dnsLabel.default('built-in'),
  /** Kubernetes minor version of the clusters; 1.33 is the floor. */
  kubernetes: z
    .string()
    .regex(/^1\.(3[3-9]|[4-9]\d)$/, { error: 'a minor version from 1.33 on, such as "1.34"' })
    .default('1.34'),
  /** DNS domain of the cluster. */
  clusterDomain: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
    .default('cluster.local'),
  /** Availability zones that nodes are in; every zone computation counts them. */
  zones: z
    .array(dnsLabel)
    .min(1)
    .max(9)
    .refine((zones) => new Set(zones).size === zones.length, { error: 'each zone once' })
    .default(['zone-a', 'zone-b', 'zone-c']),
  /** One namespace for each service, or one for each team. */
  namespaces: z.enum(['service', 'team']).default('service'),
  /** What the tiers mean here. */
  tiers: z
    .strictObject({
      /** Without it the business stops. */
      critical: tier({ min: 3, tolerance: '30s', priority: 1_000_000, explicit: true }),
      /** Users notice when it is away. */
      standard: tier({ min: 3, tolerance: '60s', priority: 100_000, explicit: false }),
      /** May be away for a while. */
      'best-effort': tier({ min: 2, tolerance: '5m', priority: 1_000, explicit: false }),
    })
    .prefault({}),
  /** Requests and limits where a service says nothing. */
  resources: z
    .strictObject({
      /** CPU request of a container. */
      cpu: cpuQuantity.default('100m'),
      /** Memory request and limit of a container. */
      memory: memoryQuantity.default('256Mi'),
      /** CPU limit as a multiple of the request; `false`: no CPU limits anywhere. 4 lets a start-up burst through and still is a bulkhead. */
      cpuLimitRatio: z.union([z.number().min(1).max(100), z.literal(false)]).default(4),
      /** Size of the writable /tmp of every pod. */
      tmp: memoryQuantity.default('64Mi'),
    })
    .prefault({}),
  /** Probes where a service says nothing. */
  probes: z
    .strictObject({
      /** Path of the readiness check of an HTTP service. */
      readinessPath: z.string().startsWith('/').default('/health/ready'),
      /** Time a process may take to start. */
      startup: duration.default('60s'),
    })
    .prefault({}),
  /** Leaving without losing a request. */
  shutdown: z
    .strictObject({
      /** Pause before SIGTERM: endpoint lists, proxies and load balancers need it to forget the pod. */
      preStop: duration.default('10s'),
      /** Time to finish what is in flight. 10 + 15 + 5 spare is the 30 s that the seeds ask for. */
      drain: duration.default('15s'),
    })
    .prefault({}),
  /** Replacing pods by new ones. */
  rollout: z
    .strictObject({
      /** Pods above the wanted number. */
      maxSurge: z
        .string()
        .regex(/^([1-9]\d?|100)%$/)
        .default('25%'),
      /** Time a new pod must stay ready before the next one follows. */
      minReady: duration.default('10s'),
      /** Old versions that are kept for a rollback. */
      history: count.default(3),
    })
    .prefault({}),
  /** Replicas that follow load. */
  autoscaling: z
    .strictObject({
      /** Highest CPU target, in percent of the request, whatever the zones allow. */
      highestTarget: percent.default(70),
      /** Load of the survivors, in percent of the request, right after a zone is lost. */
      zoneLossLoad: percent.default(90),
      /** Prometheus address for KEDA; `false`: no KEDA in the cluster, CPU only. */
      keda: z
        .union([
          z.strictObject({
            /** Address of the Prometheus server, with its scheme. */
            prometheus: z.url(),
          }),
          z.literal(false),
        ])
        .default(false),
    })
    .prefault({}),
  /** Numeric user that processes run as where a service says nothing. */
  runAsUser: z.int().min(1).max(2_147_483_647).default(10_001),
  /** Images. */
  images: z
    .strictObject({
      /** `digest`: an image must be pinned by digest. `tag`: a tag is enough. */
      pin: z.enum(['digest', 'tag']).default('digest'),
      /** Image repositories, or what stands before a `/` in them, for which a tag is enough although `pin` is `digest`. Said aloud at every run. */
      allowTags: z.array(z.string().min(1)).default([]),
      /** Registries, or what stands before a `/` in a repository, that images must come from; empty: any. */
      registries: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
  /** The service mesh; `false`: none. */
  mesh: z
    .union([
      z.literal(false),
      z.strictObject({
        /** Istio in its sidecar mode. */
        kind: z.literal('istio'),
        /** Istio CNI runs on the nodes. Without it sidecars break Pod Security `restricted`. */
        cni: z.boolean(),
        /** What each proxy asks for. */
        proxy: sidecar.default({ cpu: '100m', cpuLimit: '2', memory: '128Mi' }),
      }),
    ])
    .default(false),
  /** Where External Secrets fetches from. */
  secretStore: z
    .strictObject({
      /** Name of the store object. */
      name: dnsLabel.default('platform'),
      /** Kind of the store object. */
      kind: z.enum(['ClusterSecretStore', 'SecretStore']).default('ClusterSecretStore'),
      /** How often values are fetched again. */
      refresh: duration.default('1h'),
    })
    .prefault({}),
  /** Annotations of a ServiceAccount with an `identity`; `{identity}` is replaced. */
  identityAnnotations: z.record(z.string().min(1), z.string()).default({}),
  /** Group that a team's people are in; `{team}` is replaced. They may read logs and restart a rollout. */
  teamGroup: z.string().includes('{team}', { error: 'text with {team} in it' }).default('team-{team}'),
  /** Peers of every service that are not services: name resolution, scraping, mesh, gateway, telemetry. */
  network: networkPeers,
  /** Operators that the rendered objects need, with the version they were proven with. */
  operators: z
    .strictObject({
      /** external-secrets.io/v1, for `secrets`. */
      externalSecrets: z.string().default('1.3.2'),
      /** keda.sh/v1alpha1, for `autoscaling.metrics`. */
      keda: z.string().default('2.21.0'),
    })
    .prefault({}),
};

const base = z.strictObject(fields);

const overlays = z.record(dnsLabel, base.partial());

export const platformProfile = base.extend({
  /** Environments by name, with what is different in each. */
  environments: overlays.default({
    dev: {},
    staging: {},
    prod: {},
  } as never),
});

/** What a platform team writes. */
export type PlatformProfile = z.input<typeof platformProfile>;

/** The profile as it holds in one environment: every field decided. */
export type Platform = z.output<typeof base> & { readonly environment: string };

export type TierSettings = Platform['tiers']['critical'];

export const platformBase = base;
