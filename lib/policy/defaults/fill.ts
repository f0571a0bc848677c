import { isRecord } from '../../core/data';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * What a field is stored as, from what stands there (`undefined` for nothing) and from the object that it is a field of,
 * as far as that is filled in. A value that it cannot read comes back as it is.
 */
export type Fill = (value: unknown, parent: Fields) => unknown;

/** Leaves a field alone. */
export const asGiven: Fill = (value) => value;

/** What stands where nothing does. An empty text is nothing to the API server. */
export function or(standard: unknown): Fill {
  return (value) => (value === undefined || value === '' ? standard : value);
}

/** As {@link or}, for the numbers that count as missing when they are 0. */
export function orPositive(standard: number): Fill {
  return (value) => (value === undefined || value === 0 ? standard : value);
}

/** A field that is always there, if only as `{}`. */
export function always(fill: Fill): Fill {
  return (value, parent) => fill(value ?? {}, parent);
}

/** A field that is filled in only where its neighbours say so. */
export function when(condition: (parent: Fields) => boolean, fill: Fill): Fill {
  return (value, parent) => (condition(parent) ? fill(value, parent) : value);
}

/** The fields of an object, in the order in which they are filled in. */
export function object(fields: Readonly<Record<string, Fill>>): Fill {
  const entries = Object.entries(fields);
  return (value) => {
    if (!isRecord(value)) return value;
    let filled = value;
    for (const [name, fill] of entries) {
      const given = filled[name];
      const stored = fill(given, filled);
      if (stored === given) continue;
      if (filled === value) filled = { ...value };
      filled[name] = stored;
    }
    return filled;
  };
}

/** The members of a list. */
export function each(fill: Fill): Fill {
  return (value, parent) => (Array.isArray(value) ? mapped(value, (member) => fill(member, parent)) : value);
}

/** The values of a map. */
export function values(fill: Fill): Fill {
  return (value) => {
    if (!isRecord(value)) return value;
    let filled = value;
    for (const name of Object.keys(value)) {
      const stored = fill(value[name], value);
      if (stored === value[name]) continue;
      if (filled === value) filled = { ...value };
      filled[name] = stored;
    }
    return filled;
  };
}

/** A list or the same list, if nothing in it is another. */
export function mapped(list: readonly unknown[], change: (member: unknown) => unknown): readonly unknown[] {
  let changed: unknown[] | undefined;
  list.forEach((member, index) => {
    const other = change(member);
    if (other === member) return;
    changed ??= [...list];
    changed[index] = other;
  });
  return changed ?? list;
}
