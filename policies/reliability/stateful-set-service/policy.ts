import { fieldAt, graphPolicy, namespaceOf, recordAt, selects, textAt } from '../../../lib/policy';

export const statefulSetService = graphPolicy({
  id: 'stateful-set-service',
  category: 'reliability',
  title: 'The Service that a StatefulSet names exists, is headless and selects its pods',
  fix: 'add a Service of that name with clusterIP: None and the labels of the pod template as selector',
  outside: 'the Service is another object',
  judge(world) {
    const judged = world.pods.filter(({ carrier }) => carrier.kind === 'StatefulSet');
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, labels }) => {
      const name = textAt(object, 'spec/serviceName') ?? '';
      const service = world.find('', 'Service', namespaceOf(object), name);
      const offence = (message: string) => [{ object, path: 'spec/serviceName', message }];
      if (!service) return offence(`names ${JSON.stringify(name)}, which is no Service: the pods get no names in DNS`);
      if (fieldAt(service, 'spec/clusterIP') !== 'None')
        return offence(`names ${name}, which is not headless: the pods get no names in DNS`);
      const matchLabels = recordAt(service, 'spec/selector') as Record<string, string>;
      // Without a selector somebody else lists the addresses, and they get no names of pods.
      const isOurs = Object.keys(matchLabels).length > 0 && selects({ matchLabels }, labels);
      return isOurs ? [] : offence(`names ${name}, which does not select its pods`);
    });
  },
});
