/** A plain copy of what a resource has been given, and whether something was read that is not known yet. */
export interface KnownValues {
  readonly object: Readonly<Record<string, unknown>>;
  /** Whether anything in it is not known before the deployment. */
  readonly hasUnknown: boolean;
  /** What was thrown for the first unknown value that somebody has read since the copy, or undefined. */
  readonly firstRead: () => unknown;
}

/**
 * During a preview the engine hands out proxies that throw where a value is not known. A policy would take the throw for
 * a fault of its own, and `has()` of CEL would swallow it, so unknown members only remember that they were read.
 */
export function knownValues(properties: unknown): KnownValues {
  let hasUnknown = false;
  let read: unknown;
  const copied = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    for (const key of Object.keys(value)) {
      try {
        (result as Record<string, unknown>)[key] = copied((value as Record<string, unknown>)[key]);
      } catch (unknown) {
        hasUnknown = true;
        Object.defineProperty(result, key, {
          enumerable: true,
          get: () => {
            read ??= unknown;
            return '';
          },
        });
      }
    }
    return result;
  };
  return { object: copied(properties) as Record<string, unknown>, hasUnknown, firstRead: () => read };
}
