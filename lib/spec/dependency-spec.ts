import { z } from 'zod';
import { dnsLabel, envName, portName, portNumber, positiveDuration, serviceName } from './values';

export const protocol = z.enum(['http', 'grpc', 'tcp'], { error: 'one of http, grpc, tcp' });

/** A call to another service: the edge of the call graph, seen from the caller. */
export const call = z.strictObject({
  /** Port of the callee, by name. @default its first port */
  port: portName.optional(),
  /** Time the caller waits for an answer, all tries included. @default 1s (internal RPC; the seeds' practical default) */
  timeout: positiveDuration.optional(),
  /** Whether a repeated call does no harm. Only then may anything retry it. @default false */
  idempotent: z.boolean().optional(),
  /** `hard`: without an answer the caller fails too. `soft`: it goes on with its fallback. @default hard */
  need: z.enum(['hard', 'soft'], { error: 'hard or soft' }).optional(),
  /** What the caller does without an answer; required when `need` is soft. @default none */
  fallback: z.string().min(3).max(200).optional(),
  /** Environment variable that receives `host:port`. @default `<CALLEE>_ADDR` */
  env: envName.optional(),
  /** Where the callee is, for a service outside this fleet (or a chart with one service). @default found in the fleet */
  at: z
    .strictObject({
      /** Namespace of the callee. */
      namespace: dnsLabel,
      /** Port of its Service. */
      port: portNumber,
      /** What it speaks. @default http */
      protocol: protocol.optional(),
    })
    .optional(),
});

/** A host outside the cluster. */
export const externalCall = z.strictObject({
  /** Port. @default 443 */
  port: z.int().min(1).max(65535).optional(),
  /** Time the caller waits for an answer. @default 5s (external HTTP; the seeds' practical default) */
  timeout: positiveDuration.optional(),
  /** `hard`: without an answer the caller fails too. `soft`: it goes on with its fallback. @default hard */
  need: z.enum(['hard', 'soft'], { error: 'hard or soft' }).optional(),
  /** What the caller does without an answer; required when `need` is soft. @default none */
  fallback: z.string().min(3).max(200).optional(),
});

const acceptText = 'a service name, `team:<name>`, or `system:<peer>` out of the profile';
const accepted = z
  .string({ error: acceptText })
  .regex(/^((team|system):)?[a-z]([a-z0-9-]*[a-z0-9])?$/, { error: acceptText });

/** Who may call: everybody of the fleet, or a list. */
export const accepts = z.union([z.literal('any'), z.array(accepted)], { error: `"any", or a list: ${acceptText}` });

export const calls = z.record(serviceName, call);

const hostText = 'a host name such as api.stripe.com, without a scheme or a path';
export const externals = z.record(
  z.string().regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, { error: hostText }),
  externalCall,
);
