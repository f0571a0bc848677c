import { objectPolicy } from '../../../lib/policy';
import { hasLabel, labelAt, OWNERLESS, SERVICE, WORKLOADS } from '../kinds';

const LABEL = 'variables.label';

export const tierLabel = objectPolicy({
  id: 'tier-label',
  category: 'hygiene',
  title: 'Every workload and Service says how much it matters',
  kinds: [...WORKLOADS, SERVICE],
  parameters: { label: 'golden-path.dev/tier', tiers: ['critical', 'standard', 'best-effort'] },
  applies: OWNERLESS,
  offenders: `${hasLabel(LABEL)} && object.metadata.labels[${LABEL}] in variables.tiers ? [] : [${labelAt(LABEL)}]`,
  message: 'is missing, or no tier that there is: nothing can be asked of it by how much it matters',
  fix: 'add the label with critical, standard or best-effort',
});
