import { objectPolicy } from '../../../lib/policy';
import { hasLabel, labelAt, OWNERLESS, SERVICE, WORKLOADS } from '../kinds';

export const recommendedLabels = objectPolicy({
  id: 'recommended-labels',
  category: 'hygiene',
  title: 'Workloads and Services have the labels that tools look for',
  kinds: [...WORKLOADS, SERVICE],
  parameters: {
    labels: ['instance', 'managed-by', 'name', 'part-of'].map((name) => `app.kubernetes.io/${name}`),
  },
  applies: OWNERLESS,
  offenders: `variables.labels.filter(label, !${hasLabel('label')}).map(label, ${labelAt('label')})`,
  message: 'is missing: tools that group objects by it do not find this one',
  fix: 'add the label',
});
