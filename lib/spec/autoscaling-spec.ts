import { z } from 'zod';
import { count, duration, percent, rate, positiveDuration } from './values';

/** A Prometheus metric that replicas follow; needs KEDA, which the profile must offer. */
const metric = z.strictObject({
  /** `rps`: requests a second; `concurrency`: requests in flight; `queue-depth`: waiting messages. */
  type: z.enum(['rps', 'concurrency', 'queue-depth'], { error: 'rps, concurrency or queue-depth' }),
  /** PromQL that gives the total over all pods. */
  query: z.string().min(1).max(2000),
  /** What one pod carries at the target. */
  perPod: rate,
});

export const autoscaling = z.union(
  [
    z.literal(false),
    z.strictObject({
      /** Fewest pods. @default by tier, 3, rounded up to a multiple of the zones; for a critical service also what carries `traffic.peakRps` with one zone lost */
      min: count.optional(),
      /** Most pods. @default by tier, 20, or twice what `traffic.peakRps` needs if that is more */
      max: count.optional(),
      /** Average CPU, in percent of the request, that the autoscaler steers to. @default what still leaves 10 % free after a zone is lost, at every number of pods; at most 70 */
      cpuTarget: percent.optional(),
      /** Metrics besides CPU; the one that asks for most pods wins. @default none */
      metrics: z.array(metric).min(1).max(5).optional(),
    }),
  ],
  { error: 'false, or { min, max, cpuTarget, metrics }' },
);

const surge = z
  .string({ error: 'a percentage such as 25%' })
  .regex(/^([1-9]\d?|100)%$/, { error: 'a percentage from 1% to 100%' });

export const rollout = z.strictObject({
  /** Pods above the wanted number during a rollout; `maxUnavailable` is always 0. @default by profile, 25% */
  maxSurge: z.union([surge, count], { error: 'a percentage such as 25%, or a number of pods' }).optional(),
  /** Time a new pod must stay ready before the next one follows. @default by profile, 10s */
  minReady: duration.optional(),
  /** Time without progress after which the rollout is reported as failed. @default start-up budget + minReady + grace + 60s for scheduling and pulling */
  progressDeadline: duration.optional(),
});

export const shutdown = z.strictObject({
  /** Pause before SIGTERM in which the pod leaves every endpoint list. @default by profile, 10s */
  preStop: duration.optional(),
  /** Time the process may take to finish what is in flight. @default by profile, 15s */
  drain: duration.optional(),
  /** Time from deletion to SIGKILL; must hold preStop + drain + 5s. @default preStop + drain + 5s */
  grace: duration.optional(),
});

/** How the pods of a `cron` service run. */
export const job = z.strictObject({
  /** IANA time zone of the schedule. @default UTC */
  timeZone: z
    .string()
    .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){0,2}$/, { error: 'an IANA name such as Europe/Oslo' })
    .optional(),
  /** What happens when the previous run still runs. @default Forbid */
  concurrency: z.enum(['Forbid', 'Replace', 'Allow']).optional(),
  /** Longest run; it is killed then. @default 1h */
  deadline: positiveDuration.optional(),
  /** How late a run may start before it is skipped. @default 5m */
  startingDeadline: positiveDuration.optional(),
  /** Runs after the first one that failed. @default 2 */
  retries: z.int().min(0).max(10).optional(),
});
