import { z } from 'zod';
import { autoscaling, job, rollout, shutdown } from './autoscaling-spec';
import { env, probes, resources, sideContainer, volumes } from './container-spec';
import { accepts, calls, externals, protocol } from './dependency-spec';
import {
  absolutePath,
  count,
  dnsLabel,
  envName,
  imageReference,
  portName,
  portNumber,
  rate,
  reason,
  positiveDuration,
} from './values';

const port = z.union(
  [
    portNumber,
    z.strictObject({
      /** Port the process listens on, and the port of the Service. */
      port: portNumber,
      /** What is spoken on it. @default http for a name that starts with `http`, grpc for `grpc`, else tcp */
      protocol: protocol.optional(),
    }),
  ],
  { error: 'a port number, or { port, protocol }' },
);

const secretRef = z.union(
  [
    z.string().min(1).max(253),
    z.strictObject({
      /** Key in the secret store. */
      key: z.string().min(1).max(253),
      /** Member of a structured secret. @default the whole value */
      property: z.string().min(1).max(253).optional(),
    }),
  ],
  { error: 'a key in the secret store, or { key, property }' },
);

const override = z.strictObject({
  /** Kind of the object to change, and its name where there are several. */
  target: z.strictObject({
    /** Kind of the object, such as Deployment. */
    kind: z.string().min(1),
    /** Name of the object. @default every object of the kind */
    name: z.string().min(1).optional(),
  }),
  /** Laid over the object: maps are merged; lists are merged by `name`, or replaced when their members have none. `null` removes. */
  patch: z.record(z.string(), z.unknown()),
  /** Why the golden path does not fit; shown in every report. */
  reason,
});

const extraManifest = z.looseObject({
  /** Group and version, such as v1 or apps/v1. */
  apiVersion: z.string().min(1),
  /** Kind of the object; of those that live in a namespace. */
  kind: z.string().min(1),
  /** The namespace of the service is filled in where none is given. */
  metadata: z.looseObject({
    /** Name of the object. */
    name: z.string().min(1),
  }),
});

