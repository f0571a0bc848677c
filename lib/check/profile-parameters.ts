import { parseDuration } from '../core/units';
import type { Platform } from '../platform/profile';
import type { Parameter } from '../policy/definition';
import type { Pack } from '../policy/pack';

/**
 * A pack in the terms of a platform: what the profile has decided is what its policies ask for. Policies do not know the
 * profile, so that they can judge what others wrote.
 */
export function packFor(pack: Pack, platform: Platform): Pack {
  const decided = parametersOf(platform);
  return {
    name: pack.name,
    policies: pack.policies
      // A tag is enough here.
      .filter(({ policy }) => policy.id !== 'image-digest' || platform.images.pin === 'digest')
      .map((packed) => ({ ...packed, parameters: { ...packed.parameters, ...decided[packed.policy.id] } })),
  };
}

function parametersOf({ zones, tiers, images, autoscaling }: Platform): Record<string, Record<string, Parameter>> {
  const byTier = (value: (tier: Platform['tiers']['critical']) => number): Record<string, number> =>
    Object.fromEntries(Object.entries(tiers).map(([name, tier]) => [name, value(tier)]));
  const least = byTier(({ minReplicas }) => minReplicas);
  const zoneLoss = { zones: zones.length, load: autoscaling.zoneLossLoad };
  return {
    'autoscaler-minimum': { least },
    'autoscaler-peak': zoneLoss,
    'autoscaler-zone-loss': zoneLoss,
    'image-digest': { allowTags: images.allowTags },
    'image-registry': { registries: images.registries },
    'node-loss-tolerations': { seconds: byTier(({ nodeLossTolerance }) => parseDuration(nodeLossTolerance)! / 1_000) },
    'replicas-minimum': { least },
    'zone-spread': { zones: zones.length },
    'zone-spread-domains': { zones: zones.length },
  };
}
