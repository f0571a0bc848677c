import { z } from 'zod';
import { parseCpu, parseDuration, parseMemory, type Duration } from '../core/units';

/**
 * The small values that spec, profile and project file are made of. Each carries the sentence that a person reads when
 * it does not fit.
 */

const text = (pattern: RegExp, longest: number, expected: string) =>
  z.string({ error: expected }).max(longest, { error: expected }).regex(pattern, { error: expected });

/** A DNS label (RFC 1123): what Kubernetes takes as the name of a Service or a Namespace. */
export const dnsLabel = text(
  /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  63,
  'lower-case letters, digits and hyphens, starting with a letter, at most 63 characters',
);

/** A service's name leaves room for what is hung on it: `-migrate-` and a hash in the name of a Job. */
export const SERVICE_NAME_LONGEST = 40;
export const serviceName = text(
  /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  SERVICE_NAME_LONGEST,
  `lower-case letters, digits and hyphens, starting with a letter, at most ${SERVICE_NAME_LONGEST} characters`,
).refine((name) => name !== 'constructor' && name !== 'prototype', {
  error: 'a name that not every object of JavaScript has already, or nobody could call it',
});

/** IANA_SVC_NAME: what Kubernetes takes as the name of a port. */
export const portName = text(
  /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
  15,
  'lower-case letters, digits and single hyphens with at least one letter, at most 15 characters',
);

const portRange = 'a whole number from 1024 to 65535 (a process that is not root cannot bind lower ones)';
export const portNumber = z.int({ error: portRange }).min(1024, { error: portRange }).max(65535, { error: portRange });

export const envName = text(
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  253,
  'letters, digits and underscores, not starting with a digit',
);

export const absolutePath = text(
  /^(?!.*(?:\/\/|\/\.\.?(?:\/|$)))\/[^\0:]*[^\0:/]$/,
  1024,
  'an absolute path without "..", "." or a trailing slash',
);

const durationText = 'a time span such as 250ms, 5s, 2m or 1h';
export const duration = z
  .string({ error: durationText })
  .regex(/^\d{1,9}(\.\d{1,3})?(ms|s|m|h)$/, { error: durationText, abort: true })
  .refine((value) => parseDuration(value) !== undefined, {
    error: `${durationText}, in whole milliseconds`,
  }) as unknown as z.ZodType<Duration, Duration>;

const positiveText = 'a time span above zero, such as 250ms, 5s, 2m or 1h';
export const positiveDuration = z
  .string({ error: positiveText })
  .regex(/^\d{1,9}(\.\d{1,3})?(ms|s|m|h)$/, { error: positiveText, abort: true })
  .refine((value) => (parseDuration(value) ?? 0) > 0, { error: positiveText }) as unknown as z.ZodType<
  Duration,
  Duration
>;

const cpuText = 'a CPU quantity such as 100m, 0.5 or 2';
export const cpuQuantity = z
  .string({ error: cpuText })
  .regex(/^\d{1,9}(\.\d{1,3})?m?$/, { error: cpuText, abort: true })
  .refine((value) => parseCpu(value) !== undefined, { error: `${cpuText}, at least 1m` });

const memoryText = 'a memory quantity such as 128Mi or 1Gi';
export const memoryQuantity = z
  .string({ error: memoryText })
  .regex(/^\d{1,12}(\.\d{1,3})?(k|M|G|T|Ki|Mi|Gi|Ti)?$/, { error: memoryText, abort: true })
  .refine((value) => parseMemory(value) !== undefined, { error: `${memoryText}, in whole bytes` });

const imageText =
  'an image reference such as ghcr.io/acme/checkout, with :tag or @sha256:digest where it is not locked';
export const imageReference = text(
  /^[a-z0-9]+([._-]+[a-z0-9]+)*(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
  512,
  imageText,
);

const countText = 'a whole number, at least 1';
export const count = z.int({ error: countText }).min(1, { error: countText }).max(1_000_000, { error: countText });

const rateText = 'a number above 0';
export const rate = z.number({ error: rateText }).positive({ error: rateText }).max(1e9, { error: rateText });

const percentText = 'a whole number of percent, 1 to 100';
export const percent = z.int({ error: percentText }).min(1, { error: percentText }).max(100, { error: percentText });

const sentenceText = 'a sentence of at least 10 characters';
/** Text that another person will read as a reason. */
export const reason = z
  .string({ error: sentenceText })
  .trim()
  .min(10, { error: sentenceText })
  .max(500, { error: sentenceText });
