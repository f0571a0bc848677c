import { graphPolicy } from '../../../lib/policy';
import { networkPolicies, peerPods } from '../rules';

export const networkPolicyPeerExists = graphPolicy({
  id: 'network-policy-peer-exists',
  category: 'networking',
  title: 'A peer of a NetworkPolicy is a pod that there is',
  fix: 'take the labels of the pod template of the peer, and the name of its namespace',
  outside: 'the pods are made by other objects',
  judge(world) {
    const judged = networkPolicies(world).flatMap(({ object, namespace, rules }) =>
      rules.flatMap(({ peers }) =>
        peers.flatMap((peer) => {
          const pods = peerPods(world, peer, namespace);
          return pods === undefined ? [] : [{ object, path: peer.at, pods }];
        }),
      ),
    );
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ pods }) => pods.length === 0)
      .map(({ object, path }) => ({ object, path, message: 'selects no pod of a namespace whose pods are all known' }));
  },
});
