import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import ts from 'typescript';
import { POD_CARRIERS } from '../lib/policy';
import { POLICIES } from '../policies';

/**
 * Writes which fields the kinds have that policies look at, so that a misspelt field in an expression is found without a
 * cluster. Kubernetes describes itself in the declarations of cdk8s-plus; only what they do not have stands here.
 */

const ROOT = join(__dirname, '..');
export const FIELDS_FILE = join(ROOT, 'lib/policy/kubernetes-fields.json');

/** A type: `string`, `number`, `boolean`, `dyn` for anything, `T[]`, `T{}` for a map, or the name of an entry of `types`. */
type Type = string;

export interface KubernetesFields {
  /** Name of the type of a kind, by `apiVersion/kind`. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, Type>>>>;
}

/** Fields that Kubernetes has got after the version of the declarations, with the version that brought them. */
const NEWER: readonly (readonly [since: string, type: string, field: string, is: Type])[] = [
  ['1.29', 'LifecycleHandler', 'sleep', 'SleepAction'],
  ['1.29', 'SleepAction', 'seconds', 'number'],
  ['1.30', 'PodSecurityContext', 'appArmorProfile', 'AppArmorProfile'],
  ['1.30', 'SecurityContext', 'appArmorProfile', 'AppArmorProfile'],
  ['1.30', 'AppArmorProfile', 'type', 'string'],
  ['1.30', 'AppArmorProfile', 'localhostProfile', 'string'],
  ['1.30', 'ServiceSpec', 'trafficDistribution', 'string'],
  ['1.31', 'Volume', 'image', 'ImageVolumeSource'],
  ['1.31', 'ImageVolumeSource', 'reference', 'string'],
  ['1.31', 'ImageVolumeSource', 'pullPolicy', 'string'],
  ['1.32', 'PodSpec', 'resources', 'ResourceRequirements'],
];

/** The kind of somebody else that carries pods as a Deployment does, as far as it is one. */
const ROLLOUT = {
  metadata: 'ObjectMeta',
  spec: 'RolloutSpec',
};
const ROLLOUT_SPEC = {
  analysis: 'dyn',
  minReadySeconds: 'number',
  paused: 'boolean',
  progressDeadlineAbort: 'boolean',
  progressDeadlineSeconds: 'number',
  replicas: 'number',
  restartAt: 'string',
  revisionHistoryLimit: 'number',
  rollbackWindow: 'dyn',
  selector: 'LabelSelector',
  strategy: 'dyn',
  template: 'PodTemplateSpec',
  workloadRef: 'dyn',
};

/** Every field of every kind that a policy about single objects looks at. */
export function describeKubernetes(): KubernetesFields {
  const declared = declarations();
  for (const [since, type, field, is] of NEWER) {
    const fields = declared.get(type) ?? {};
    if (field in fields) throw new Error(`${type}.${field} of ${since} is in the declarations: remove it here`);
    declared.set(type, { ...fields, [field]: is });
  }
  declared.set('Rollout', ROLLOUT);
  declared.set('RolloutSpec', ROLLOUT_SPEC);

  const names = new Map([...declaredKinds(), ['argoproj.io/v1alpha1/Rollout', 'Rollout']]);
  const kinds: Record<string, string> = {};
  const types: Record<string, Readonly<Record<string, Type>>> = {};
  const collect = (name: string, own: Readonly<Record<string, Type>> = {}): void => {
    const fields = declared.get(name);
    if (!fields || name in types) return;
    types[name] = sorted({ ...fields, ...own });
    for (const type of Object.values(fields)) collect(type.replace(/(\[\]|\{\})+$/, ''));
  };
  const judged = POLICIES.flatMap((policy) => (policy.type === 'object' ? policy.kinds : []));
  // An alpha or a beta is looked at only to say that it will be gone.
  const stable = judged.filter(({ version }) => /^v\d+$/.test(version));
  for (const { group, version, kind } of [...POD_CARRIERS, ...stable]) {
    const key = [group, version, kind].filter((part) => part !== '').join('/');
    const name = names.get(key);
    // What neither Kubernetes nor this file describes may have any field.
    if (name === undefined) continue;
    kinds[key] = name;
    collect(name, { apiVersion: 'string', kind: 'string' });
  }
  return { kinds: sorted(kinds), types: sorted(types) };
}

/** Name of the declaration of each kind. */
function declaredKinds(): [string, string][] {
  return Object.entries(k8s).flatMap(([name, value]): [string, string][] => {
    const gvk = (value as { GVK?: { apiVersion: string; kind: string } }).GVK;
    return gvk ? [[`${gvk.apiVersion}/${gvk.kind}`, plainName(`${name}Props`)]] : [];
  });
}

/** The interface of the Deployment is `KubeDeploymentProps`. */
function plainName(name: string): string {
  return name.replace(/^Kube(\w+)Props$/, '$1');
}

/** Fields by the name of their interface. */
function declarations(): Map<string, Readonly<Record<string, Type>>> {
  const file = require.resolve('cdk8s-plus-28/lib/imports/k8s').replace(/\.js$/, '.d.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found = new Map<string, Readonly<Record<string, Type>>>();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue;
    const members = statement.members.filter(ts.isPropertySignature);
    found.set(
      plainName(statement.name.text),
      Object.fromEntries(members.map((member) => [fieldName(member), typeOf(member.type)])),
    );
  }
  return found;
}

/** The name that Kubernetes has for a field: the declarations write `hostIp` for `hostIP`. */
function fieldName(member: ts.PropertySignature): string {
  const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'schema');
  const name = /#(.+)$/.exec(ts.getTextOfJSDocComment(tag?.comment)?.trim() ?? '')?.[1];
  return name ?? member.name.getText();
}

/** Classes of the declarations that stand for plain values. */
const PLAIN: Readonly<Record<string, Type>> = { Quantity: 'string', IntOrString: 'dyn', Date: 'string' };

function typeOf(node: ts.TypeNode | undefined): Type {
  if (!node) return 'dyn';
  if (ts.isArrayTypeNode(node)) return `${typeOf(node.elementType)}[]`;
  if (ts.isTypeLiteralNode(node)) {
    const [index] = node.members.filter(ts.isIndexSignatureDeclaration);
    return index ? `${typeOf(index.type)}{}` : 'dyn';
  }
  const text = node.getText();
  if (['string', 'number', 'boolean'].includes(text)) return text;
  if (!ts.isTypeReferenceNode(node)) return 'dyn';
  // An enumeration is a text.
  return PLAIN[text] ?? (text in k8s && typeof (k8s as Record<string, unknown>)[text] === 'object' ? 'string' : text);
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function asText(fields: KubernetesFields): string {
  return `${JSON.stringify(fields, null, 2)}\n`;
}

if (require.main === module) {
  writeFileSync(FIELDS_FILE, asText(describeKubernetes()));
}
