import { formatPath, isRecord } from '../core/data';
import { shown } from '../core/problem';

/** One place where an object is not as it was asked for. */
export interface Mismatch {
  readonly path: readonly PropertyKey[];
  readonly got: string;
  readonly expected: string;
  /** How many of the values asked for are missing by this: what is closest has the least. */
  readonly weight: number;
}

type Path = readonly PropertyKey[];

/** What may stand in a pattern in the place of a value; made by {@link Match}. */
export class Matcher {
  constructor(
    readonly description: string,
    readonly compare: (actual: unknown, path: Path) => readonly Mismatch[],
    /** Whether a field that is not there may match. */
    readonly takesAbsent = false,
  ) {}
}

/** For patterns where a value does not say it. */
export class Match {
  private constructor() {}

  /** The field is not there. (A field that is `null` is there.) */
  static absent(): Matcher {
    const matcher: Matcher = new Matcher('no such field', (actual, path) => differs(path, actual, matcher), true);
    return matcher;
  }

  /** The field is there and not `null`, whatever it holds. */
  static any(): Matcher {
    const matcher: Matcher = new Matcher('any value', (actual, path) =>
      actual === null ? differs(path, actual, matcher) : [],
    );
    return matcher;
  }

  /** The value and nothing beside it: no further fields, no further items. */
  static exact(value: unknown): Matcher {
    checkPattern(value);
    return new Matcher(`exactly ${shown(value)}`, (actual, path) => compareExactly(actual, value, path));
  }

  /** A string in which `pattern` occurs. */
  static regex(pattern: RegExp): Matcher {
    // Without `g` and `y`, which would make the answer depend on the last one.
    const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
    const matcher: Matcher = new Matcher(`a string like ${pattern}`, (actual, path) =>
      typeof actual === 'string' && stateless.test(actual) ? [] : differs(path, actual, matcher),
    );
    return matcher;
  }
}

/**
 * Where `actual` does not have what `pattern` asks for:
 * - an object has at least the given fields, but `{}` matches the empty object only;
 * - a list whose items all have a `name` (containers, ports, env) has at least the items of these names, in any order;
 * - any other list has at least the given items in the given order, others may stand between, but `[]` matches the empty
 *   list only;
 * - anything else is equal.
 *
 * Empty means empty since it says much in Kubernetes: `podSelector: {}` is every pod, `egress: []` is no way out.
 */
export function comparePartially(actual: unknown, pattern: unknown, path: Path = []): readonly Mismatch[] {
  if (pattern instanceof Matcher) return pattern.compare(actual, path);
  if (Array.isArray(pattern)) return compareList(actual, pattern, path);
  if (!isRecord(pattern)) return compareScalar(actual, pattern, path);
  const fields = Object.entries(pattern);
  if (!isRecord(actual) || (fields.length === 0 && Object.keys(actual).length > 0))
    return differs(path, actual, pattern);
  return fields.flatMap(([key, value]) => compareField(actual, key, value, path, comparePartially));
}

type Compare = (actual: unknown, pattern: unknown, path: Path) => readonly Mismatch[];

function compareField(
  actual: Record<string, unknown>,
  key: string,
  value: unknown,
  path: Path,
  compare: Compare,
): readonly Mismatch[] {
  const inner = [...path, key];
  // Own fields only, or every object would have a `constructor`.
  const got = Object.hasOwn(actual, key) ? actual[key] : undefined;
  if (got !== undefined) return compare(got, value, inner);
  return value instanceof Matcher && value.takesAbsent ? [] : differs(inner, undefined, value);
}

function compareList(actual: unknown, pattern: readonly unknown[], path: Path): readonly Mismatch[] {
  if (!Array.isArray(actual) || (pattern.length === 0 && actual.length > 0)) return differs(path, actual, pattern);
  return pattern.every(hasName) ? compareByName(actual, pattern, path) : compareInOrder(actual, pattern, path);
}

function hasName(item: unknown): item is { readonly name: string } {
  return isRecord(item) && typeof item.name === 'string';
}

function compareByName(
  actual: readonly unknown[],
  pattern: readonly { readonly name: string }[],
  path: Path,
): readonly Mismatch[] {
  return pattern.flatMap((item) => {
    const inner = [...path, item.name];
    const namesakes = actual.filter((candidate) => hasName(candidate) && candidate.name === item.name);
    if (namesakes.length > 0) return leastOf(namesakes.map((candidate) => comparePartially(candidate, item, inner)));
    const names = actual.filter(hasName).map(({ name }) => name);
    const got = names.length === 0 ? 'no item with a name' : `only ${names.join(', ')}`;
    return [{ path: inner, got, expected: describe(item), weight: weightOf(item) }];
  });
}

