import { graphPolicy } from '../../../lib/policy';
import { policiesOf } from '../rules';

export const podIsolated = graphPolicy({
  id: 'pod-isolated',
  category: 'networking',
  title: 'Every pod is selected by a NetworkPolicy in both directions',
  fix: 'add a NetworkPolicy that selects it, with policyTypes [Ingress, Egress] and what it needs',
  outside: 'the NetworkPolicy is another object',
  judge(world) {
    // A pod in the network of its node is out of reach of any policy.
    const judged = world.pods.filter(({ spec }) => spec.hostNetwork !== true);
    if (judged.length === 0) return undefined;
    return judged.flatMap((source) => {
      const open = (['Ingress', 'Egress'] as const).filter(
        (direction) => policiesOf(world, source, direction).length === 0,
      );
      if (open.length === 0) return [];
      const path = source.at === 'spec' ? 'metadata/labels' : source.at.replace(/spec$/, 'metadata/labels');
      return [
        {
          object: source.object,
          path,
          message: `are selected by no NetworkPolicy for ${open.join(' and ')}: the pod is open`,
        },
      ];
    });
  },
});
