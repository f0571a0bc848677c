import { graphPolicy, textAt, type PodSource, type World } from '../../../lib/policy';

export const serviceAccountExists = graphPolicy({
  id: 'service-account-exists',
  category: 'security',
  title: 'The ServiceAccount of a pod exists',
  fix: 'make the ServiceAccount, or correct its name',
  outside: 'admission sees one object, and the account may be made a moment later',
  judge: (world) => {
    // A namespace that the run does not make may hold any account besides.
    const judged = world.pods.filter(({ namespace }) => world.namespace(namespace) !== undefined);
    if (judged.length === 0) return undefined;
    return judged
      .filter((source) => !isThere(world, source.namespace, accountOf(source)))
      .map((source) => ({
        object: source.object,
        path: `${source.at}/serviceAccountName`,
        message: `names ServiceAccount ${accountOf(source)}, which ${source.namespace} does not have: no pod will be made`,
      }));
  },
});

/** `serviceAccount` is the older name of the same field. */
function accountOf({ spec }: PodSource): string {
  return textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? '';
}

/** The account `default` is made by the cluster. */
function isThere(world: World, namespace: string, name: string): boolean {
  return ['', 'default'].includes(name) || world.find('', 'ServiceAccount', namespace, name) !== undefined;
}