function compareInOrder(actual: readonly unknown[], pattern: readonly unknown[], path: Path): readonly Mismatch[] {
  let next = 0;
  for (const item of pattern) {
    // The first that matches is the best: it leaves the most to the items that follow.
    const found = actual.findIndex(
      (candidate, index) => index >= next && comparePartially(candidate, item, path).length === 0,
    );
    if (found === -1) return notFound(actual, item, next, path);
    next = found + 1;
  }
  return [];
}

function notFound(actual: readonly unknown[], item: unknown, from: number, path: Path): readonly Mismatch[] {
  const rest = actual.slice(from);
  const candidates = rest.map((candidate, index) => comparePartially(candidate, item, [...path, from + index]));
  if (isRecord(item) && candidates.length > 0) return leastOf(candidates);
  const got = from === 0 ? shown(actual) : `${shown(rest)} after [${from - 1}]`;
  return [{ path, got, expected: `${describe(item)} in it`, weight: weightOf(item) }];
}

function compareExactly(actual: unknown, value: unknown, path: Path): readonly Mismatch[] {
  if (value instanceof Matcher) return value.compare(actual, path);
  if (Array.isArray(value)) {
    if (!Array.isArray(actual) || actual.length !== value.length) return differs(path, actual, value);
    return value.flatMap((item, index) => compareExactly(actual[index], item, [...path, index]));
  }
  if (!isRecord(value)) return compareScalar(actual, value, path);
  if (!isRecord(actual)) return differs(path, actual, value);
  const unasked = Object.keys(actual).filter((key) => !Object.hasOwn(value, key) && actual[key] !== undefined);
  return [
    ...Object.entries(value).flatMap(([key, field]) => compareField(actual, key, field, path, compareExactly)),
    ...unasked.map((key) => ({ path: [...path, key], got: shown(actual[key]), expected: 'no such field', weight: 1 })),
  ];
}

function compareScalar(actual: unknown, pattern: unknown, path: Path): readonly Mismatch[] {
  return actual === pattern ? [] : differs(path, actual, pattern);
}

/** Refuses what would match nothing, or anything, without its author noticing. */
export function checkPattern(pattern: unknown, path: Path = []): void {
  if (pattern instanceof Matcher) {
    if (pattern.takesAbsent && typeof path.at(-1) === 'number')
      throw misuse(path, 'Match.absent()', 'it on a field, or hasNo()');
  } else if (Array.isArray(pattern)) {
    for (const [index, item] of pattern.entries()) checkPattern(item, [...path, index]);
  } else if (typeof pattern === 'object' && pattern !== null) {
    const prototype: unknown = Object.getPrototypeOf(pattern);
    // `Object.prototype` of any realm is what has no prototype itself.
    const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
    if (!isPlain)
      throw misuse(
        path,
        `an object of class ${pattern.constructor.name}`,
        'plain data or a matcher, such as Match.regex()',
      );
    for (const [key, value] of Object.entries(pattern)) checkPattern(value, [...path, key]);
  } else if (pattern === undefined) {
    throw misuse(path, 'undefined', 'Match.absent() for a field that must not be there');
  } else if (pattern !== null && !['string', 'number', 'boolean'].includes(typeof pattern)) {
    throw misuse(path, shown(pattern), 'plain data or a matcher');
  }
}

function misuse(path: Path, what: string, instead: string): Error {
  return new Error(`the pattern cannot have ${what} at ${formatPath(path) || 'its top'}, use ${instead}`);
}

function differs(path: Path, actual: unknown, pattern: unknown): readonly Mismatch[] {
  return [{ path, got: shown(actual), expected: describe(pattern), weight: weightOf(pattern) }];
}

function describe(pattern: unknown): string {
  if (pattern instanceof Matcher) return pattern.description;
  return shown(withDescriptions(pattern));
}

function withDescriptions(pattern: unknown): unknown {
  if (pattern instanceof Matcher) return `<${pattern.description}>`;
  if (Array.isArray(pattern)) return pattern.map(withDescriptions);
  if (!isRecord(pattern)) return pattern;
  return Object.fromEntries(Object.entries(pattern).map(([key, value]) => [key, withDescriptions(value)]));
}

/** The number of values in a pattern. */
function weightOf(pattern: unknown): number {
  if (pattern instanceof Matcher || typeof pattern !== 'object' || pattern === null) return 1;
  return Math.max(
    1,
    Object.values(pattern).reduce<number>((sum, value) => sum + weightOf(value), 0),
  );
}

/** Of several candidates the one that misses the least, the first of equals. */
export function closest<T>(candidates: readonly T[], mismatchesOf: (candidate: T) => readonly Mismatch[]): T {
  const missing = (candidate: T): number => mismatchesOf(candidate).reduce((sum, { weight }) => sum + weight, 0);
  return candidates.reduce((best, candidate) => (missing(candidate) < missing(best) ? candidate : best));
}

function leastOf(candidates: readonly (readonly Mismatch[])[]): readonly Mismatch[] {
  return closest(candidates, (mismatches) => mismatches);
}
