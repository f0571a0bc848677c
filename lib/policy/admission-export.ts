import type { Manifest } from '../kube/manifest';
import { admissionDocuments, type AdmissionDocument, type NamedExpression } from './admission';
import { literal } from './expressions';
import type { Pack, PackedPolicy } from './pack';
import type { ObjectKind } from './pod-carriers';
import type { Waiver } from './waivers';

export interface ExportOptions {
  /** Refuse what breaks an error, instead of warning about it. @default false */
  readonly enforce: boolean;
  /** Waivers that hold in the cluster; those of other environments left out. */
  readonly waivers: readonly Waiver[];
  /** Today, as 2026-11-21. */
  readonly today: string;
}

/** Label of the namespaces in which exported policies hold. */
export const ENFORCE_LABEL = 'golden-path.dev/enforce';

/** Days for which an export has to hold: the time between two exports. A waiver that ends before is not in it. */
export const HORIZON_DAYS = 7;

/**
 * The one-object policies of a pack as ValidatingAdmissionPolicies with their bindings. What was there before passes an
 * update, so that a policy which is switched on stops nobody from mending something else.
 */
export function admissionPolicies(pack: Pack, options: ExportOptions): Manifest[] {
  const horizon = addDays(options.today, HORIZON_DAYS);
  const waivers = options.waivers.filter(({ expires }) => expires >= horizon);
  return pack.policies.flatMap((packed) => {
    if (packed.policy.type !== 'object') return [];
    const own = waivers.filter(({ policy }) => policy === packed.policy.id);
    return admissionDocuments(packed.policy, packed.parameters).flatMap((document) => [
      policyObject(document, packed, pack.name, own, horizon),
      bindingObject(document, packed, pack.name, options.enforce),
    ]);
  });
}

/** Policies that admission cannot judge, each with the reason. */
export function outsideAdmission(pack: Pack): { readonly id: string; readonly reason: string }[] {
  return pack.policies.flatMap(({ policy }) =>
    policy.type === 'graph' ? [{ id: policy.id, reason: policy.outside }] : [],
  );
}

function policyObject(
  document: AdmissionDocument,
  { policy, severity }: PackedPolicy,
  pack: string,
  waivers: readonly Waiver[],
  horizon: string,
): Manifest {
  const name = objectName(pack, document);
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: {
      name,
      labels: LABELS,
      annotations: {
        'golden-path.dev/policy': policy.id,
        'golden-path.dev/severity': severity,
        // After that day a waiver in it may have ended: the export is stale.
        'golden-path.dev/valid-until': horizon,
      },
    },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: rulesFor(document.kinds) },
      ...(document.matchConditions.length === 0 ? {} : { matchConditions: document.matchConditions }),
      variables: variablesOf(document, waivers),
      validations: [
        {
          // Written out: the server checks the types of a validation, but not those behind a variable.
          expression: `(${untypedQuantities(offendersOf(document))}).all(o, ${passes(waivers)})`,
          messageExpression: document.validation.messageExpression.replaceAll('variables.offenders', 'variables.fresh'),
          reason: 'Invalid',
        },
      ],
    },
  };
}

function bindingObject(
  document: AdmissionDocument,
  { severity }: PackedPolicy,
  pack: string,
  enforce: boolean,
): Manifest {
  const name = objectName(pack, document);
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name, labels: LABELS },
    spec: {
      policyName: name,
      validationActions: enforce && severity === 'error' ? ['Deny', 'Audit'] : ['Warn', 'Audit'],
      matchResources: { namespaceSelector: { matchExpressions: [{ key: ENFORCE_LABEL, operator: 'Exists' }] } },
    },
  };
}

const LABELS = { 'app.kubernetes.io/managed-by': 'golden-path' };

function objectName(pack: string, { name }: AdmissionDocument): string {
  return `golden-path-${pack}-${name}`.toLowerCase();
}

/** One rule for each group and version, since a rule is the product of its lists. */
function rulesFor(kinds: readonly ObjectKind[]): object[] {
  const groups = new Map<string, ObjectKind[]>();
  for (const kind of kinds) {
    const key = `${kind.group}/${kind.version}`;
    groups.set(key, [...(groups.get(key) ?? []), kind]);
  }
  return [...groups.values()].map((together) => ({
    apiGroups: [together[0]!.group],
    apiVersions: [together[0]!.version],
    operations: ['CREATE', 'UPDATE'],
    resources: together.map(({ resource }) => resource),
  }));
}

/** The variables of the document, the same of the object before an update, and for the message `fresh`: what may not pass. */
function variablesOf(document: AdmissionDocument, waivers: readonly Waiver[]): NamedExpression[] {
  const before = document.variables.map(({ name, expression }) => ({
    name: earlier(name),
    expression: expression
      .replaceAll(/\bvariables\.(\w+)/g, (_, variable: string) => `variables.${earlier(variable)}`)
      .replaceAll(/(?<![\w."'])object\b(?=\.)/g, 'oldObject'),
  }));
  const fresh = { name: 'fresh', expression: `variables.offenders.filter(o, !(${passes(waivers)}))` };
  return [...document.variables, ...before, fresh];
}

function offendersOf({ variables }: AdmissionDocument): string {
  return variables.find(({ name }) => name === 'offenders')!.expression;
}

/** Whether an offender `o` passes: it was there before, or it is waived. */
function passes(waivers: readonly Waiver[]): string {
  const old = `(request.operation == "UPDATE" && o in variables.${earlier('offenders')})`;
  return [old, ...waivers.map(waivedBy)].join(' || ');
}

/** The types that the server checks against leave out what holds quantities (seen in 1.34), and it would call these misspelt. */
function untypedQuantities(expression: string): string {
  return expression.replaceAll(
    /\b(\w+\.resources)\.(?=limits\b|requests\b)|\b(\w+\.emptyDir)\.(?=sizeLimit\b)/g,
    (_, one, other) => `dyn(${(one ?? other) as string}).`,
  );
}

function earlier(name: string): string {
  return `before_${name}`;
}

/** Whether a waiver is about an offender `o` of this object. */
function waivedBy({ target }: Waiver): string {
  const { service, kind, namespace, name, container, field } = target;
  const label = `"app.kubernetes.io/name"`;
  const conditions = [
    service === undefined
      ? undefined
      : `has(object.metadata.labels) && ${label} in object.metadata.labels && object.metadata.labels[${label}] == ${literal(service)}`,
    kind === undefined ? undefined : `object.kind == ${literal(kind)}`,
    namespace === undefined ? undefined : `request.namespace == ${literal(namespace)}`,
    name === undefined ? undefined : `object.metadata.name == ${literal(name)}`,
    container === undefined ? undefined : `o.contains(${literal(`ontainers[name=${container}]`)})`,
    field === undefined ? undefined : `(o == ${literal(field)} || o.startsWith(${literal(`${field}/`)}))`,
  ];
  return `(${conditions.filter((condition) => condition !== undefined).join(' && ')})`;
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
