import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const cpuLimit = objectPolicy({
  id: 'cpu-limit',
  category: 'reliability',
  title: 'Every container that requests CPU has a limit for it',
  kinds: PODS,
  offenders: containersWhere(
    'planned',
    `${hasPath('c', 'resources/requests/cpu')} && !${hasPath('c', 'resources/limits/cpu')}`,
    'resources/limits/cpu',
  ),
  message: 'is missing: nothing keeps the container from taking the CPU of its neighbours',
  fix: 'set resources.limits.cpu to several times the request, or leave this policy out of the pack',
});
