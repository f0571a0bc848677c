import { objectPolicy } from '../../../lib/policy';
import { grants, ROLES, rulesWhere } from '../rbac';

export const rbacSecrets = objectPolicy({
  id: 'rbac-secrets',
  category: 'security',
  title: 'Roles do not read all Secrets',
  kinds: ROLES,
  offenders: rulesWhere(
    `${grants('', ['secrets'], ['get', 'list', 'watch'])} && !(has(r.resourceNames) && size(r.resourceNames) > 0)`,
  ),
  message: 'grant reading every Secret, those of other services and their databases too',
  fix: 'mount the Secret that is needed into the pod, or name it in resourceNames',
});
