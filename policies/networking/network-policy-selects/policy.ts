import { graphPolicy, isEmpty } from '../../../lib/policy';
import { networkPolicies } from '../rules';

export const networkPolicySelects = graphPolicy({
  id: 'network-policy-selects',
  category: 'networking',
  title: 'A NetworkPolicy for some pods selects pods that there are',
  fix: 'take the labels of the pod template, in the namespace of the policy',
  outside: 'the pods are made by other objects',
  judge(world) {
    const judged = networkPolicies(world).filter(({ selector }) => !isEmpty(selector));
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ pods }) => pods.length === 0)
      .map(({ object }) => ({ object, path: 'spec/podSelector', message: 'selects no pod: the policy has no effect' }));
  },
});
