import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const memoryLimit = objectPolicy({
  id: 'memory-limit',
  category: 'reliability',
  title: 'Every container that requests memory has a limit for it',
  kinds: PODS,
  offenders: containersWhere(
    'planned',
    `${hasPath('c', 'resources/requests/memory')} && !${hasPath('c', 'resources/limits/memory')}`,
    'resources/limits/memory',
  ),
  message: 'is missing: a leak takes the whole node with it',
  fix: 'set resources.limits.memory to the same as the request',
});
