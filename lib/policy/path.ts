import { isRecord } from '../core/data';

/**
 * Name-keyed paths: `spec/template/spec/containers[name=app]/livenessProbe`. A member of a list is picked by a field that
 * tells it from the others, `[name=app]`, or, where it is text, by itself, `[=ALL]`. A `/` in a key is written `~1`.
 * They stay true when somebody reorders a list, and CEL can write them.
 */
export type Step = { readonly key: string } | { readonly field: string; readonly value: string };

export function parseSteps(path: string): Step[] {
  return [...path.matchAll(/\[(\w*)=((?:[^\]\\]|\\.)*)\]|([^/[\]]+)/g)].map(([, field, value, key]) =>
    key === undefined ? { field: field!, value: unescaped(value!) } : { key: unescaped(key) },
  );
}

/** The same path in the terms of one object, with indexes: what exists of it, and whether that is all. */
export function locate(
  object: unknown,
  path: string,
): { readonly steps: (string | number)[]; readonly whole: boolean } {
  const steps: (string | number)[] = [];
  let at: unknown = object;
  for (const step of parseSteps(path)) {
    const next = descend(at, step);
    if (next === undefined) return { steps, whole: false };
    steps.push(next);
    at = (at as Record<string | number, unknown>)[next];
  }
  return { steps, whole: true };
}

/** A path in the form of a JSON pointer. Steps that do not exist are kept by name, so that an `add` can make them. */
export function pointer(object: unknown, path: string): string {
  const all = parseSteps(path);
  const { steps } = locate(object, path);
  const rest = all.slice(steps.length).map((step) => ('key' in step ? step.key : '-'));
  return [...steps, ...rest].map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function keyStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function descend(at: unknown, step: Step): string | number | undefined {
  if ('key' in step) {
    if (Array.isArray(at) && /^\d+$/.test(step.key) && Number(step.key) < at.length) return Number(step.key);
    return isRecord(at) && Object.hasOwn(at, step.key) ? step.key : undefined;
  }
  if (!Array.isArray(at)) return undefined;
  const index = at.findIndex((member: unknown) =>
    step.field === '' ? String(member) === step.value : isRecord(member) && String(member[step.field]) === step.value,
  );
  return index < 0 ? undefined : index;
}

function unescaped(text: string): string {
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}
