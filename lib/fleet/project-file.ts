import { z } from 'zod';
import { dnsLabel } from '../spec/values';

const relativePath = z
  .string({ error: 'a path relative to golden.yaml' })
  .min(1)
  .refine((path) => !path.includes('\0') && !/^([/\\]|[A-Za-z]:)/.test(path), {
    error: 'a path relative to golden.yaml',
  });

/** `golden.yaml`: what a repository holds, so that commands need no more than their own arguments. */
export const projectFile = z.strictObject({
  /** Name of the fleet; a folder of specs needs it. @default the fleet program's own */
  name: dnsLabel.optional(),
  /** A TypeScript or JavaScript program that exports a `Fleet`, or a folder with one YAML spec for each service. */
  fleet: relativePath,
  /** The platform profile, a YAML file. @default the built-in profile */
  profile: relativePath.optional(),
  /** Environments of this project, in the order of promotion; the last one is the default of every command. @default dev, staging, prod */
  environments: z.array(dnsLabel).min(1).default(['dev', 'staging', 'prod']),
});

export type ProjectFile = z.output<typeof projectFile>;

/**
 * What somebody writes into `golden.yaml`.
 *
 * @public read by scripts/describe-schemas.ts
 */
export type ProjectFileInput = z.input<typeof projectFile>;
