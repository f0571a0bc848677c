import type { Manifest } from '../../lib/kube/manifest';
import { namespaceOf, selectorAt, type PodSource, type World } from '../../lib/policy';

/** A PodDisruptionBudget, and what it selects. */
export interface Budget {
  readonly object: Manifest;
  readonly pods: readonly PodSource[];
}

export function budgets(world: World): readonly Budget[] {
  return world.derived(everyBudget);
}

/** Budgets by what they select. */
export function budgetsOf(world: World, source: PodSource): readonly Budget[] {
  return world.derived(bySource).get(source) ?? [];
}

/** An empty selector means every pod of the namespace; one that is missing means none. */
function everyBudget(world: World): Budget[] {
  return world.of('policy', 'PodDisruptionBudget').map((object) => {
    const selector = selectorAt(object, 'spec/selector');
    return { object, pods: selector ? world.podsSelected(namespaceOf(object), selector) : [] };
  });
}

function bySource(world: World): ReadonlyMap<PodSource, readonly Budget[]> {
  const found = new Map<PodSource, Budget[]>();
  for (const budget of budgets(world)) {
    for (const source of budget.pods) found.set(source, [...(found.get(source) ?? []), budget]);
  }
  return found;
}
