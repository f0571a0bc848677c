import { objectPolicy } from '../../../lib/policy';
import { anyOf, ROLES, rulesWhere } from '../rbac';

export const rbacEscalation = objectPolicy({
  id: 'rbac-escalation',
  category: 'security',
  title: 'Roles give no way to more rights than they name',
  kinds: ROLES,
  offenders: rulesWhere(anyOf('verbs', ['escalate', 'bind', 'impersonate'])),
  message: 'grant escalate, bind or impersonate: with them any other right can be had',
  fix: 'remove the verb; who needs a right is given that right',
});
