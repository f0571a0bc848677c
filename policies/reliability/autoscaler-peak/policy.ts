import { graphPolicy } from '../../../lib/policy';
import { intents } from '../../intent';
import { podCount } from '../../scalers';
import { survivors } from '../../zones';

export const autoscalerPeak = graphPolicy({
  id: 'autoscaler-peak',
  category: 'reliability',
  title: 'The most pods that there can be carry the stated peak with a zone lost',
  fix: 'raise the largest number of pods, or correct the traffic that the service states',
  outside: 'the largest number of pods is said by the autoscaler, and an annotation of JSON cannot be read in CEL',
  parameters: { zones: 3, load: 90 },
  judge(world, { zones, load }) {
    const judged = intents(world).flatMap(({ source, intent }) => {
      // Where nodes decide how many pods there are, nobody can say that they are too few.
      const most = podCount(world, source)?.max ?? Number.MAX_SAFE_INTEGER;
      return intent?.traffic ? [{ object: source.object, ...intent.traffic, most }] : [];
    });
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, peakRps, rpsPerPod, most }) => {
      const left = survivors(most, zones as number);
      const carried = (left * rpsPerPod * (load as number)) / 100;
      if (peakRps <= carried) return [];
      return [
        {
          object,
          path: 'spec/replicas',
          message: `is at most ${most}, of which ${left} survive a zone and carry ${carried} of the ${peakRps} requests a second that are stated as the peak`,
        },
      ];
    });
  },
});
