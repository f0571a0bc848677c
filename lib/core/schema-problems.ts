import type { z } from 'zod';
import { formatPath, valueAt } from './data';
import { nearMiss } from './near-miss';
import { shown, type Problem } from './problem';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** What a problem is about, for the sentences of {@link schemaProblems}. */
export interface SchemaSubject {
  readonly subject: string;
  /** Prefix of every path, such as `environments.prod`. */
  readonly under?: Path;
}

/** Keys that reach into the prototype of an object wherever data is merged or copied. */
const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Deeper than any real spec; keeps every later walk over the data within the stack. */
const DEEPEST = 50;

/** Problems with the bare shape of data, before any schema looks at it: unsafe keys, and nesting without end. */
export function shapeProblems(data: unknown, { subject, under = [] }: SchemaSubject): Problem[] {
  const problems: Problem[] = [];
  const walk = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null) return;
    if (path.length > DEEPEST) {
      problems.push({
        code: 'too-deep',
        kind: 'input',
        subject,
        path: formatPath(path.slice(0, 4)),
        message: `data is nested more than ${DEEPEST} levels deep, or refers to itself`,
        fix: 'flatten it: nothing in a spec needs more than ten levels',
      });
      return;
    }
    for (const key of Object.keys(value)) {
      if (problems.length > 20) return;
      if (UNSAFE_KEYS.has(key)) {
        problems.push({
          code: 'unsafe-key',
          kind: 'input',
          subject,
          path: formatPath([...path, key]),
          message: `${JSON.stringify(key)} is not allowed as a key`,
          fix: 'rename or remove it',
        });
      } else walk((value as Record<string, unknown>)[key], [...path, Array.isArray(value) ? Number(key) : key]);
    }
  };
  walk(data, under);
  return problems;
}

/** Every way in which `data` misses `schema`, as sentences for the person who wrote it. */
export function schemaProblems(schema: z.ZodType, data: unknown, about: SchemaSubject): Problem[] {
  const shape = shapeProblems(data, about);
  if (shape.length > 0) return shape;
  const result = schema.safeParse(data);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => problemsOf(issue, [], schema, data, about));
}

function problemsOf(issue: Issue, prefix: Path, schema: z.ZodType, data: unknown, about: SchemaSubject): Problem[] {
  const path = [...prefix, ...issue.path];
  const got = valueAt(data, path);
  const common = {
    kind: 'input',
    subject: about.subject,
    path: formatPath([...(about.under ?? []), ...path]),
  } as const;

  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => {
      const near = nearMiss(key, known);
      return {
        ...common,
        code: 'unknown-key',
        path: formatPath([...(about.under ?? []), ...path, key]),
        message: `${JSON.stringify(key)} is not a known key here`,
        got: shown(valueAt(data, [...path, key])),
        expected: `one of ${known.join(', ')}`,
        fix: near === undefined ? 'remove it' : `did you mean ${JSON.stringify(near)}`,
      };
    });
  }
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => problemsOf(inner, path, schema, data, about));
  }
  if (issue.code === 'invalid_key') {
    const key = String(path[path.length - 1]);
    return [
      {
        ...common,
        code: 'invalid-key',
        message: `${JSON.stringify(key)} cannot be used as a name here`,
        got: shown(key),
        expected: issue.issues[0]?.message,
      },
    ];
  }
  if (got === undefined && issue.code !== 'custom') {
    return [
      {
        ...common,
        code: 'required',
        message: `${JSON.stringify(String(path.at(-1) ?? about.subject))} is missing`,
        expected: expectation(issue),
        fix: 'add it',
      },
    ];
  }
  const near =
    typeof got === 'string' && issue.code === 'invalid_value' ? nearMiss(got, issue.values.map(String)) : undefined;
  return [
    {
      ...common,
      code: 'invalid-value',
      message: 'the value does not fit',
      got: shown(got),
      expected: expectation(issue),
      ...(near === undefined ? {} : { fix: `did you mean ${JSON.stringify(near)}` }),
    },
  ];
}

/**
 * The branch of a union that the data was meant for: the only one whose complaint lies inside the data rather than
 * about its kind. Without a clear favourite the union's own sentence is better.
 */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter(
    (issues) =>
      issues.length > 0 && issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  );
  const inside = meant.filter((issues) =>
    issues.some((issue) => issue.path.length > 0 && issue.code !== 'invalid_type'),
  );
  if (inside.length === 1) return inside[0];
  return meant.length === 1 ? meant[0] : undefined;
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) return article(issue.expected);
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small' && issue.message.startsWith('Too small'))
    return `at least ${String(issue.minimum)}${unitOf(issue.origin)}`;
  if (issue.code === 'too_big' && issue.message.startsWith('Too big'))
    return `at most ${String(issue.maximum)}${unitOf(issue.origin)}`;
  return issue.message;
}

function article(type: string): string {
  if (type === 'record' || type === 'object') return 'a map';
  return type === 'array' ? 'a list' : `a ${type}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

/** The keys that the schema knows at `path`, for "did you mean". */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  const def = (
    schema as unknown as {
      def: {
        type: string;
        innerType?: z.ZodType;
        valueType?: z.ZodType;
        options?: z.ZodType[];
        element?: z.ZodType;
        shape?: Record<string, z.ZodType>;
      };
    }
  ).def;
  if (def.innerType) return keysAt(def.innerType, path);
  if (def.options) return [...new Set(def.options.flatMap((option) => keysAt(option, path)))];
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(def.shape ?? {});
  if (def.shape) {
    const next = def.shape[String(step)];
    return next ? keysAt(next, rest) : [];
  }
  const inner = def.valueType ?? def.element;
  return inner ? keysAt(inner, rest) : [];
}

/** The problem with a whole file or a whole spec that is no map. */
export function notAMap(data: unknown, subject: string): Problem {
  return {
    code: 'not-a-map',
    kind: 'input',
    subject,
    path: '',
    message: 'this is not a map of keys and values',
    got: shown(data),
    expected: 'a map',
  };
}
