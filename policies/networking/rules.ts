import type { Manifest } from '../../lib/kube/manifest';
import {
  isEmpty,
  namespaceOf,
  numberAt,
  recordsAt,
  selectorAt,
  selects,
  textAt,
  textsAt,
  fieldAt,
  type Fields,
  type LabelSelector,
  type PodSource,
  type World,
} from '../../lib/policy';

export type Direction = 'Ingress' | 'Egress';

/** A NetworkPolicy, and what it selects. */
export interface Policy {
  readonly object: Manifest;
  readonly namespace: string;
  readonly selector: LabelSelector;
  /** Directions that it closes. */
  readonly directions: readonly Direction[];
  readonly pods: readonly PodSource[];
  readonly rules: readonly Rule[];
}

/** What a policy opens again. */
export interface Rule {
  readonly direction: Direction;
  /** Path of the list that the rule is in. */
  readonly at: string;
  /** Path of the peers of the rule. */
  readonly peersAt: string;
  /** Empty: everyone. */
  readonly peers: readonly Peer[];
  /** Empty: every port. */
  readonly ports: readonly RulePort[];
}

export interface Peer {
  readonly at: string;
  readonly namespaces: LabelSelector | undefined;
  readonly pods: LabelSelector | undefined;
  /** A range of addresses, and no pods. */
  readonly isAddress: boolean;
}

export interface RulePort {
  readonly at: string;
  /** Undefined: every port of the protocol. */
  readonly port: string | number | undefined;
  readonly endPort: number | undefined;
  readonly protocol: string;
}

/** Every NetworkPolicy of the run. */
export function networkPolicies(world: World): readonly Policy[] {
  return world.derived(everyPolicy);
}

/** Policies that close this direction of these pods. */
export function policiesOf(world: World, source: PodSource, direction: Direction): readonly Policy[] {
  return (
    world
      .derived(bySource)
      .get(source)
      ?.filter(({ directions }) => directions.includes(direction)) ?? []
  );
}

/** The namespace's own label is there whether a manifest says it or not. */
const NAME = 'kubernetes.io/metadata.name';

/** Namespaces that a selector asks for by name; undefined if others could be meant too. */
function namedNamespaces({ matchLabels, matchExpressions }: LabelSelector): readonly string[] | undefined {
  const name = matchLabels?.[NAME];
  if (name !== undefined) return [name];
  return matchExpressions?.find(({ key, operator }) => key === NAME && operator === 'In')?.values;
}

/**
 * Pods that a peer in a policy of `namespace` means; undefined where there could be others: addresses, namespaces that
 * are not known by name, and those that somebody else makes or fills.
 */
export function peerPods(
  world: World,
  { namespaces, pods, isAddress }: Peer,
  namespace: string,
): readonly PodSource[] | undefined {
  const names = namespaces ? namedNamespaces(namespaces) : [namespace];
  if (isAddress || !names?.every((name) => world.namespace(name) && world.podsIn(name).length > 0)) return undefined;
  return names.flatMap((name) => world.podsSelected(name, pods ?? {}));
}

/** Whether a peer in a policy of `namespace` means these pods. */
function isPeer(world: World, { namespaces, pods, isAddress }: Peer, namespace: string, source: PodSource): boolean {
  if (isAddress) return false;
  const there = namespaces ? selects(namespaces, labelsOf(world, source.namespace)) : source.namespace === namespace;
  return there && (pods === undefined || selects(pods, source.labels));
}

/** Whether a peer in a policy of `namespace` could mean pods of a namespace of which nothing but the name is known. */
function mayMean({ namespaces, isAddress }: Peer, namespace: string, name: string): boolean {
  if (isAddress) return false;
  if (!namespaces) return name === namespace;
  return namedNamespaces(namespaces)?.includes(name) ?? true;
}

/** Whether policies let `source` talk with `other` in a direction; `port` is that of the pod which is spoken to. */
export function allows(
  world: World,
  direction: Direction,
  source: PodSource,
  other: PodSource,
  port: ContainerPort,
): boolean {
  const closing = policiesOf(world, source, direction);
  return (
    closing.length === 0 ||
    closing.some((policy) =>
      rulesAbout(world, policy, other).some(
        (rule) =>
          rule.direction === direction &&
          (rule.ports.length === 0 || rule.ports.some((one) => isPort(one, port))) &&
          (rule.peers.length === 0 || rule.peers.some((peer) => isPeer(world, peer, policy.namespace, other))),
      ),
    )
  );
}

/** Whether policies may let `source` out to pods of a namespace of which nothing but the name is known. */
export function mayReach(world: World, source: PodSource, namespace: string): boolean {
  const closing = policiesOf(world, source, 'Egress');
  return (
    closing.length === 0 ||
    closing.some(({ rules, namespace: own }) =>
      rules
        .filter(({ direction }) => direction === 'Egress')
        .some(({ peers }) => peers.length === 0 || peers.some((peer) => mayMean(peer, own, namespace))),
    )
  );
}

/** Rules of a policy by the pods that they may mean. */
interface RuleIndex {
  /** Rules of which each peer asks for a label, by each of these labels. */
  readonly labelled: ReadonlyMap<string, readonly Rule[]>;
  readonly others: readonly Rule[];
}

