import { containersWhere, hasPath, literal, podFieldWhere } from '../../lib/policy';

/** Controls over what only Linux has; the API server refuses these fields in a pod for Windows. */
export const LINUX = {
  when: `!(${hasPath('variables.pod', 'os/name')} && variables.pod.os.name == "windows")`,
  otherwise: 'a pod for Windows has no such field',
};

/** Paths of a field of the security contexts of containers whose value is bad. */
export function containerSettingsWhere(field: string, bad: (value: string) => string): string {
  return containersWhere('all', isSet('c', field, bad), `securityContext/${field}`);
}

/** The same of the pod's own security context, which its containers inherit, and of those of its containers. */
export function settingsWhere(field: string, bad: (value: string) => string): string {
  const ofPod = podFieldWhere(isSet('variables.pod', field, bad), `securityContext/${field}`);
  return `${ofPod} + ${containerSettingsWhere(field, bad)}`;
}

/** Whether a value in CEL is none of these. */
export function noneOf(value: string, allowed: readonly string[]): string {
  return `!(${value} in ${literal(allowed)})`;
}

function isSet(owner: string, field: string, bad: (value: string) => string): string {
  const path = `securityContext/${field}`;
  return `${hasPath(owner, path)} && ${bad(`${owner}.${path.replaceAll('/', '.')}`)}`;
}
