import { objectPolicy } from '../../../lib/policy';
import { ROLES, rulesWhere } from '../rbac';

export const rbacWildcards = objectPolicy({
  id: 'rbac-wildcards',
  category: 'security',
  title: 'Roles name what they grant',
  kinds: ROLES,
  offenders: rulesWhere(
    ['apiGroups', 'resources', 'verbs']
      .map((list) => `(has(r.${list}) && r.${list}.exists(x, x.startsWith("*")))`)
      .join(' || '),
  ),
  message: 'hold a * in verbs, resources or apiGroups: it also grants whatever is added to the cluster later',
  fix: 'name the verbs, resources and groups that are used',
});
