import type { Locate } from '../core/source';

/** A service as somebody declared it, not yet judged. */
export interface ServiceDeclaration {
  readonly name: string;
  readonly spec: unknown;
  readonly locate: Locate;
}

export const REGISTRY: unique symbol = Symbol.for('golden-path.dev/service-registry');

/** A scope that collects services instead of rendering each on its own. */
export interface ServiceRegistry {
  readonly [REGISTRY]: true;
  /** Takes the declaration and answers the construct id to use, unique even when the name is taken twice. */
  declare(declaration: ServiceDeclaration): string;
}

export function isServiceRegistry(scope: object): scope is ServiceRegistry {
  return REGISTRY in scope;
}
