export const ZONE = 'topology.kubernetes.io/zone';
export const HOST = 'kubernetes.io/hostname';

/** CEL: paths of `field` of those spread constraints of the pod, each `t` in turn, for which `where` holds. */
export function spreadsWhere(where: string, field: string): string {
  const path = `variables.podAt + "/topologySpreadConstraints[topologyKey=" + t.topologyKey.replace("/", "~1") + "]/${field}"`;
  const list = 'variables.pod.topologySpreadConstraints';
  return `(has(${list}) ? ${list}.filter(t, ${where}).map(t, ${path}) : [])`;
}

/** CEL: whether `t` keeps pods out of a zone, rather than prefer another. */
export const ZONE_IS_STRICT = `t.topologyKey == "${ZONE}" && t.whenUnsatisfiable == "DoNotSchedule"`;
