import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { podsOf } from '../../kinds';

export const nakedPod = objectPolicy({
  id: 'naked-pod',
  category: 'reliability',
  title: 'No pod that has to stay is made by hand',
  kinds: podsOf('Pod'),
  offenders: podFieldWhere(
    '!has(variables.pod.restartPolicy) || variables.pod.restartPolicy == "Always"',
    'restartPolicy',
  ),
  message: 'is Always, and nothing makes the pod again when its node is drained or lost',
  fix: 'make it the template of a Deployment, or of a Job if it ends',
});
