import { graphPolicy, recordsAt } from '../../../lib/policy';
import { SCALED } from '../../kinds';
import { podCount } from '../../scalers';
import { ZONE } from '../../spread';

export const zoneSpread = graphPolicy({
  id: 'zone-spread',
  category: 'reliability',
  title: 'What always has more than one pod is spread over zones',
  fix: 'add a topologySpreadConstraint with topologyKey topology.kubernetes.io/zone and whenUnsatisfiable: DoNotSchedule',
  outside:
    'the smallest number of pods is the autoscaler’s, and the API server writes replicas: 1 where nothing is said',
  parameters: { zones: 3 },
  judge(world, { zones }) {
    const scaled = zones === 1 ? [] : world.pods.filter(({ carrier }) => SCALED.includes(carrier));
    const judged = scaled.filter((source) => (podCount(world, source)?.min ?? 0) > 1);
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ spec }) => {
        const spreads = recordsAt(spec, 'topologySpreadConstraints');
        return !spreads.some(
          ({ topologyKey, whenUnsatisfiable }) => topologyKey === ZONE && whenUnsatisfiable === 'DoNotSchedule',
        );
      })
      .map(({ object, at }) => ({
        object,
        path: `${at}/topologySpreadConstraints`,
        message: 'says nothing strict about zones: all pods may be in the zone that is lost',
      }));
  },
});
