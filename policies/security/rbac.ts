import { fieldWhere, literal } from '../../lib/policy';
import { kind } from '../kinds';

const rbac = (resource: string, name: string) => kind('rbac.authorization.k8s.io', 'v1', resource, name);

export const ROLES = [rbac('roles', 'Role'), rbac('clusterroles', 'ClusterRole')];

export const BINDINGS = [rbac('rolebindings', 'RoleBinding'), rbac('clusterrolebindings', 'ClusterRoleBinding')];

/** `rules`, if any of them, each `r` in turn, satisfies the condition: a rule has no name to be found by. */
export function rulesWhere(condition: string): string {
  return fieldWhere(`has(object.rules) && object.rules.exists(r, ${condition})`, 'rules');
}

/** Whether rule `r` names one of these verbs, on one of these resources. A `*` is not meant: `rbac-wildcards` tells of it. */
export function grants(group: string, resources: readonly string[], verbs: readonly string[]): string {
  const inGroup = `has(r.apiGroups) && ${literal(group)} in r.apiGroups`;
  return `${inGroup} && ${anyOf('resources', resources)} && ${anyOf('verbs', verbs)}`;
}

/** Whether a list of rule `r` names one of these. */
export function anyOf(list: string, names: readonly string[]): string {
  return `has(r.${list}) && r.${list}.exists(x, x in ${literal(names)})`;
}
