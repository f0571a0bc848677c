import { parseCpu, parseDuration, parseMemory } from '../core/units';
import type { Problem } from '../core/problem';
import type { Platform, TierSettings } from '../platform/profile';
import type { EnvironmentSpec, ServiceKind, Tier } from '../spec/service-spec';
import type { Decisions } from './decision';

/** What every step of resolving one service reads, and the two lists it writes to. */
export interface Context {
  readonly name: string;
  readonly fleet: string;
  readonly spec: EnvironmentSpec;
  readonly kind: ServiceKind;
  readonly tier: Tier;
  readonly tierSettings: TierSettings;
  readonly platform: Platform;
  readonly zones: number;
  readonly decisions: Decisions;
  readonly problems: Problem[];
  readonly notes: string[];
}

/** Reports a rule that the spec breaks. */
export function broken(context: Context, problem: Omit<Problem, 'kind' | 'subject'>): void {
  context.problems.push({ ...problem, kind: 'rule', subject: context.name });
}

/** Milliseconds of a time span that the schema has let through. */
export function milliseconds(text: string): number {
  return parsed(parseDuration(text), text);
}

/** Whole seconds, rounded up: Kubernetes knows nothing finer, and shorter would break a promise. */
export function seconds(text: string): number {
  return Math.ceil(milliseconds(text) / 1_000);
}

export function millicores(text: string): number {
  return parsed(parseCpu(text), text);
}

export function bytes(text: string): number {
  return parsed(parseMemory(text), text);
}

function parsed(value: number | undefined, text: string): number {
  if (value === undefined) throw new Error(`${JSON.stringify(text)} passed the schema but cannot be parsed`);
  return value;
}

export const optional = <T, R>(value: T | undefined, map: (value: T) => R): R | undefined =>
  value === undefined ? undefined : map(value);

export const inSeconds = (value: number): string => `${value}s`;
