import { Construct } from 'constructs';
import type { Problem } from '../core/problem';
import type { Manifest } from '../kube/manifest';
import { anyObject } from '../kube/objects';
import { apiObjects } from '../kube/render';
import type { ResolvedService } from '../resolve/resolved-service';

/** Kinds of Kubernetes, by API group, that are in no namespace; `ClusterRole` and its like say so themselves. */
const OUTSIDE_NAMESPACES: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
};

/** Kinds that the blueprint itself makes: only with one of these can an extra take the name of another object. */
const OWN_KINDS = new Set([
  ...[
    'ConfigMap',
    'CronJob',
    'Deployment',
    'ExternalSecret',
    'HorizontalPodAutoscaler',
    'Job',
    'LimitRange',
    'Namespace',
  ],
  ...['NetworkPolicy', 'PodDisruptionBudget', 'ResourceQuota', 'Role', 'RoleBinding', 'ScaledObject', 'Service'],
  ...['ServiceAccount'],
]);

/** Whether only the objects of the service can tell that its extras have free names. */
export function mayCollide({ extra }: ResolvedService): boolean {
  return extra.some(({ kind }) => OWN_KINDS.has(kind));
}

/** What is wrong with the extras, as far as they can tell by themselves. */
export function extraProblems(service: ResolvedService): Problem[] {
  return judged(service, new Set()).problems;
}

/** Adds the objects that the spec brings along; those that cannot live and die with the service are problems instead. */
export function addExtras(scope: Construct, service: ResolvedService): Problem[] {
  if (service.extra.length === 0) return [];
  const { fitting, problems } = judged(service, new Set(apiObjects(scope).map(keyOf)));
  const holder = new Construct(scope, 'extra');
  fitting.forEach((extra, index) => {
    const { metadata } = extra as unknown as Manifest;
    anyObject(holder, String(index), {
      ...extra,
      metadata: { namespace: service.namespace.name, ...metadata, labels: { ...service.labels, ...metadata.labels } },
    });
  });
  return problems;
}

function judged(
  { extra, name, namespace }: ResolvedService,
  taken: Set<string>,
): { fitting: Extra[]; problems: Problem[] } {
  const fitting: Extra[] = [];
  const problems: Problem[] = [];
  extra.forEach((one, index) => {
    const key = keyOf({ ...one, name: one.metadata.name });
    const problem = misfit(one, namespace.name) ?? (taken.has(key) ? alreadyThere(one) : undefined);
    if (problem) problems.push({ ...problem, kind: 'rule', subject: name, path: `extra[${index}].${problem.path}` });
    else {
      taken.add(key);
      fitting.push(one);
    }
  });
  return { fitting, problems };
}

type Extra = ResolvedService['extra'][number];
type Misfit = Omit<Problem, 'kind' | 'subject'>;

function misfit(extra: Extra, namespace: string): Misfit | undefined {
  const { kind, metadata } = extra as unknown as Manifest;
  if (OUTSIDE_NAMESPACES[groupOf(extra)]?.includes(kind) || /^Cluster[A-Z]/.test(kind)) {
    return {
      code: 'extra-outside-namespace',
      path: 'kind',
      message: 'an object of the whole cluster does not live and die with a service',
      got: kind,
      fix: 'have the platform team deploy it',
    };
  }
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    return {
      code: 'extra-outside-namespace',
      path: 'metadata.namespace',
      message: 'an object of another namespace does not live and die with a service',
      got: String(metadata.namespace),
      expected: namespace,
      fix: 'leave the namespace out: the one of the service is filled in',
    };
  }
  const field = kind === 'Secret' ? ['data', 'stringData'].find((name) => extra[name] !== undefined) : undefined;
  if (field === undefined) return undefined;
  return {
    code: 'literal-secret',
    path: field,
    message: 'a Secret with its values is a secret in a manifest',
    expected: 'a reference to the secret store',
    fix: 'put the values into the secret store and name their keys under secrets',
  };
}

function alreadyThere({ kind, metadata }: Extra): Misfit {
  return {
    code: 'object-taken',
    path: 'metadata.name',
    message: 'the service has an object of this kind and name already, and one of the two would be lost',
    got: `${kind} ${metadata.name}`,
    fix: 'give it another name; an object of the blueprint is changed under overrides',
  };
}

function keyOf(object: { readonly apiVersion: string; readonly kind: string; readonly name: string }): string {
  return `${groupOf(object)} ${object.kind} ${object.name}`;
}

/** Group of `apps/v1`; none for `v1`. */
function groupOf({ apiVersion }: { readonly apiVersion: string }): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
