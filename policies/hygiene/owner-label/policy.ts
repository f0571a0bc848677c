import { objectPolicy } from '../../../lib/policy';
import { hasLabel, labelAt, NAMESPACE, OWNERLESS, SERVICE, WORKLOADS } from '../kinds';

const LABEL = 'variables.label';

export const ownerLabel = objectPolicy({
  id: 'owner-label',
  category: 'hygiene',
  title: 'Every workload, Service and Namespace says whose it is',
  kinds: [...WORKLOADS, SERVICE, NAMESPACE],
  parameters: { label: 'golden-path.dev/team' },
  applies: OWNERLESS,
  offenders: `${hasLabel(LABEL)} ? [] : [${labelAt(LABEL)}]`,
  message: 'is missing: nobody can be asked, billed or woken up for it',
  fix: 'add the label with the name of the team',
});
