import type { Manifest } from '../../../lib/kube/manifest';
import { graphPolicy, numberAt, recordsAt, type PodSource } from '../../../lib/policy';
import { INTENT_AT, intents, type Intent } from '../../intent';

const TIER = 'golden-path.dev/tier';
/** What the API server takes where a pod says nothing. */
const GRACE = 30;

export const intentAgrees = graphPolicy({
  id: 'intent-agrees',
  category: 'reliability',
  title: 'What the intent annotation says agrees with the object',
  fix: 'render the object again, or correct the fact that has changed',
  outside: 'the annotation is JSON, which CEL cannot read',
  judge(world) {
    const judged = intents(world);
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ source, intent }) => {
      const { object } = source;
      const messages = intent
        ? [...identity(object, intent), ...shutdown(source, intent)]
        : ['cannot be read: it is no JSON of version 1'];
      return messages.map((message) => ({ object, path: INTENT_AT, message }));
    });
  },
});

function identity({ kind, metadata }: Manifest, intent: Intent): string[] {
  const tier = metadata.labels?.[TIER];
  return [
    ...((kind === 'CronJob') === (intent.kind === 'cron')
      ? []
      : [`says kind ${intent.kind ?? 'nothing'}, and the object is a ${kind}`]),
    ...(tier === undefined || tier === intent.tier
      ? []
      : [`says tier ${intent.tier ?? 'nothing'}, and the label ${tier}`]),
  ];
}

/** The grace period runs from the deletion on: the preStop hook and draining share it. */
function shutdown({ spec }: PodSource, { drainSeconds = 0 }: Intent): string[] {
  const hooks = recordsAt(spec, 'containers').map((one) => numberAt(one, 'lifecycle/preStop/sleep/seconds') ?? 0);
  const preStop = Math.max(0, ...hooks);
  const grace = numberAt(spec, 'terminationGracePeriodSeconds') ?? GRACE;
  if (preStop + drainSeconds <= grace) return [];
  return [
    `says ${drainSeconds} s to drain; after ${preStop} s of preStop, terminationGracePeriodSeconds ${grace} kills it before`,
  ];
}
