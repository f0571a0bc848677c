import type { ObjectPolicy, Parameter } from './definition';
import { literal } from './expressions';
import { POD_STEPS, type ObjectKind, type PodCarrier, type PodPath } from './pod-carriers';

export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/**
 * What a policy comes to: the parts of a ValidatingAdmissionPolicy that decide. There is one for each place where pods
 * can be, because the API server checks the types of an expression against one kind at a time.
 */
export interface AdmissionDocument {
  readonly name: string;
  readonly kinds: readonly ObjectKind[];
  readonly matchConditions: readonly NamedExpression[];
  /** In order; `applies` and `offenders` come last. */
  readonly variables: readonly NamedExpression[];
  readonly validation: { readonly expression: string; readonly messageExpression: string };
}

/** What an owner makes is judged in the owner: nobody can mend a pod of a ReplicaSet. */
const OWNERLESS: NamedExpression = {
  name: 'ownerless',
  expression: '!has(object.metadata.ownerReferences) || size(object.metadata.ownerReferences) == 0',
};

export function admissionDocuments(
  policy: ObjectPolicy,
  parameters: Readonly<Record<string, Parameter>>,
): AdmissionDocument[] {
  const kinds: readonly (ObjectKind | PodCarrier)[] = policy.kinds;
  const carriers = kinds.filter((kind) => 'path' in kind);
  const others = kinds.filter((kind) => !('path' in kind));
  const documents = [...new Set(carriers.map(({ path }) => path))].map((path) =>
    document(policy, parameters, {
      name: path === 'template' ? policy.id : `${policy.id}-${path}`,
      kinds: carriers.filter((carrier) => carrier.path === path),
      matchConditions: [OWNERLESS],
      settle: (expression) => withPod(expression, path),
    }),
  );
  if (others.length > 0) {
    documents.push(
      document(policy, parameters, { name: policy.id, kinds: others, matchConditions: [], variables: [] }),
    );
  }
  return documents;
}

type Start = Pick<AdmissionDocument, 'name' | 'kinds' | 'matchConditions' | 'variables'>;

function document(
  { applies, variables = {}, offenders, message, id }: ObjectPolicy,
  parameters: Readonly<Record<string, Parameter>>,
  start: Start,
): AdmissionDocument {
  return {
    ...start,
    variables: [
      ...Object.entries(parameters).map(([name, value]) => ({ name, expression: literal(value) })),
      ...start.variables,
      ...Object.entries(variables).map(([name, expression]) => ({ name, expression })),
      { name: 'applies', expression: applies?.when ?? 'true' },
      { name: 'offenders', expression: `variables.applies ? (${offenders}) : []` },
    ],
    validation: {
      expression: 'size(variables.offenders) == 0',
      messageExpression: `${literal(`${id}: `)} + variables.offenders.join(", ") + ${literal(` ${message}`)}`,
    },
  };
}

/** `template` holds the pod's metadata, `pod` is its spec; `…At` are their name-keyed paths. */
function podVariables(path: PodPath): NamedExpression[] {
  const steps = POD_STEPS[path];
  return [
    { name: 'template', expression: ['object', ...steps].join('.') },
    { name: 'templateAt', expression: literal(steps.join('/')) },
    { name: 'pod', expression: ['object', ...steps, 'spec'].join('.') },
    { name: 'podAt', expression: literal([...steps, 'spec'].join('/')) },
  ];
}
