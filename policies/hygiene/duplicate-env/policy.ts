import { containersWhere, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const duplicateEnv = objectPolicy({
  id: 'duplicate-env',
  category: 'hygiene',
  title: 'No container sets an environment variable twice',
  kinds: PODS,
  offenders: containersWhere(
    'planned',
    'has(c.env) && c.env.exists(e, size(c.env.filter(other, other.name == e.name)) > 1)',
    'env',
  ),
  message: 'sets a variable twice: the last one counts, and an update may drop either',
  fix: 'keep one of them',
});
