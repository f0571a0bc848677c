import { graphPolicy, recordsAt, type Fields } from '../../../lib/policy';
import { SCALED } from '../../kinds';
import { podCount } from '../../scalers';
import { HOST } from '../../spread';

export const hostSpread = graphPolicy({
  id: 'host-spread',
  category: 'reliability',
  title: 'What may have more than one pod is spread over nodes',
  fix: 'add a topologySpreadConstraint with topologyKey kubernetes.io/hostname and whenUnsatisfiable: ScheduleAnyway',
  outside: 'the number of pods is the autoscaler’s, and the API server writes replicas: 1 where nothing is said',
  judge(world) {
    const scaled = world.pods.filter(({ carrier }) => SCALED.includes(carrier));
    const judged = scaled.filter((source) => (podCount(world, source)?.max ?? 0) > 1);
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ spec }) => !terms(spec).some(({ topologyKey }) => topologyKey === HOST))
      .map(({ object, at }) => ({
        object,
        path: `${at}/topologySpreadConstraints`,
        message: 'says nothing about nodes: all pods of a zone may be on one',
      }));
  },
});

const ANTI = 'affinity/podAntiAffinity';

/** Whatever keeps pods apart, strictly or not. */
function terms(spec: Fields): readonly Fields[] {
  return [
    ...recordsAt(spec, 'topologySpreadConstraints'),
    ...recordsAt(spec, `${ANTI}/requiredDuringSchedulingIgnoredDuringExecution`),
    ...recordsAt(spec, `${ANTI}/preferredDuringSchedulingIgnoredDuringExecution`).map(
      ({ podAffinityTerm }) => podAffinityTerm as Fields,
    ),
  ];
}
