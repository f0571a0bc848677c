import type { SourcePosition } from '../core/problem';
import type { Manifest } from '../kube/manifest';
import type { PatchOperation } from './definition';
import type { Severity } from './pack';
import type { ShapeMistake } from './shape';

/** Something that breaks a policy. */
export interface Finding {
  /** Id of the policy. */
  readonly policy: string;
  readonly category: string;
  readonly severity: Severity;
  readonly object: Manifest;
  /** Name-keyed path into the object, such as `spec/template/spec/containers[name=app]/livenessProbe`. */
  readonly path: string;
  /** What is wrong, as a sentence without a period. */
  readonly message: string;
  /** The next step. */
  readonly fix: string;
  /** Environments in which it is so; none where they are not known. */
  readonly environments?: readonly string[];
  /** A change that mends it, with name-keyed paths. */
  readonly patch?: readonly PatchOperation[];
  /** Where the field, or the nearest thing that exists, was written. */
  readonly at?: SourcePosition;
  /** The `new ServiceBlueprint(...)` or the line of a spec that caused the object. */
  readonly causedBy?: SourcePosition;
}

/** A policy that failed while it judged: a fault of the policy, neither a violation nor a pass. */
export interface RuleError {
  readonly policy: string;
  readonly object?: Manifest;
  readonly message: string;
}

/** How often each policy came to what. */
export interface Tally {
  pass: number;
  violation: number;
  notApplicable: number;
}

/** What a pack says of a set of manifests. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly errors: readonly RuleError[];
  /** What the API server would not take, and nobody can judge: a value of another type than its field has. */
  readonly unusable: readonly ({ readonly object: Manifest } & ShapeMistake)[];
  readonly tallies: ReadonlyMap<string, Tally>;
  /** How many manifests were judged. */
  readonly objects: number;
}
