import { graphPolicy, recordsAt, textAt, type PodSource } from '../../../lib/policy';
import { amountOf, containerRanges, formatted, nano, RESOURCES, type ContainerRange, type Resource } from '../requests';

export const limitRangeFits = graphPolicy({
  id: 'limit-range-fits',
  category: 'reliability',
  title: 'Every container is within the LimitRange of its namespace',
  fix: 'change the resources of the container, or the LimitRange',
  outside: 'the LimitRange is another object, and admission looks at it only when a pod is made',
  judge(world) {
    const judged = world.pods.filter(({ namespace }) => containerRanges(world, namespace).length > 0);
    if (judged.length === 0) return undefined;
    return judged.flatMap((source) => {
      const ranges = containerRanges(world, source.namespace);
      return (['initContainers', 'containers'] as const).flatMap((list) =>
        recordsAt(source.spec, list).flatMap((container) =>
          RESOURCES.flatMap((resource) => offences(source, list, container, resource, ranges)),
        ),
      );
    });
  },
});

function offences(
  { object, at }: PodSource,
  list: string,
  container: Readonly<Record<string, unknown>>,
  resource: Resource,
  ranges: readonly ContainerRange[],
) {
  const path = `${at}/${list}[name=${textAt(container, 'name') ?? ''}]/resources`;
  const limit = amountOf(container, 'limits', resource, ranges);
  const request = amountOf(container, 'requests', resource, ranges);
  const found = (side: string, amount: bigint, bound: string, allowed: bigint) => ({
    object,
    path: `${path}/${side}/${resource}`,
    message: `comes to ${formatted(amount, resource)}, and the LimitRange says ${bound} ${formatted(allowed, resource)}: no pod is admitted`,
  });
  return ranges.flatMap(({ limits }) => {
    const [most, least] = [nano(limits, `max/${resource}`), nano(limits, `min/${resource}`)];
    return [
      ...(most !== undefined && limit !== undefined && limit > most ? [found('limits', limit, 'at most', most)] : []),
      ...(least !== undefined && request !== undefined && request < least
        ? [found('requests', request, 'at least', least)]
        : []),
    ];
  });
}
