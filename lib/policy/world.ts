import { isRecord, valueAt } from '../core/data';
import type { Manifest } from '../kube/manifest';
import { recordsAt, textAt } from './fields';
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
  private readonly byPlace = new Map<string, Manifest[]>();
  private readonly byName = new Map<string, Manifest>();
  private readonly podsByNamespace = new Map<string, PodSource[]>();
  private readonly podsByLabel = new Map<string, PodSource[]>();
  private readonly made = new Map<unknown, unknown>();

  constructor(readonly manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const kind = kindKey(groupOf(manifest), manifest.kind);
      const place = `${kind}/${namespaceOf(manifest)}`;
      append(this.byKind, kind, manifest);
      append(this.byPlace, place, manifest);
      if (!this.byName.has(`${place}/${manifest.metadata.name}`))
        this.byName.set(`${place}/${manifest.metadata.name}`, manifest);
    }
    for (const manifest of manifests) {
      const source = podSource(manifest);
      if (!source || this.isMade(manifest)) continue;
      append(this.podsByNamespace, source.namespace, source);
      for (const [key, value] of Object.entries(source.labels))
        append(this.podsByLabel, labelKey(source.namespace, key, value), source);
    }
  }

  /** Objects of a kind, of any version. */
  of(group: string, kind: string): readonly Manifest[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }

  /** Objects of a kind in a namespace. */
  in(namespace: string, group: string, kind: string): readonly Manifest[] {
    return this.byPlace.get(`${kindKey(group, kind)}/${namespace}`) ?? [];
  }

  /** The object of this kind, namespace and name. */
  find(group: string, kind: string, namespace: string, name: string): Manifest | undefined {
    return this.byName.get(`${kindKey(group, kind)}/${namespace}/${name}`);
  }

  /** The Namespace itself, if the run makes it. One that it does not make may hold anything besides. */
  namespace(name: string): Manifest | undefined {
    return this.find('', 'Namespace', 'default', name);
  }

  /** What `make` makes of this world, made once: an index that several policies read. */
  derived<T>(make: (world: World) => T): T {
    if (!this.made.has(make)) this.made.set(make, make(this));
    return this.made.get(make) as T;
  }

  /** Everything that makes pods, in all namespaces. */
  get pods(): readonly PodSource[] {
    return [...this.podsByNamespace.values()].flat();
  }

  podsIn(namespace: string): readonly PodSource[] {
    return this.podsByNamespace.get(namespace) ?? [];
  }

  /** Whether an object of the world made this one: its pods are those of its owner, and count once. */
  private isMade(manifest: Manifest): boolean {
    return recordsAt(manifest, 'metadata/ownerReferences').some((owner) => {
      const apiVersion = textAt(owner, 'apiVersion') ?? '';
      const [kind, name] = [textAt(owner, 'kind') ?? '', textAt(owner, 'name') ?? ''];
      return this.find(groupOf({ apiVersion }), kind, namespaceOf(manifest), name) !== undefined;
    });
  }

  /** What makes pods with these labels in a namespace. */
  podsSelected(namespace: string, selector: LabelSelector): readonly PodSource[] {
    let candidates = this.podsIn(namespace);
    // Any label that is asked for narrows the search; where all services share a namespace only that keeps it linear.
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      const labelled = this.podsByLabel.get(labelKey(namespace, key, value)) ?? [];
      if (labelled.length < candidates.length) candidates = labelled;
    }
    return candidates.filter(({ labels }) => selects(selector, labels));
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

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
