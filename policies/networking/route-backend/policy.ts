import { graphPolicy, namespaceOf, numberAt, recordsAt, textAt } from '../../../lib/policy';
import { brokenBackend } from '../ingresses';

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

export const routeBackend = graphPolicy({
  id: 'route-backend',
  category: 'networking',
  title: 'A route of the Gateway API leads to a Service and a port of it that exist',
  fix: 'correct name, namespace or port of the backendRef',
  outside: 'the Service is another object',
  judge(world) {
    const judged = ROUTES.flatMap((kind) => world.of('gateway.networking.k8s.io', kind)).flatMap((object) =>
      recordsAt(object, 'spec/rules').flatMap((rule, index) =>
        recordsAt(rule, 'backendRefs')
          .filter((backend) => (textAt(backend, 'kind') ?? 'Service') === 'Service')
          .map((backend) => {
            const service = textAt(backend, 'name') ?? '';
            const namespace = textAt(backend, 'namespace') ?? namespaceOf(object);
            const at = `spec/rules/${index}/backendRefs[name=${service}]`;
            return { object, namespace, backend: { at, service, port: numberAt(backend, 'port') } };
          })
          // Of a namespace that somebody else makes nobody here knows the Services.
          .filter(({ namespace }) =>
            [namespaceOf(object), world.namespace(namespace)?.metadata.name].includes(namespace),
          ),
      ),
    );
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, namespace, backend }) => {
      const message = brokenBackend(backend, world.find('', 'Service', namespace, backend.service));
      return message === undefined ? [] : [{ object, path: backend.at, message }];
    });
  },
});
