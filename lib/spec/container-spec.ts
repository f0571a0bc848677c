import { z } from 'zod';
import {
  absolutePath,
  count,
  cpuQuantity,
  duration,
  envName,
  imageReference,
  memoryQuantity,
  portName,
  positiveDuration,
} from './values';

/** What a probe asks; exactly one of the four. A port is a name out of `ports`; by default the first one. */
export const probeCheck = z.union(
  [
    z.strictObject({
      /** Path of an HTTP GET; any answer from 200 to 399 is a pass. */
      http: z.string().startsWith('/', { error: 'a path that starts with /' }),
      /** Port to ask. @default the first port */
      port: portName.optional(),
      /** Request headers. @default none */
      headers: z.record(z.string().min(1), z.string()).optional(),
    }),
    z.strictObject({
      /** The `grpc.health.v1` service to ask about; `''` asks about the whole server. */
      grpc: z.string(),
      /** Port to ask. @default the first port */
      port: portName.optional(),
    }),
    z.strictObject({
      /** Name of a port that must accept a connection. */
      tcp: portName,
    }),
    z.strictObject({
      /** Command run in the container; exit code 0 is a pass. */
      exec: z.array(z.string()).min(1),
    }),
  ],
  { error: 'one of { http: "/path" }, { grpc: "" }, { tcp: "port-name" } or { exec: ["command"] }' },
);

const probe = {
  /** What is asked. @default as said for the probe */
  check: probeCheck.optional(),
  /** Time between two checks. @default readiness 5s, liveness 10s, startup 2s */
  period: positiveDuration.optional(),
  /** Time one check may take. @default 2s, for the page faults of a busy node; the API default of 1s restarts healthy pods */
  timeout: positiveDuration.optional(),
  /** Failures in a row that count. @default readiness 3; liveness so that it takes at least 3 times as long as readiness */
  failures: count.optional(),
};

export const probes = z.strictObject({
  /** Whether the pod may get traffic. Local facts only: a dependency in here takes every pod out at once. @default GET /health/ready on an http port, gRPC health on a grpc port, else a TCP connection */
  readiness: z.strictObject(probe).optional(),
  /** Whether the container must be restarted. Never a dependency. @default a TCP connection to the first port */
  liveness: z.strictObject(probe).optional(),
  /** Time the process may take to start; the startup probe asks what liveness asks. @default by profile, 60s */
  startup: duration.optional(),
});

export const resources = z.strictObject({
  /** CPU request of a container; `rpsPerPod` is measured at it. @default by profile, 100m */
  cpu: cpuQuantity.optional(),
  /** CPU limit. `false`: none. @default by profile, 4 times the request */
  cpuLimit: z.union([cpuQuantity, z.literal(false)]).optional(),
  /** Memory request and limit, always the same: memory cannot be taken back without a kill. @default by profile, 256Mi */
  memory: memoryQuantity.optional(),
});

const envValue = z.union([z.string(), z.number(), z.boolean()], { error: 'text, a number, true or false' });

/** Environment variables with literal values. Secrets are refused here: they belong in `secrets`. */
export const env = z.record(envName, envValue);

/** A container beside the main one: an init container or a native sidecar. */
export const sideContainer = z.strictObject({
  /** Image, pinned like the service's own: by digest here, or in the images lock as `<service>/<container>`. */
  image: imageReference,
  /** Entry point. @default the image's own */
  command: z.array(z.string()).optional(),
  /** Arguments. @default the image's own */
  args: z.array(z.string()).optional(),
  /** Environment variables. @default none */
  env: env.optional(),
  /** Requests and limits; they count into the pod's and the namespace's quota. @default as for the service */
  resources: resources.optional(),
});

/** An empty directory that lives as long as the pod. */
export const volume = z.strictObject({
  /** The kubelet evicts the pod above this size. */
  size: memoryQuantity,
  /** `memory` is a tmpfs and counts into the container's memory limit. @default disk */
  medium: z.enum(['disk', 'memory']).optional(),
});

export const volumes = z.record(absolutePath, volume);
