import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { SCALED } from '../../kinds';
import { TIER } from '../../labels';

export const replicasMinimum = objectPolicy({
  id: 'replicas-minimum',
  category: 'reliability',
  title: 'A number of pods that somebody chose is as large as the tier needs',
  kinds: SCALED,
  parameters: { least: { critical: 3, standard: 2, 'best-effort': 1 } },
  variables: {
    tier: TIER,
    // The API server writes 1 where nothing is said, so 1 may be the autoscaler’s to change.
    replicas: 'has(object.spec.replicas) ? int(object.spec.replicas) : 1',
  },
  applies: { when: 'variables.tier in variables.least', otherwise: 'no tier says how many pods are too few' },
  offenders: fieldWhere(
    'variables.replicas > 1 && variables.replicas < variables.least[variables.tier]',
    'spec/replicas',
  ),
  message: 'is below what the tier needs to survive a node, or a zone',
  fix: 'raise spec.replicas to 3 for critical, or choose another tier',
});
