import type { Manifest } from '../../../lib/kube/manifest';
import { fieldAt, graphPolicy, recordAt, type PodSource, type World } from '../../../lib/policy';
import { mostPods } from '../../scalers';
import { containerRanges, formatted, nano, podAmount, RESOURCES, type Nano } from '../requests';

export const resourceQuotaFits = graphPolicy({
  id: 'resource-quota-fits',
  category: 'reliability',
  title: 'A ResourceQuota holds the most pods that the autoscalers may ask for, and a rollout on top',
  fix: 'raise the quota, or lower the largest number of pods, the surge or the requests',
  outside: 'the pods are made by other objects',
  judge(world) {
    const judged = world.of('', 'ResourceQuota').filter((quota) => isWhole(quota) && podsOf(world, quota).length > 0);
    if (judged.length === 0) return undefined;
    return judged.flatMap((object) =>
      [...demand(world, podsOf(world, object))].flatMap(([key, { needed, text }]) =>
        KEYS[key]!.flatMap((name) => {
          const hard = nano(recordAt(object, 'spec/hard'), name);
          if (hard === undefined || needed <= hard) return [];
          const message = `is less than the ${text(needed)} that all pods come to with every autoscaler at its largest number and a rollout on top`;
          return [{ object, path: `spec/hard/${name.replaceAll('/', '~1')}`, message }];
        }),
      ),
    );
  },
});

/** Names under which a quota counts the same thing. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  pods: ['pods', 'count/pods'],
  'requests.cpu': ['requests.cpu', 'cpu'],
  'requests.memory': ['requests.memory', 'memory'],
  'limits.cpu': ['limits.cpu'],
  'limits.memory': ['limits.memory'],
};

interface Demand {
  readonly needed: Nano;
  readonly text: (amount: Nano) => string;
}

/** A quota with scopes counts some pods only, and which ones is not told by a template. */
function isWhole(quota: Manifest): boolean {
  return fieldAt(quota, 'spec/scopes') === undefined && fieldAt(quota, 'spec/scopeSelector') === undefined;
}

function podsOf(world: World, { metadata }: Manifest): readonly PodSource[] {
  return world.podsIn(metadata.namespace ?? 'default');
}

function demand(world: World, sources: readonly PodSource[]): Map<string, Demand> {
  const most = sources.map((source) => ({ source, pods: BigInt(mostPods(world, source)) }));
  const sum = (each: (source: PodSource) => Nano): Nano =>
    most.reduce((total, { source, pods }) => total + pods * each(source), 0n);
  const found = new Map<string, Demand>([
    ['pods', { needed: sum(() => 1_000_000_000n), text: (amount) => `${amount / 1_000_000_000n} pods` }],
  ]);
  for (const side of ['requests', 'limits'] as const) {
    for (const resource of RESOURCES) {
      found.set(`${side}.${resource}`, {
        needed: sum((source) => podAmount(source, side, resource, containerRanges(world, source.namespace))),
        text: (amount) => formatted(amount, resource),
      });
    }
  }
  return found;
}
