import { graphPolicy, type PodSource, type World } from '../../../lib/policy';
import { SERVING } from '../../kinds';
import { isPort, networkPolicies, peerPods, portsOf, type Rule } from '../rules';

export const networkPolicyPortExists = graphPolicy({
  id: 'network-policy-port-exists',
  category: 'networking',
  title: 'A port in a NetworkPolicy is one that the pods behind it declare',
  fix: 'take the containerPort, not the port of the Service: policies act behind it',
  outside: 'the pods are made by other objects',
  parameters: { injected: ['15008', '15020', '15021', '15090'] },
  judge(world, { injected }) {
    const judged = networkPolicies(world).flatMap(({ object, namespace, pods, rules }) =>
      rules.flatMap((rule) => {
        // Nobody calls a Job, so its pods declare no ports although they carry the labels of their service.
        const behind = (rule.direction === 'Ingress' ? pods : peersOf(world, rule, namespace)).filter(({ carrier }) =>
          SERVING.includes(carrier),
        );
        return behind.length > 0 && behind.every(declares) ? [{ object, ports: rule.ports, behind }] : [];
      }),
    );
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ object, ports, behind }) =>
      ports
        .filter((port) => !(injected as readonly string[]).includes(String(port.port)))
        .filter((port) => !behind.some((source) => portsOf(source).some((one) => isPort(port, one))))
        .map(({ at, port, protocol }) => ({
          object,
          path: at,
          message: `is ${port ?? 'any'} ${protocol}, which no container behind it declares`,
        })),
    );
  },
});

/** None as soon as one peer cannot be looked up. */
function peersOf(world: World, { peers }: Rule, namespace: string): readonly PodSource[] {
  const found = peers.map((peer) => peerPods(world, peer, namespace));
  return found.includes(undefined) ? [] : found.flatMap((some) => some ?? []);
}

/** A container may listen without saying so; then nothing can be known. */
function declares(source: PodSource): boolean {
  return portsOf(source).length > 0;
}
