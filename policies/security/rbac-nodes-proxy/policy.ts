import { objectPolicy } from '../../../lib/policy';
import { anyOf, ROLES, rulesWhere } from '../rbac';

export const rbacNodesProxy = objectPolicy({
  id: 'rbac-nodes-proxy',
  category: 'security',
  title: 'Roles do not reach through to the kubelet',
  kinds: ROLES,
  offenders: rulesWhere(`has(r.apiGroups) && "" in r.apiGroups && ${anyOf('resources', ['nodes/proxy'])}`),
  message:
    'grant nodes/proxy: the API of the kubelet, which runs commands in every pod of a node and keeps no audit log',
  fix: 'read nodes/metrics and nodes/stats instead, which need no proxy',
});
