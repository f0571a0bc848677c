import type { Manifest } from '../../lib/kube/manifest';
import {
  fieldAt,
  namespaceOf,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
  type PodSource,
  type World,
} from '../../lib/policy';
import { portsOf, protocolOf, type ContainerPort } from './rules';

/** A Service with a selector: one without stands for addresses that somebody else writes. */
export interface Service {
  readonly object: Manifest;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly pods: readonly PodSource[];
  readonly ports: readonly ServicePort[];
  readonly headless: boolean;
}

export interface ServicePort {
  readonly at: string;
  readonly name: string | undefined;
  readonly port: number;
  readonly target: string | number;
  readonly protocol: string;
}

export function services(world: World): readonly Service[] {
  return world.derived(everyService);
}

/** The Service of this name, if it has a selector. */
export function serviceAt(world: World, namespace: string, name: string): Service | undefined {
  return world.derived(byName).get(`${namespace}/${name}`);
}

/** Ports of a pod that a port of a Service leads to. */
export function targetsOf({ target, protocol }: ServicePort, source: PodSource): readonly ContainerPort[] {
  return portsOf(source).filter((one) => one.protocol === protocol && (one.port === target || one.name === target));
}

/** A container may listen on a number without saying so, as long as it says nothing of its ports; a name it has to say. */
export function mayListen(port: ServicePort, source: PodSource): boolean {
  if (targetsOf(port, source).length > 0) return true;
  return typeof port.target === 'number' && portsOf(source).length === 0;
}

export function servicePorts(object: Manifest): ServicePort[] {
  return recordsAt(object, 'spec/ports').map((port, index) => {
    const number = numberAt(port, 'port') ?? 0;
    const name = textAt(port, 'name');
    return {
      at: name === undefined ? `spec/ports/${index}` : `spec/ports[name=${name}]`,
      name,
      port: number,
      target: textAt(port, 'targetPort') ?? numberAt(port, 'targetPort') ?? number,
      protocol: protocolOf(port),
    };
  });
}

function byName(world: World): ReadonlyMap<string, Service> {
  return new Map(services(world).map((service) => [`${service.namespace}/${service.object.metadata.name}`, service]));
}

function everyService(world: World): Service[] {
  return world.of('', 'Service').flatMap((object) => {
    const selector = recordAt(object, 'spec/selector') as Record<string, string>;
    if (Object.keys(selector).length === 0 || textAt(object, 'spec/type') === 'ExternalName') return [];
    const namespace = namespaceOf(object);
    return [
      {
        object,
        namespace,
        selector,
        pods: world.podsSelected(namespace, { matchLabels: selector }),
        ports: servicePorts(object),
        headless: fieldAt(object, 'spec/clusterIP') === 'None',
      },
    ];
  });
}