const fields = {
  /** Team that owns the service: label, access and the default of who may call. */
  team: dnsLabel,
  /** Image of the service. The tag or digest of an environment comes from `images.<env>.lock`; one given here is the fallback. */
  image: imageReference,
  /** `service` serves, `worker` works without being called, `cron` runs on a schedule, `cache` is one pod whose data may vanish. @default service */
  kind: z.enum(['service', 'worker', 'cron', 'cache'], { error: 'service, worker, cron or cache' }).optional(),
  /** What an outage costs: decides priority, tolerations, floor of replicas. @default standard */
  tier: z.enum(['critical', 'standard', 'best-effort'], { error: 'critical, standard or best-effort' }).optional(),
  /** Ports by name. @default none (a service needs at least one) */
  ports: z.record(portName, port).optional(),
  /** Entry point. @default the image's own */
  command: z.array(z.string()).optional(),
  /** Arguments. @default the image's own */
  args: z.array(z.string()).optional(),
  /** Environment variables with literal values; a change restarts the pods. @default none */
  env: env.optional(),
  /** Files by absolute path; a change restarts the pods. @default none */
  files: z.record(absolutePath, z.string().max(500_000)).optional(),
  /** Environment variables whose values are fetched from the secret store by External Secrets. @default none */
  secrets: z.record(envName, secretRef).optional(),
  /** Requests and limits of the main container. @default by profile */
  resources: resources.optional(),
  /** Checks. @default by protocol of the first port */
  probes: probes.optional(),
  /** What the service has to carry; sizes are derived from it. @default unknown */
  traffic: z
    .strictObject({
      /** Requests a second at the expected peak, over all pods. @default unknown */
      peakRps: rate.optional(),
      /** Requests a second one pod carries at 100 % of its CPU request. @default unknown */
      rpsPerPod: rate.optional(),
      /** Latency that 99 of 100 answers keep. @default unknown */
      p99: positiveDuration.optional(),
    })
    .optional(),
  /** Replicas follow load. `false`: a fixed number. @default on for services and workers */
  autoscaling: autoscaling.optional(),
  /** Fixed number of pods; only with `autoscaling: false`. @default by tier */
  replicas: count.optional(),
  /** Pods that a drain may take at a time. @default 1, and 25 % from 8 pods on */
  disruption: z
    .strictObject({
      /** Pods that may be away at a time. */
      maxUnavailable: count,
    })
    .optional(),
  /** Replacing pods by new ones. @default by profile */
  rollout: rollout.optional(),
  /** Leaving without losing a request. @default by profile */
  shutdown: shutdown.optional(),
  /** Cron expression with five fields; only for `kind: cron`, which needs it. @default none */
  schedule: z
    .string()
    .regex(/^(@(hourly|daily|weekly|monthly|yearly|annually|midnight)|(\S+\s+){4}\S+)$/, {
      error: 'five cron fields such as "0 3 * * *", or @hourly, @daily, @weekly, @monthly, @yearly',
    })
    .optional(),
  /** How runs of a `cron` service behave. @default one at a time */
  job: job.optional(),
  /** Services that may call this one. @default the own team; a critical service has to say */
  accepts: accepts.optional(),
  /** Services that this one calls. @default none */
  calls: calls.optional(),
  /** Hosts outside the cluster that this one calls. @default none */
  external: externals.optional(),
  /** Writable empty directories by mount path; `/tmp` is always there. @default none */
  volumes: volumes.optional(),
  /** Containers that run to their end before the service starts, in name order. @default none */
  init: z.record(dnsLabel, sideContainer).optional(),
  /** Native sidecars: started before the service, stopped after it. @default none */
  sidecars: z.record(dnsLabel, sideContainer).optional(),
  /** A Job that must succeed before a new version is rolled out, such as a schema migration. @default none */
  migrate: z
    .strictObject({
      /** Command run in the service's own image. */
      command: z.array(z.string()).min(1),
      /** Longest run. @default 10m */
      deadline: positiveDuration.optional(),
      /** Runs after the first one that failed. @default 2 */
      retries: z.int().min(0).max(10).optional(),
    })
    .optional(),
  /** Cloud identity of the pods; the profile turns it into ServiceAccount annotations. @default none */
  identity: z.string().min(1).max(200).optional(),
  /** The numeric user the process runs as; everything else about security is not negotiable here. @default by profile, 10001 */
  security: z
    .strictObject({
      /** User and group id; never 0. @default by profile, 10001 */
      runAsUser: z.int().min(1).max(2_147_483_647).optional(),
    })
    .optional(),
  /** What is promised to callers; travels in the intent annotation. @default none */
  slo: z
    .strictObject({
      /** Percent of requests answered well. @default none */
      availability: z.number().min(50).max(99.999).optional(),
      /** Latency that is promised. @default none */
      latency: z
        .strictObject({
          /** Latency that 99 of 100 answers keep. */
          p99: positiveDuration,
        })
        .optional(),
    })
    .optional(),
  /** The escape hatch: changes to single objects, each with its reason. @default none */
  overrides: z.array(override).optional(),
  /** Further objects that live and die with the service. @default none */
  extra: z.array(extraManifest).optional(),
};

const base = z.strictObject(fields);

export const serviceSpec = base.extend({
  /** What differs in one environment: any field above, laid over it. @default none */
  environments: z.record(dnsLabel, base.partial()).optional(),
});

/** What a team writes about one service, in TypeScript or in YAML. */
export type ServiceSpec = z.input<typeof serviceSpec>;

/** A spec with the overlay of one environment laid over it. */
export type EnvironmentSpec = z.output<typeof base>;

export type Tier = NonNullable<ServiceSpec['tier']>;
export type ServiceKind = NonNullable<ServiceSpec['kind']>;
export type Protocol = z.output<typeof protocol>;
