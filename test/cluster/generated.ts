import fc from 'fast-check';
import { Fleet, ServiceBlueprint, type FleetRendering, type PlatformProfile, type ServiceSpec } from 'golden-path';
import { arbitraryFleet, type ArbitraryFleet } from '../property/arbitrary-spec';
import type { KubeObject } from './objects';

export interface GeneratedFleet {
  readonly profile: PlatformProfile;
  readonly services: number;
  readonly objects: KubeObject[];
}

/** Random fleets that break no rule, the same for the same seed, which can all live in one cluster. */
export function generatedFleets(seed: number, count: number): GeneratedFleet[] {
  const taken = new Set<string>();
  const fleets: GeneratedFleet[] = [];
  for (const [index, drawn] of fc.sample(arbitraryFleet, { seed, numRuns: count }).entries()) {
    const names = drawn.services.map(({ name }) => name);
    // A namespace is named after its service or its team: teams get names of their own, the rare twin is left out.
    if (names.some((name) => taken.has(name))) continue;
    names.forEach((name) => taken.add(name));
    fleets.push({
      profile: drawn.profile,
      services: names.length,
      objects: objectsOf(declare(drawn, `-${index}`)),
    });
  }
  return fleets;
}

function declare({ profile, services, lock }: ArbitraryFleet, suffix: string): FleetRendering {
  const fleet = new Fleet({ name: 'generated', profile });
  for (const { name, whole } of services) new ServiceBlueprint(fleet, name, ofTeam(whole, suffix));
  return fleet.in('prod', { images: lock });
}

function ofTeam(spec: ServiceSpec, suffix: string): ServiceSpec {
  const { accepts } = spec;
  const renamed = (one: string): string => (one.startsWith('team:') ? `${one}${suffix}` : one);
  return {
    ...spec,
    team: `${spec.team}${suffix}`,
    ...(Array.isArray(accepts) && { accepts: accepts.map(renamed) }),
  };
}

/** In the order in which they are applied, as in the folder that `golden synth` writes. */
function objectsOf(rendering: FleetRendering): KubeObject[] {
  const groups = [
    ...rendering.platformGroups().groups,
    ...rendering.names.flatMap((name) => rendering.service(name).groups),
  ];
  return groups.flatMap(({ manifests }) => structuredClone(manifests) as unknown as KubeObject[]);
}
