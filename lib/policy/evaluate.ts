import type { Manifest } from '../kube/manifest';
import type { AdmissionDocument, NamedExpression } from './admission';
import { compile, type Expression } from './cel';

/** What a document says of one object. */
export type Verdict =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'notApplicable' }
  | { readonly outcome: 'violation'; readonly offenders: readonly string[] }
  | { readonly outcome: 'ruleError'; readonly error: string };

/** A document ready to run. */
export interface Evaluator {
  readonly document: AdmissionDocument;
  readonly evaluate: (object: Manifest) => Verdict;
}

/** Compiles a document once, for any number of objects. @throws Error for an expression that is none */
export function evaluator(document: AdmissionDocument): Evaluator {
  const conditions = document.matchConditions.map(({ expression }) => compile(expression));
  const scope = lazyScope(document.variables);
  const evaluate = (object: Manifest): Verdict => {
    try {
      if (!conditions.every((condition) => condition({ object }) === true)) return { outcome: 'notApplicable' };
      const variables = scope(object);
      if (typeof variables.applies !== 'boolean') throw new Error('applies is neither true nor false');
      if (!variables.applies) return { outcome: 'notApplicable' };
      const { offenders } = variables;
      if (!isListOfTexts(offenders)) throw new Error('offenders is no list of paths');
      return offenders.length === 0 ? { outcome: 'pass' } : { outcome: 'violation', offenders };
    } catch (error) {
      return { outcome: 'ruleError', error: firstLine(error) };
    }
  };
  return { document, evaluate };
}

/** Variables are evaluated when they are first read, as in the API server: one that nobody reads cannot fail. */
function lazyScope(variables: readonly NamedExpression[]): (object: Manifest) => Record<string, unknown> {
  const expressions: readonly [string, Expression][] = variables.map(({ name, expression }) => [
    name,
    compile(expression),
  ]);
  return (object) => {
    const scope: Record<string, unknown> = {};
    for (const [name, expression] of expressions) {
      Object.defineProperty(scope, name, {
        enumerable: true,
        configurable: true,
        get: () => {
          const value = expression({ object, variables: scope });
          Object.defineProperty(scope, name, { value, enumerable: true });
          return value;
        },
      });
    }
    return scope;
  };
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!;
}
