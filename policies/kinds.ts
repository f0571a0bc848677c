import { POD_CARRIERS, type ObjectKind } from '../lib/policy';

/** Everything with pods in it. */
export const PODS = POD_CARRIERS;

/** What runs to its end: nobody waits for it to become ready. */
const ENDING = ['Job', 'CronJob'];

/** What runs without an end. A bare Pod counts: nothing says that it will end. */
export const SERVING = POD_CARRIERS.filter(({ kind }) => !ENDING.includes(kind));

/** What has a number of pods that somebody chooses. */
export const SCALED = POD_CARRIERS.filter(({ kind }) => ['Deployment', 'StatefulSet', 'Rollout'].includes(kind));

/** Some of the kinds with pods, by their names. */
export const podsOf = (...kinds: string[]) => POD_CARRIERS.filter(({ kind }) => kinds.includes(kind));

/** Kinds by their name, for policies about something else than pods. */
export const kind = (group: string, version: string, resource: string, name: string): ObjectKind => ({
  group,
  version,
  resource,
  kind: name,
});
