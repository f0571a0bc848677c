import { objectPolicy } from '../../../lib/policy';
import { grants, ROLES, rulesWhere } from '../rbac';

export const rbacPodExec = objectPolicy({
  id: 'rbac-pod-exec',
  category: 'security',
  title: 'Roles do not run commands in pods',
  kinds: ROLES,
  // A websocket is opened by a get.
  offenders: rulesWhere(grants('', ['pods/exec', 'pods/attach'], ['create', 'get'])),
  message: 'grant running commands in pods: with what the pods can read and reach, and past every review',
  fix: 'remove pods/exec and pods/attach; give reading of logs and events instead',
});
