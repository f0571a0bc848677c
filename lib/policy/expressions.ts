/**
 * Pieces of CEL that policies are made of. Any list of a pod may be missing and has to be asked for; these do it once,
 * and write name-keyed paths. CEL of the API server cannot flatten a list of lists before Kubernetes 1.34, so what is
 * wrong inside a list of a container is told at that list.
 */

/**
 * `main`: what serves. `running`: with native sidecars, whatever lives as long as the pod. `planned`: with all init
 * containers, whatever a scheduler makes room for. `all`: with ephemeral containers too.
 */
export type Containers = 'main' | 'running' | 'planned' | 'all';

const SIDECARS = 'has(c.restartPolicy) && c.restartPolicy == "Always"';

/** Lists of containers, with what narrows them down. */
const LISTS: Readonly<Record<Containers, readonly (readonly [list: string, only: string])[]>> = {
  main: [['containers', '']],
  running: [
    ['containers', ''],
    ['initContainers', SIDECARS],
  ],
  planned: [
    ['containers', ''],
    ['initContainers', ''],
  ],
  all: [
    ['containers', ''],
    ['initContainers', ''],
    ['ephemeralContainers', ''],
  ],
};

/** Paths of `field` (empty: of the container itself) of those containers, each `c` in turn, for which `where` holds. */
export function containersWhere(which: Containers, where: string, field = ''): string {
  return LISTS[which]
    .map(([list, only]) => {
      const condition = only === '' ? where : `${only} && (${where})`;
      return membersWhere(list, 'c', condition, field);
    })
    .join(' + ');
}

/** Paths of `field` of those volumes, each `v` in turn, for which `where` holds. */
export function volumesWhere(where: string, field = ''): string {
  return membersWhere('volumes', 'v', where, field);
}

/** The path of a field of the pod's spec, if `condition` holds. */
export function podFieldWhere(condition: string, field: string): string {
  return `((${condition}) ? [${podAt(field)}] : [])`;
}

/** The path of a field of the object, if `condition` holds. */
export function fieldWhere(condition: string, field: string): string {
  return `((${condition}) ? [${literal(field)}] : [])`;
}

/** Whether each step of a path exists: `has` takes one step at a time. */
export function hasPath(root: string, path: string): string {
  const steps = path.split('/');
  return `(${steps.map((_, index) => `has(${[root, ...steps.slice(0, index + 1)].join('.')})`).join(' && ')})`;
}

/**
 * Whether labels satisfy a selector; both are expressions for what is there. An operator that does not exist is taken
 * for `DoesNotExist`: the API server knows no other.
 */
export function selectorMatches(selector: string, labels: string): string {
  const isOneOf = `(e.key in ${labels} && ${labels}[e.key] in e.values)`;
  const holds = `(e.operator == "In" ? ${isOneOf} : e.operator == "NotIn" ? !${isOneOf} : e.operator == "Exists" ? e.key in ${labels} : !(e.key in ${labels}))`;
  return [
    `(!has(${selector}.matchLabels) || ${selector}.matchLabels.all(k, k in ${labels} && ${labels}[k] == ${selector}.matchLabels[k]))`,
    `(!has(${selector}.matchExpressions) || ${selector}.matchExpressions.all(e, ${holds}))`,
  ].join(' && ');
}

/** A literal in CEL. */
export function literal(value: unknown): string {
  return JSON.stringify(value);
}

function membersWhere(list: string, member: string, where: string, field: string): string {
  const path = `${podAt(`${list}[name=`).slice(0, -1)}" + ${member}.name + "]${field === '' ? '' : `/${field}`}"`;
  return `(has(variables.pod.${list}) ? variables.pod.${list}.filter(${member}, ${where}).map(${member}, ${path}) : [])`;
}

function podAt(field: string): string {
  return `variables.podAt + ${literal(`/${field}`)}`;
}
