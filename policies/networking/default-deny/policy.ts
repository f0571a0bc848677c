import { graphPolicy, isEmpty } from '../../../lib/policy';
import { grouped } from '../../grouped';
import { networkPolicies } from '../rules';

export const defaultDeny = graphPolicy({
  id: 'default-deny',
  category: 'networking',
  title: 'A namespace with pods denies all traffic that no policy allows, in both directions',
  fix: 'add a NetworkPolicy with podSelector: {} and policyTypes [Ingress, Egress], and no rules',
  outside: 'the NetworkPolicy is another object',
  judge(world) {
    const judged = world.of('', 'Namespace').filter(({ metadata }) => world.podsIn(metadata.name).length > 0);
    if (judged.length === 0) return undefined;
    const denials = grouped(
      networkPolicies(world).filter(({ selector }) => isEmpty(selector)),
      ({ namespace }) => namespace,
    );
    return judged.flatMap((object) => {
      const open = (['Ingress', 'Egress'] as const).filter(
        (direction) =>
          !denials
            .get(object.metadata.name)
            ?.some(
              ({ directions, rules }) =>
                directions.includes(direction) && !rules.some((rule) => rule.direction === direction),
            ),
      );
      if (open.length === 0) return [];
      const message = `is a namespace that no NetworkPolicy closes by default for ${open.join(' and ')}: a pod that nobody thought of is open`;
      return [{ object, path: 'metadata/name', message }];
    });
  },
});
