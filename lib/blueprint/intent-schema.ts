import { z } from 'zod';

const milliseconds = z.int().min(1);

/** The annotation `golden-path.dev/intent` of a workload: facts that no manifest carries. */
export const intentSchema = z.strictObject({
  /** Version of this layout; a reader refuses one that it does not know. */
  version: z.literal(1),
  /** What an outage costs. */
  tier: z.enum(['critical', 'standard', 'best-effort']),
  /** What the workload is. */
  kind: z.enum(['service', 'worker', 'cron', 'cache']),
  /** Requests a second at the expected peak, over all pods. @default unknown */
  peakRps: z.number().positive().optional(),
  /** Requests a second one pod carries at 100 % of its CPU request. @default unknown */
  rpsPerPod: z.number().positive().optional(),
  /** Latency in milliseconds that 99 of 100 answers keep. @default unknown */
  p99Ms: milliseconds.optional(),
  /** What is promised to callers. @default nothing */
  slo: z
    .strictObject({
      /** Percent of requests answered well. @default none */
      availability: z.number().optional(),
      /** Latency that is promised. @default none */
      latency: z
        .strictObject({
          /** A time span such as 300ms. */
          p99: z.string(),
        })
        .optional(),
    })
    .optional(),
  /** Seconds the process takes to finish what is in flight after SIGTERM. */
  drainSeconds: z.int().min(0),
  /** Calls by callee. */
  calls: z.record(
    z.string(),
    z.strictObject({
      /** Full name of the callee's Service. */
      host: z.string(),
      /** Port of the callee's Service. */
      port: z.int(),
      /** Milliseconds the caller waits for an answer, all tries included. */
      timeoutMs: milliseconds,
      /** Whether a repeated call does no harm. */
      idempotent: z.boolean(),
      /** Whether the caller fails without an answer. */
      need: z.enum(['hard', 'soft']),
      /** What the caller does without an answer. @default none */
      fallback: z.string().optional(),
    }),
  ),
  /** Calls to hosts outside the cluster, by host. */
  external: z.record(
    z.string(),
    z.strictObject({
      /** Port of the host. */
      port: z.int(),
      /** Milliseconds the caller waits for an answer, all tries included. */
      timeoutMs: milliseconds,
      /** Whether the caller fails without an answer. */
      need: z.enum(['hard', 'soft']),
      /** What the caller does without an answer. @default none */
      fallback: z.string().optional(),
    }),
  ),
});

export type Intent = z.output<typeof intentSchema>;
