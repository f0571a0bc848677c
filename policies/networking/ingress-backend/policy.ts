import { graphPolicy, namespaceOf } from '../../../lib/policy';
import { brokenBackend, ingressBackends } from '../ingresses';

export const ingressBackend = graphPolicy({
  id: 'ingress-backend',
  category: 'networking',
  title: 'An Ingress leads to a Service and a port of it that exist',
  fix: 'correct the name or the port; the Service is in the namespace of the Ingress',
  outside: 'the Service is another object',
  judge(world) {
    const judged = world
      .of('networking.k8s.io', 'Ingress')
      .flatMap((object) => ingressBackends(object).map((backend) => ({ object, backend })));
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, backend }) => {
      const message = brokenBackend(backend, world.find('', 'Service', namespaceOf(object), backend.service));
      return message === undefined ? [] : [{ object, path: backend.at, message }];
    });
  },
});
