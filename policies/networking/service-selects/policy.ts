import { graphPolicy } from '../../../lib/policy';
import { services } from '../services';

export const serviceSelects = graphPolicy({
  id: 'service-selects',
  category: 'networking',
  title: 'A Service selects pods',
  fix: 'take the labels of the pod template, in the namespace of the Service',
  outside: 'the pods are made by other objects',
  judge(world) {
    const judged = services(world);
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ pods }) => pods.length === 0)
      .map(({ object }) => ({
        object,
        path: 'spec/selector',
        message: 'selects no pod: every call to the Service fails',
      }));
  },
});
