import { graphPolicy, recordAt } from '../../../lib/policy';
import { references } from '../references';

/** The API server puts this one into every namespace. */
const BUILT_IN = 'kube-root-ca.crt';

export const configMapExists = graphPolicy({
  id: 'config-map-exists',
  category: 'reliability',
  title: 'A ConfigMap that a pod cannot start without exists, with the key that is asked for',
  fix: 'add the ConfigMap or the key, correct the name, or make the reference optional',
  outside: 'the ConfigMap is another object',
  judge(world) {
    const judged = world.pods.flatMap((source) =>
      references(source, 'ConfigMap')
        .filter(({ name }) => name !== BUILT_IN)
        .map((reference) => ({ ...source, ...reference })),
    );
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, namespace, path, name, key }) => {
      const found = world.find('', 'ConfigMap', namespace, name);
      if (!found)
        return [{ object, path, message: `needs ConfigMap ${name}, which is not there: the pod never starts` }];
      const keys = { ...recordAt(found, 'data'), ...recordAt(found, 'binaryData') };
      if (key === undefined || key in keys) return [];
      return [
        {
          object,
          path,
          message: `needs key ${key} of ConfigMap ${name}, which it does not have: the pod never starts`,
        },
      ];
    });
  },
});
