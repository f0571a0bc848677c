import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';
import { budgetOf } from '../../probes';

export const progressDeadline = objectPolicy({
  id: 'progress-deadline',
  category: 'reliability',
  title: 'A rollout is reported as failed after its pods had their time to start, and not much later',
  kinds: podsOf('Deployment'),
  parameters: { most: 3600 },
  variables: {
    deadline: 'has(object.spec.progressDeadlineSeconds) ? int(object.spec.progressDeadlineSeconds) : 600',
    ready: 'has(object.spec.minReadySeconds) ? int(object.spec.minReadySeconds) : 0',
  },
  offenders: fieldWhere(
    `variables.deadline > variables.most ||
      (has(variables.pod.containers) && variables.pod.containers.exists(c, ${hasPath('c', 'startupProbe')} && variables.deadline <= variables.ready + ${budgetOf('c.startupProbe')}))`,
    'spec/progressDeadlineSeconds',
  ),
  message: 'does not fit: below the time to start it fails healthy versions, and far above it hides bad ones',
  fix: 'set more than startupProbe periodSeconds x failureThreshold + minReadySeconds, and no more than an hour',
});
