import type { Manifest } from '../../lib/kube/manifest';
import { numberAt, recordAt, recordsAt, textAt } from '../../lib/policy';
import { servicePorts } from './services';

/** A Service that an Ingress or a route leads to. */
export interface Backend {
  readonly at: string;
  readonly service: string;
  readonly port: string | number | undefined;
}

/** One line of the table that an Ingress is. */
export interface IngressPath {
  readonly at: string;
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
}

export function ingressPaths(object: Manifest): IngressPath[] {
  return recordsAt(object, 'spec/rules').flatMap((rule, index) =>
    recordsAt(rule, 'http/paths').map((line, place) => ({
      at: `spec/rules/${index}/http/paths/${place}`,
      host: textAt(rule, 'host') ?? '',
      path: textAt(line, 'path') ?? '/',
      pathType: textAt(line, 'pathType') ?? '',
    })),
  );
}

export function ingressBackends(object: Manifest): Backend[] {
  const places = ['spec/defaultBackend', ...ingressPaths(object).map(({ at }) => `${at}/backend`)];
  return places.flatMap((at) => {
    const service = recordAt(object, `${at}/service`);
    const name = textAt(service, 'name');
    if (name === undefined) return [];
    return [{ at, service: name, port: textAt(service, 'port/name') ?? numberAt(service, 'port/number') }];
  });
}

/** What is wrong with a backend, in words; undefined for nothing. */
export function brokenBackend({ service, port }: Backend, found: Manifest | undefined): string | undefined {
  if (!found) return `leads to Service ${service}, which does not exist`;
  if (servicePorts(found).some((one) => one.port === port || one.name === port)) return undefined;
  return `leads to port ${port ?? 'none'} of Service ${service}, which it does not have`;
}
