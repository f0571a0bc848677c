import type { ObjectPolicy, Parameter } from './definition';
import { hasPath, literal } from './expressions';
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

/** A Rollout may take its pods from a Deployment, which is judged itself. */
function hasPods(path: PodPath): NamedExpression {
  return { name: 'has-pods', expression: hasPath('object', [...POD_STEPS[path], 'spec'].join('/')) };
}

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
      matchConditions: [hasPods(path), OWNERLESS],
      settle: (expression) => withPod(expression, path),
    }),
  );
  if (others.length > 0) {
    documents.push(
      document(policy, parameters, { name: policy.id, kinds: others, matchConditions: [], settle: String }),
    );
  }
  return documents;
}

interface Start extends Pick<AdmissionDocument, 'name' | 'kinds' | 'matchConditions'> {
  /** Puts into an expression what is different from kind to kind. */
  readonly settle: (expression: string) => string;
}

function document(
  { applies, variables = {}, offenders, message, id }: ObjectPolicy,
  parameters: Readonly<Record<string, Parameter>>,
  { settle, ...start }: Start,
): AdmissionDocument {
  return {
    ...start,
    variables: [
      ...Object.entries(parameters).map(([name, value]) => ({ name, expression: literal(value) })),
      ...Object.entries(variables).map(([name, expression]) => ({ name, expression: settle(expression) })),
      { name: 'applies', expression: settle(applies?.when ?? 'true') },
      { name: 'offenders', expression: `variables.applies ? (${settle(offenders)}) : []` },
    ],
    validation: {
      expression: 'size(variables.offenders) == 0',
      messageExpression: `${literal(`${id}: `)} + variables.offenders.join(", ") + ${literal(` ${message}`)}`,
    },
  };
}

/**
 * `template` holds the pod's metadata, `pod` is its spec; `…At` are their name-keyed paths. They are written out rather than
 * made variables of the document: for the type check of the API server an object behind a variable has any field.
 */
function withPod(expression: string, path: PodPath): string {
  const steps = POD_STEPS[path];
  const places: Readonly<Record<string, string>> = {
    template: ['object', ...steps].join('.'),
    templateAt: literal(steps.join('/')),
    pod: ['object', ...steps, 'spec'].join('.'),
    podAt: literal([...steps, 'spec'].join('/')),
  };
  return expression.replaceAll(/\bvariables\.(template|templateAt|pod|podAt)\b/g, (_, name: string) => places[name]!);
}
