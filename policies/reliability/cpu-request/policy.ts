import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const cpuRequest = objectPolicy({
  id: 'cpu-request',
  category: 'reliability',
  title: 'Every container has a CPU request',
  kinds: PODS,
  // Where only a limit is set, the API server takes it as the request.
  offenders: containersWhere(
    'planned',
    `!${hasPath('c', 'resources/requests/cpu')} && !${hasPath('c', 'resources/limits/cpu')}`,
    'resources/requests/cpu',
  ),
  message: 'is missing: the scheduler places the pod as if it needed no CPU',
  fix: 'set resources.requests.cpu to what it uses at normal load',
});
