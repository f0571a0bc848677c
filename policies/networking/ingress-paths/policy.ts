import { graphPolicy, textAt } from '../../../lib/policy';
import { grouped } from '../../grouped';
import { ingressPaths as pathsOf } from '../ingresses';

export const ingressPaths = graphPolicy({
  id: 'ingress-paths',
  category: 'networking',
  title: 'A path of a host is in one Ingress once',
  fix: 'give one of the two another host or path, or remove it',
  outside: 'the other Ingress is another object',
  judge(world) {
    const judged = world
      .of('networking.k8s.io', 'Ingress')
      .flatMap((object) => pathsOf(object).map((line) => ({ object, line })));
    if (judged.length === 0) return undefined;
    const same = grouped(judged, ({ object, line: { host, path, pathType } }) =>
      [textAt(object, 'spec/ingressClassName') ?? '', host, path, pathType].join(' '),
    );
    return [...same.values()].flatMap((together) =>
      together.slice(1).map(({ object, line: { at, host, path } }) => ({
        object,
        path: at,
        message: `is ${host}${path}, which Ingress ${together[0]!.object.metadata.name} has already: one of the two never gets a request`,
      })),
    );
  },
});
