import { graphPolicy } from '../../../lib/policy';
import { mayListen, services } from '../services';

export const serviceTargetPort = graphPolicy({
  id: 'service-target-port',
  category: 'networking',
  title: 'The targetPort of a Service is a port that its pods declare',
  fix: 'use the name or number of a containerPort, with its protocol',
  outside: 'the pods are made by other objects',
  judge(world) {
    const judged = services(world).filter(({ pods }) => pods.length > 0);
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, ports, pods }) =>
      ports
        .filter((port) => !pods.some((source) => mayListen(port, source)))
        .map(({ at, target, protocol }) => ({
          object,
          path: `${at}/targetPort`,
          message: `is ${target} ${protocol}, which no container of the pods declares: every call fails`,
        })),
    );
  },
});