/** Rules that may mean these pods: what is called by thousands has as many rules, and each caller asks for its own. */
function rulesAbout(world: World, policy: Policy, { labels }: PodSource): readonly Rule[] {
  const indexes = world.derived(ruleIndexes);
  let index = indexes.get(policy);
  if (!index) {
    index = indexOf(policy.rules);
    indexes.set(policy, index);
  }
  const { labelled, others } = index;
  return [...others, ...Object.entries(labels).flatMap(([key, value]) => labelled.get(`${key}=${value}`) ?? [])];
}

function ruleIndexes(): Map<Policy, RuleIndex> {
  return new Map();
}

function indexOf(rules: readonly Rule[]): RuleIndex {
  const labelled = new Map<string, Rule[]>();
  const others: Rule[] = [];
  for (const rule of rules) {
    const asked = rule.peers.map(({ pods }) => Object.entries(pods?.matchLabels ?? {})[0]);
    if (asked.length === 0 || asked.includes(undefined)) others.push(rule);
    else
      for (const [key, value] of new Map(asked.map((label) => [label!.join('='), label!])).values()) {
        const known = labelled.get(`${key}=${value}`);
        if (known) known.push(rule);
        else labelled.set(`${key}=${value}`, [rule]);
      }
  }
  return { labelled, others };
}

/** Labels of a namespace, with the one that the API server sets. */
function labelsOf(world: World, name: string): Readonly<Record<string, string>> {
  const known = world.derived(namespaceLabels);
  const labels = known.get(name) ?? { ...world.namespace(name)?.metadata.labels, [NAME]: name };
  known.set(name, labels);
  return labels;
}

function namespaceLabels(): Map<string, Readonly<Record<string, string>>> {
  return new Map();
}

/** A port that a container declares, or that a name stands for. */
export interface ContainerPort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
}

/** Ports that the containers of a pod declare; native sidecars among them, init containers not. */
export function portsOf(source: PodSource): readonly ContainerPort[] {
  const known = PORTS.get(source) ?? declaredPorts(source);
  PORTS.set(source, known);
  return known;
}

/** Asked for once for each rule and each Service that leads to a pod. */
const PORTS = new WeakMap<PodSource, readonly ContainerPort[]>();

function declaredPorts({ spec }: PodSource): ContainerPort[] {
  const sidecars = recordsAt(spec, 'initContainers').filter((container) => container.restartPolicy === 'Always');
  return [...recordsAt(spec, 'containers'), ...sidecars].flatMap((container) =>
    recordsAt(container, 'ports').flatMap((port) => {
      const number = numberAt(port, 'containerPort');
      return number === undefined ? [] : [{ name: textAt(port, 'name'), port: number, protocol: protocolOf(port) }];
    }),
  );
}

/** Whether a rule's port means this port of a pod. */
export function isPort({ port, endPort, protocol }: RulePort, of: ContainerPort): boolean {
  if (protocol !== of.protocol) return false;
  if (typeof port === 'number') return port <= of.port && of.port <= (endPort ?? port);
  return port === undefined || port === of.name;
}

export function protocolOf(port: Fields): string {
  return textAt(port, 'protocol') ?? 'TCP';
}

function everyPolicy(world: World): Policy[] {
  return world.of('networking.k8s.io', 'NetworkPolicy').map((object) => {
    const namespace = namespaceOf(object);
    const selector = selectorAt(object, 'spec/podSelector') ?? {};
    return {
      object,
      namespace,
      selector,
      directions: directionsOf(object),
      pods: isEmpty(selector) ? world.podsIn(namespace) : world.podsSelected(namespace, selector),
      rules: [...rulesOf(object, 'Ingress', 'from'), ...rulesOf(object, 'Egress', 'to')],
    };
  });
}

/** A policy that says nothing closes the way in, and the way out if it has a rule for it. */
function directionsOf(object: Manifest): Direction[] {
  const types = fieldAt(object, 'spec/policyTypes') === undefined ? undefined : textsAt(object, 'spec/policyTypes');
  const said = types ?? (recordsAt(object, 'spec/egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
  return (['Ingress', 'Egress'] as const).filter((direction) => said.includes(direction));
}

function rulesOf(object: Manifest, direction: Direction, side: 'from' | 'to'): Rule[] {
  const at = `spec/${direction.toLowerCase()}`;
  return recordsAt(object, at).map((rule, index) => ({
    direction,
    at: `${at}/${index}`,
    peersAt: `${at}/${index}/${side}`,
    peers: recordsAt(rule, side).map((peer, place) => ({
      at: `${at}/${index}/${side}/${place}`,
      namespaces: selectorAt(peer, 'namespaceSelector'),
      pods: selectorAt(peer, 'podSelector'),
      isAddress: peer.ipBlock !== undefined,
    })),
    ports: recordsAt(rule, 'ports').map((port, place) => ({
      at: `${at}/${index}/ports/${place}`,
      port: textAt(port, 'port') ?? numberAt(port, 'port'),
      endPort: numberAt(port, 'endPort'),
      protocol: protocolOf(port),
    })),
  }));
}

function bySource(world: World): ReadonlyMap<PodSource, readonly Policy[]> {
  const found = new Map<PodSource, Policy[]>();
  for (const policy of networkPolicies(world)) {
    for (const source of policy.pods) {
      const known = found.get(source);
      if (known) known.push(policy);
      else found.set(source, [policy]);
    }
  }
  return found;
}
