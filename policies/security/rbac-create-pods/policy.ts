import { objectPolicy } from '../../../lib/policy';
import { grants, ROLES, rulesWhere } from '../rbac';

export const rbacCreatePods = objectPolicy({
  id: 'rbac-create-pods',
  category: 'security',
  title: 'Roles do not create pods',
  kinds: ROLES,
  offenders: rulesWhere(grants('', ['pods'], ['create'])),
  message: 'grant creating pods: a pod can mount every Secret and take every ServiceAccount of its namespace',
  fix: 'remove create; pods are made by their workloads, and workloads by the delivery of manifests',
});
