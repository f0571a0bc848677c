import { isRecord } from '../../core/data';
import { always, asGiven, each, object, or, type Fields, type Fill } from './fill';
import { resourceList } from './quantities';
import { claimSpec } from './volume';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The name of a namespace is one of its labels, so that a selector can pick it. */
const named: Fill = (value, { name }) => {
  const labels = value ?? {};
  if (typeof name !== 'string' || !isRecord(labels) || labels[NAME_LABEL] === name) return value;
  return { ...labels, [NAME_LABEL]: name };
};

/** What limits do not say of a container follows from what they say: first from the limit, then from the least. */
const containerLimits: Fill = (value) => {
  if (!isRecord(value) || value.type !== 'Container') return value;
  const standard = completed(value.default, value.max);
  const request = completed(completed(value.defaultRequest, standard), value.min);
  if (standard === value.default && request === value.defaultRequest) return value;
  return {
    ...value,
    ...(standard === undefined ? {} : { default: standard }),
    ...(request === undefined ? {} : { defaultRequest: request }),
  };
};

/** With whatever it does not say taken from `more`. */
function completed(amounts: unknown, more: unknown): unknown {
  if (!isRecord(more) || !(amounts === undefined || isRecord(amounts))) return amounts;
  const known: Fields = amounts ?? {};
  return Object.keys(more).every((resource) => Object.hasOwn(known, resource)) ? amounts : { ...more, ...known };
}

const amounts = object({
  max: resourceList,
  min: resourceList,
  default: resourceList,
  defaultRequest: resourceList,
  maxLimitRequestRatio: resourceList,
});

const RBAC = 'rbac.authorization.k8s.io';

const binding = object({
  roleRef: object({ apiGroup: or(RBAC) }),
  subjects: each(
    object({ apiGroup: (value, { kind }) => (kind === 'User' || kind === 'Group' ? or(RBAC)(value, {}) : value) }),
  ),
});

const matched = object({
  matchPolicy: or('Equivalent'),
  namespaceSelector: always(asGiven),
  objectSelector: always(asGiven),
  resourceRules: each(object({ scope: or('*') })),
  excludeResourceRules: each(object({ scope: or('*') })),
});

export const tenancy: Readonly<Record<string, Fill>> = {
  'v1/Namespace': object({ metadata: object({ labels: named }) }),
  'v1/ServiceAccount': asGiven,
  'v1/ConfigMap': asGiven,
  'v1/Secret': object({ type: or('Opaque') }),
  'v1/ResourceQuota': object({ spec: object({ hard: resourceList }) }),
  'v1/LimitRange': object({
    spec: object({ limits: each((value, parent) => amounts(containerLimits(value, parent), {})) }),
  }),
  'rbac.authorization.k8s.io/v1/RoleBinding': binding,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': binding,
  'policy/v1/PodDisruptionBudget': asGiven,
  'scheduling.k8s.io/v1/PriorityClass': object({ preemptionPolicy: or('PreemptLowerPriority') }),
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': object({
    spec: object({ failurePolicy: or('Fail'), matchConstraints: matched }),
  }),
  'v1/PersistentVolumeClaim': object({ spec: claimSpec }),
  'storage.k8s.io/v1/StorageClass': object({ reclaimPolicy: or('Delete'), volumeBindingMode: or('Immediate') }),
};
