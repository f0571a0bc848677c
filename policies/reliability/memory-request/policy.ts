import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const memoryRequest = objectPolicy({
  id: 'memory-request',
  category: 'reliability',
  title: 'Every container has a memory request',
  kinds: PODS,
  // Where only a limit is set, the API server takes it as the request.
  offenders: containersWhere(
    'planned',
    `!${hasPath('c', 'resources/requests/memory')} && !${hasPath('c', 'resources/limits/memory')}`,
    'resources/requests/memory',
  ),
  message: 'is missing: the scheduler places the pod as if it needed no memory',
  fix: 'set resources.requests.memory, and the same as limit',
});
