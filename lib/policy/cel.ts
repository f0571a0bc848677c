import { Environment } from './cel-js';
import { Quantity } from './quantity';

/** What an expression can read. */
export type Variables = Readonly<Record<string, unknown>>;

/** A node of a parsed expression, with what stands below it in the order of the text. */
export interface SyntaxNode {
  readonly op: string;
  readonly args: unknown;
}

/** A compiled expression. */
export type Expression = (variables: Variables) => unknown;

/**
 * CEL as the API server evaluates it in a ValidatingAdmissionPolicy, as far as our policies go: the standard macros and
 * functions, strings, and of the Kubernetes libraries `quantity`, `find` and `findAll`.
 */
function environment(): Environment {
  const env = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    // Ours are generated for three lists of containers each, which makes them long; nobody else's are compiled.
    limits: { maxAstNodes: 100_000, maxDepth: 250, maxListElements: 1_000, maxMapEntries: 1_000, maxCallArguments: 32 },
  });
  env.registerType('Quantity', { ctor: Quantity, fields: {} });
  env.registerFunction('quantity(string): Quantity', (text: string) => Quantity.of(text));
  env.registerFunction('isQuantity(string): bool', (text: string) => Quantity.parse(text) !== undefined);
  env.registerFunction('Quantity.compareTo(Quantity): int', (a: Quantity, b: Quantity) => a.compareTo(b));
  env.registerFunction('Quantity.isGreaterThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nano > b.nano);
  env.registerFunction('Quantity.isLessThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nano < b.nano);
  env.registerFunction('Quantity.add(Quantity): Quantity', (a: Quantity, b: Quantity) => a.add(b));
  env.registerFunction('Quantity.sub(Quantity): Quantity', (a: Quantity, b: Quantity) => a.sub(b));
  env.registerFunction('Quantity.isInteger(): bool', (a: Quantity) => a.isInteger);
  env.registerFunction('Quantity.asInteger(): int', (a: Quantity) => a.asInteger);
  env.registerFunction('Quantity.asApproximateFloat(): double', (a: Quantity) => a.asFloat);
  env.registerFunction(
    'string.find(string): string',
    (text: string, pattern: string) => matches(text, pattern)[0] ?? '',
  );
  env.registerFunction('string.findAll(string): list<string>', matches);
  env.registerFunction('string.replace(string, string): string', (text: string, old: string, by: string) =>
    // As a function: in a text, `$&` would stand for what was found.
    text.replaceAll(old, () => by),
  );
  return env;
}

function matches(text: string, pattern: string): string[] {
  return [...text.matchAll(new RegExp(pattern, 'gu'))].map(([match]) => match);
}

const shared = environment();
const compiled = new Map<string, Expression>();

/** @throws Error for text that is no expression */
export function syntaxTree(expression: string): SyntaxNode {
  return shared.parse(expression).ast;
}

/** @throws Error for text that is no expression */
export function compile(expression: string): Expression {
  const known = compiled.get(expression);
  if (known) return known;
  const program = shared.parse(expression) as unknown as (context: Variables) => unknown;
  compiled.set(expression, program);
  return program;
}
