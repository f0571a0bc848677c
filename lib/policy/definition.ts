import type { ObjectKind, PodCarrier } from './pod-carriers';
import type { World } from './world';
import type { Manifest } from '../kube/manifest';

export type Category = 'reliability' | 'security' | 'networking' | 'hygiene';

/** A value that a pack may set; it becomes a literal in the expressions. */
export type Parameter = string | number | boolean | readonly string[] | Readonly<Record<string, number>>;

interface Common {
  /** Stable name, part of the public contract, such as `liveness-probe`; also the name of its folder. */
  readonly id: string;
  readonly category: Category;
  /** What holds where the policy is kept, as a sentence without a period. */
  readonly title: string;
  /** The next step for somebody who has broken it. */
  readonly fix: string;
  /** Parameters with their defaults. @default none */
  readonly parameters?: Readonly<Record<string, Parameter>>;
  /** Whether a waiver can be given. @default true */
  readonly waivable?: boolean;
}

/** A change of the object as a JSON Patch (RFC 6902) operation, with a name-keyed path. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  /** Name-keyed, as offenders are. */
  readonly path: string;
  readonly value?: unknown;
}

/**
 * A policy that looks at one object: a document in the shape of a ValidatingAdmissionPolicy, in CEL. The same document
 * runs here and in the API server.
 */
export interface ObjectPolicy extends Common {
  readonly type: 'object';
  /** Kinds that it looks at. With pods in all of them, expressions read `variables.pod` and `variables.podAt`. */
  readonly kinds: readonly ObjectKind[] | readonly PodCarrier[];
  /** CEL: whether there is anything to judge in an object; `false` is "not applicable", not "pass". @default every object */
  readonly applies?: { readonly when: string; readonly otherwise: string };
  /** CEL by name, in order; later ones read earlier ones as `variables.<name>`. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** CEL: the name-keyed paths of everything that breaks the policy; empty when it is kept. */
  readonly offenders: string;
  /** What is wrong at an offender, as words that follow its path: `has no liveness probe`. */
  readonly message: string;
  /** A change that mends one offender, where there is one that fits every service. @default none */
  readonly mend?: (path: string, object: Manifest) => readonly PatchOperation[] | undefined;
}

/** What a graph policy has found. */
export interface GraphOffence {
  readonly object: Manifest;
  /** Name-keyed path into the object. */
  readonly path: string;
  /** What is wrong, as a sentence without a period. */
  readonly message: string;
}

/** A policy that looks at several objects together: no API server can judge it when one of them comes in. */
export interface GraphPolicy extends Common {
  readonly type: 'graph';
  /** Why admission cannot judge it, for the list that goes with an export. */
  readonly outside: string;
  /** What it found; `undefined` when nothing in the world is its business. */
  readonly judge: (
    world: World,
    parameters: Readonly<Record<string, Parameter>>,
  ) => readonly GraphOffence[] | undefined;
}

export type Policy = ObjectPolicy | GraphPolicy;

export function objectPolicy(policy: Omit<ObjectPolicy, 'type'>): ObjectPolicy {
  return { ...policy, type: 'object' };
}

export function graphPolicy(policy: Omit<GraphPolicy, 'type'>): GraphPolicy {
  return { ...policy, type: 'graph' };
}
