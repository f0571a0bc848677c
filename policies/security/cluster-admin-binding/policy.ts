import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { BINDINGS } from '../rbac';

export const clusterAdminBinding = objectPolicy({
  id: 'cluster-admin-binding',
  category: 'security',
  title: 'Nobody is bound to cluster-admin',
  kinds: BINDINGS,
  offenders: fieldWhere('object.roleRef.kind == "ClusterRole" && object.roleRef.name == "cluster-admin"', 'roleRef'),
  message: 'is cluster-admin: every right on everything that it reaches',
  fix: 'write a role with the rights that are used',
});
