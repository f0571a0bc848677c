import { graphPolicy, type PodSource, type World } from '../../../lib/policy';
import { INTENT_AT, intents } from '../../intent';
import { allows, mayReach } from '../rules';
import { serviceAt, targetsOf, type Service } from '../services';

export const callAllowed = graphPolicy({
  id: 'call-allowed',
  category: 'networking',
  title: 'NetworkPolicies of both ends allow each call that is declared',
  fix: 'let the caller out to the pods of the callee and let it in there, on the port behind the Service; or remove the call',
  outside: 'both policies and the callee are other objects, and an annotation of JSON cannot be read in CEL',
  judge(world) {
    const judged = intents(world).flatMap(({ source, intent }) =>
      (intent?.calls ?? []).map(({ callee, host, port }) => ({ source, callee, place: placeOf(host), port })),
    );
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ source, callee, place, port }) => {
      if (!place) return [];
      const service = serviceAt(world, place.namespace, place.name);
      const problem = service ? problemInside(world, source, service, port) : problemOutside(world, source, place);
      return problem === undefined
        ? []
        : [{ object: source.object, path: INTENT_AT, message: `calls ${callee}: ${problem}` }];
    });
  },
});

interface Place {
  readonly name: string;
  readonly namespace: string;
}

/** A name such as `cart.shop.svc.cluster.local`; undefined for what is no Service of the cluster. */
function placeOf(host: string): Place | undefined {
  const match = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(host);
  return match ? { name: match[1]!, namespace: match[2]! } : undefined;
}

/** Follows the call through the Service to each pod behind it, and the port that this is spoken to on. */
function problemInside(world: World, caller: PodSource, service: Service, port: number): string | undefined {
  const wanted = service.ports.find((one) => one.port === port);
  if (!wanted) return `its Service has no port ${port}`;
  const ends = service.pods.flatMap((callee) => targetsOf(wanted, callee).map((target) => ({ callee, target })));
  if (!ends.every(({ callee, target }) => allows(world, 'Egress', caller, callee, target)))
    return 'no NetworkPolicy lets the caller out to its pods';
  if (!ends.every(({ callee, target }) => allows(world, 'Ingress', callee, caller, target)))
    return 'no NetworkPolicy lets the caller in to its pods';
  return undefined;
}

function problemOutside(world: World, caller: PodSource, { namespace, name }: Place): string | undefined {
  // One without a selector leads to addresses that somebody else lists.
  if (world.find('', 'Service', namespace, name)) return undefined;
  if (world.namespace(namespace)) return `there is no Service ${name} in namespace ${namespace}`;
  return mayReach(world, caller, namespace)
    ? undefined
    : `no NetworkPolicy lets the caller out to namespace ${namespace}`;
}
