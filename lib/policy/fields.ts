import { isRecord, valueAt } from '../core/data';
import type { LabelSelector } from './selector';

/**
 * Fields of a manifest as graph policies read them: by a path of keys, and of the wanted type or not there. What has
 * another type would be refused by the API server; here it must not stop a run.
 */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldAt(data: unknown, path: string): unknown {
  // Read millions of times in a large run, and most paths are one key.
  return path.includes('/') ? valueAt(data, path.split('/')) : valueAt(data, [path]);
}

/** Empty where there is no map. */
export function recordAt(data: unknown, path: string): Fields {
  const value = fieldAt(data, path);
  return isRecord(value) ? value : {};
}

/** The maps of a list; empty where there is no list. */
export function recordsAt(data: unknown, path: string): readonly Fields[] {
  const value = fieldAt(data, path);
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textAt(data: unknown, path: string): string | undefined {
  const value = fieldAt(data, path);
  return typeof value === 'string' ? value : undefined;
}

export function textsAt(data: unknown, path: string): readonly string[] {
  const value = fieldAt(data, path);
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}

export function numberAt(data: unknown, path: string): number | undefined {
  const value = fieldAt(data, path);
  return typeof value === 'number' ? value : undefined;
}

const OPERATORS = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** `undefined` where the field is missing, which each kind reads in its own way. */
export function selectorAt(data: unknown, path: string): LabelSelector | undefined {
  const value = fieldAt(data, path);
  if (!isRecord(value)) return undefined;
  return {
    matchLabels: recordAt(value, 'matchLabels') as Record<string, string>,
    matchExpressions: recordsAt(value, 'matchExpressions').map((expression) => {
      const key = textAt(expression, 'key') ?? '';
      const operator = textAt(expression, 'operator') ?? '';
      // An operator that does not exist selects nothing.
      return OPERATORS.has(operator)
        ? { key, operator, values: textsAt(expression, 'values') }
        : { key, operator: 'In', values: [] };
    }),
  };
}

/** A count of pods that is a number or a percentage of `pods`; Kubernetes rounds up where nothing else is said. */
export function scaledCount(
  value: unknown,
  pods: number,
  round: (count: number) => number = Math.ceil,
): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value) : null;
  return percent ? round((Number(percent[1]) * pods) / 100) : undefined;
}
