import { isRecord } from '../lib/core/data';
import type { Manifest } from '../lib/kube/manifest';
import { numberAt, recordAt, textAt, type PodSource, type World } from '../lib/policy';

const INTENT = 'golden-path.dev/intent';

/** Path of the annotation. */
export const INTENT_AT = `metadata/annotations/${INTENT.replaceAll('/', '~1')}`;

/** The layout of the annotation that policies know. */
const VERSION = 1;

/** Facts of a workload that no manifest carries, as its annotation `golden-path.dev/intent` tells them. */
export interface Intent {
  readonly kind: string | undefined;
  readonly tier: string | undefined;
  readonly drainSeconds: number | undefined;
  /** The expected peak over all pods, and what one of them carries. */
  readonly traffic: { readonly peakRps: number; readonly rpsPerPod: number } | undefined;
  readonly calls: readonly { readonly callee: string; readonly host: string; readonly port: number }[];
}

/** Workloads that tell their intent, with what of it can be read. */
export function intents(world: World): readonly { readonly source: PodSource; readonly intent: Intent | undefined }[] {
  return world.derived(everyIntent);
}

/** Undefined where there is none, or none that can be read. */
export function intentOf({ metadata }: Manifest): Intent | undefined {
  const text = metadata.annotations?.[INTENT];
  if (text === undefined) return undefined;
  const facts = parsed(text);
  if (!isRecord(facts) || facts.version !== VERSION) return undefined;
  const [peakRps, rpsPerPod] = [numberAt(facts, 'peakRps'), numberAt(facts, 'rpsPerPod')];
  return {
    traffic: peakRps === undefined || rpsPerPod === undefined ? undefined : { peakRps, rpsPerPod },
    kind: textAt(facts, 'kind'),
    tier: textAt(facts, 'tier'),
    drainSeconds: numberAt(facts, 'drainSeconds'),
    calls: Object.entries(recordAt(facts, 'calls')).flatMap(([callee, call]) => {
      const [host, port] = [textAt(call, 'host'), numberAt(call, 'port')];
      return host === undefined || port === undefined ? [] : [{ callee, host, port }];
    }),
  };
}

function everyIntent(world: World) {
  return world.pods
    .filter(({ object }) => object.metadata.annotations?.[INTENT] !== undefined)
    .map((source) => ({ source, intent: intentOf(source.object) }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
