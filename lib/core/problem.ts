/** Where in a file somebody has to look: 1-based line and column. */
export interface SourcePosition {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Something a person has to mend. `input`: what was given cannot be used (exit code 2); `rule`: it can be used, but
 * breaks a rule (exit code 1).
 */
export interface Problem {
  /** Stable identifier, part of the public contract: never reused for another meaning. */
  readonly code: string;
  readonly kind: 'input' | 'rule';
  /** The service concerned, or the file's own name where it concerns no service. */
  readonly subject: string;
  /** Path into the spec, profile or project file, such as `calls.payment.timeout`; empty for the whole. */
  readonly path: string;
  /** One sentence in the reader's words, without a final period. */
  readonly message: string;
  /** The value that was given, as text. */
  readonly got?: string;
  /** What would have been accepted. */
  readonly expected?: string;
  /** The next step. */
  readonly fix?: string;
  readonly at?: SourcePosition;
}

const MARK = Symbol.for('golden-path.dev/problems-error');

/** All problems of one run, thrown once. */
export class ProblemsError extends Error {
  readonly [MARK] = true;

  constructor(readonly problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = 'ProblemsError';
  }

  /** True across copies of this package, where `instanceof` would not be. */
  static is(error: unknown): error is ProblemsError {
    return typeof error === 'object' && error !== null && MARK in error;
  }
}

/** Throws one {@link ProblemsError} holding all of `problems`, or does nothing when there are none. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}

/** 1 when only rules are broken, 2 as soon as some input cannot be used, 0 without problems. */
export function exitCodeOf(problems: readonly Problem[]): 0 | 1 | 2 {
  if (problems.some((problem) => problem.kind === 'input')) return 2;
  return problems.length > 0 ? 1 : 0;
}

export function formatPosition(at: SourcePosition): string {
  return [at.file, at.line, at.line === undefined ? undefined : at.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** Hooks for a terminal that shows colour; plain text by default. */
export interface ProblemStyle {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const PLAIN: ProblemStyle = { strong: (text) => text, faint: (text) => text };

export function formatProblem(problem: Problem, style: ProblemStyle = PLAIN): string {
  const where = [problem.subject, problem.path].filter((part) => part !== '').join(' › ');
  const lines = [`${style.strong(where)}: ${problem.message} ${style.faint(`[${problem.code}]`)}`];
  if (problem.at) lines.push(`  at:       ${formatPosition(problem.at)}`);
  if (problem.got !== undefined) lines.push(`  got:      ${problem.got}`);
  if (problem.expected !== undefined) lines.push(`  expected: ${problem.expected}`);
  if (problem.fix !== undefined) lines.push(`  fix:      ${problem.fix}`);
  return lines.join('\n');
}

export function formatProblems(problems: readonly Problem[], style: ProblemStyle = PLAIN): string {
  const heading = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [heading, ...problems.map((problem) => formatProblem(problem, style))].join('\n\n');
}

/** A value as it is shown in a message: short, on one line, never the whole of a large object. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return `a ${typeof value}`;
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    return 'a value that cannot be written as JSON';
  }
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
