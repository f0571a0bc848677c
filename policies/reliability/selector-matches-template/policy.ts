import { fieldWhere, hasPath, objectPolicy, selectorMatches } from '../../../lib/policy';
import { podsOf } from '../../kinds';

export const selectorMatchesTemplate = objectPolicy({
  id: 'selector-matches-template',
  category: 'reliability',
  title: 'The selector of a workload selects the pods that it makes',
  // The selector of a Job is the job controller’s own.
  kinds: podsOf('Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout'),
  applies: { when: 'has(object.spec.selector)', otherwise: 'it has no selector' },
  offenders: fieldWhere(
    `!${hasPath('variables.template', 'metadata/labels')} || !(${selectorMatches('object.spec.selector', 'variables.template.metadata.labels')})`,
    'spec/selector',
  ),
  message: 'does not select the pods of its own template: the API server refuses the object',
  fix: 'make selector.matchLabels a part of template.metadata.labels',
});
