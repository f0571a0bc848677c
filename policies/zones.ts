import { podSource, recordsAt, type World } from '../lib/policy';
import type { Scaler } from './scalers';

const ZONE = 'topology.kubernetes.io/zone';

/** Pods that are left when a zone goes: spread keeps the fullest zone at ceil(pods / zones). */
export function survivors(pods: number, zones: number): number {
  return zones === 1 ? pods : pods - Math.ceil(pods / zones);
}

/** A workload that is not spread over zones has none to lose; whether it should be is for another policy. */
export function isSpread(world: World, { target: { group, kind, namespace, name } }: Scaler): boolean {
  const workload = world.find(group, kind, namespace, name);
  const spread = recordsAt(workload && podSource(workload)?.spec, 'topologySpreadConstraints');
  return spread.some(({ topologyKey }) => topologyKey === ZONE);
}
