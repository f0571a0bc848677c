import { kind, PODS } from '../kinds';

export const SERVICE = kind('', 'v1', 'services', 'Service');
export const NAMESPACE = kind('', 'v1', 'namespaces', 'Namespace');

/** Whatever makes pods, as an object: what is in its template does not matter. */
export const WORKLOADS = PODS.map(({ group, version, resource, kind: name }) => kind(group, version, resource, name));

/** CEL: the labels of the object have this one, and something in it. `name` is an expression. */
export const hasLabel = (name: string): string =>
  `(has(object.metadata.labels) && ${name} in object.metadata.labels && object.metadata.labels[${name}] != "")`;

/** CEL: the name-keyed path of a label of the object. */
export const labelAt = (name: string): string => `"metadata/labels/" + ${name}.replace("/", "~1")`;

/** What an owner has made is labelled in the owner. */
export const OWNERLESS = {
  when: '!has(object.metadata.ownerReferences) || size(object.metadata.ownerReferences) == 0',
  otherwise: 'its owner is judged',
};

/** CEL: the path of what holds the spec of the pod, up to where `metadata` follows. */
export const BESIDE_SPEC = 'variables.podAt.substring(0, size(variables.podAt) - 4)';
