import { graphPolicy, namespaceOf, textAt, type World } from '../../../lib/policy';
import { references } from '../references';

export const secretExists = graphPolicy({
  id: 'secret-exists',
  category: 'reliability',
  title: 'A Secret that a pod cannot start without is made by something in the run',
  fix: 'add the ExternalSecret (or SealedSecret, Certificate) that makes it, correct the name, or make the reference optional',
  outside: 'what makes the Secret is another object',
  judge(world) {
    const made = world.derived(madeSecrets);
    // A namespace for which the run makes none gets them from elsewhere.
    const judged = world.pods
      .filter(({ namespace }) => made.has(namespace))
      .flatMap((source) => references(source, 'Secret').map((reference) => ({ ...source, ...reference })));
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ namespace, name }) => !made.get(namespace)!.has(name))
      .map(({ object, path, name }) => ({
        object,
        path,
        message: `needs Secret ${name}, which nothing in the run makes: the pod does not start until somebody does`,
      }));
  },
});

/** Kinds that make a Secret, and where they name it. Without a name it has theirs. */
const MAKERS: readonly (readonly [group: string, kind: string, named: string])[] = [
  ['', 'Secret', 'metadata/name'],
  ['external-secrets.io', 'ExternalSecret', 'spec/target/name'],
  ['bitnami.com', 'SealedSecret', 'spec/template/metadata/name'],
  ['cert-manager.io', 'Certificate', 'spec/secretName'],
];

/** Their names by namespace. */
function madeSecrets(world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const made = MAKERS.flatMap(([group, kind, named]) =>
    world.of(group, kind).map((object) => ({ object, name: textAt(object, named) ?? object.metadata.name })),
  );
  const names = new Map<string, Set<string>>();
  for (const { object, name } of made) {
    const known = names.get(namespaceOf(object)) ?? new Set();
    names.set(namespaceOf(object), known.add(name));
  }
  return names;
}
