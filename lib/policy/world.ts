import { isRecord, valueAt } from '../core/data';
import type { Manifest } from '../kube/manifest';
import { POD_CARRIERS, POD_STEPS, type PodCarrier } from './pod-carriers';
import { selects, type Labels, type LabelSelector } from './selector';

/** Pods that an object makes, or is. */
export interface PodSource {
  readonly object: Manifest;
  readonly carrier: PodCarrier;
  readonly namespace: string;
  readonly labels: Labels;
  /** The spec of the pod. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Name-keyed path of that spec. */
  readonly at: string;
}

/** All manifests of a run, defaults filled in, indexed for policies that compare them. */
export class World {
  private readonly byKind = new Map<string, Manifest[]>();
  private readonly podsByNamespace = new Map<string, PodSource[]>();

  constructor(readonly manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      append(this.byKind, kindKey(groupOf(manifest), manifest.kind), manifest);
      const source = podSource(manifest);
      if (source) append(this.podsByNamespace, source.namespace, source);
    }
  }

  /** Objects of a kind, of any version. */
  of(group: string, kind: string): readonly Manifest[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }

  /** The object of this kind, namespace and name. */
  find(group: string, kind: string, namespace: string, name: string): Manifest | undefined {
    return this.of(group, kind).find(
      (manifest) => manifest.metadata.name === name && namespaceOf(manifest) === namespace,
    );
  }

  /** Everything that makes pods, in all namespaces. */
  get pods(): readonly PodSource[] {
    return [...this.podsByNamespace.values()].flat();
  }

  podsIn(namespace: string): readonly PodSource[] {
    return this.podsByNamespace.get(namespace) ?? [];
  }

  /** What makes pods with these labels in a namespace. */
  podsSelected(namespace: string, selector: LabelSelector): readonly PodSource[] {
    return this.podsIn(namespace).filter(({ labels }) => selects(selector, labels));
  }
}

/** API group of `apps/v1`; empty for `v1`. */
export function groupOf({ apiVersion }: Pick<Manifest, 'apiVersion'>): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The namespace of an object of a namespace; what says nothing goes into `default`. */
export function namespaceOf({ metadata }: Manifest): string {
  return metadata.namespace ?? 'default';
}

/** The pods that an object makes, if it is of a kind that does. */
export function podSource(object: Manifest): PodSource | undefined {
  const group = groupOf(object);
  const carrier = POD_CARRIERS.find((one) => one.kind === object.kind && one.group === group);
  if (!carrier) return undefined;
  const steps = POD_STEPS[carrier.path];
  const template = valueAt(object, steps);
  if (!isRecord(template) || !isRecord(template.spec)) return undefined;
  const labels = valueAt(template, ['metadata', 'labels']);
  return {
    object,
    carrier,
    namespace: namespaceOf(object),
    labels: (isRecord(labels) ? labels : {}) as Labels,
    spec: template.spec,
    at: [...steps, 'spec'].join('/'),
  };
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
