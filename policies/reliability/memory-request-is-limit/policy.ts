import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

const [request, limit] = ['requests', 'limits'].map((bound) => `string(c.resources.${bound}.memory)`);

export const memoryRequestIsLimit = objectPolicy({
  id: 'memory-request-is-limit',
  category: 'reliability',
  title: 'Every container requests as much memory as it may use',
  kinds: PODS,
  // 1Gi and 1024Mi are the same; text that is no quantity is the same as nothing.
  offenders: containersWhere(
    'planned',
    [
      hasPath('c', 'resources/requests/memory'),
      hasPath('c', 'resources/limits/memory'),
      `(!isQuantity(${request}) || !isQuantity(${limit}) || quantity(${request}).compareTo(quantity(${limit})) != 0)`,
    ].join(' && '),
    'resources/requests/memory',
  ),
  message: 'is not the memory limit: what lies between was promised to others too, and its use ends in a kill',
  fix: 'set requests.memory and limits.memory to the same quantity',
});
