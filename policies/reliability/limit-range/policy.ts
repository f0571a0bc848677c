import { graphPolicy } from '../../../lib/policy';
import { containerRanges } from '../requests';

export const limitRange = graphPolicy({
  id: 'limit-range',
  category: 'reliability',
  title: 'A namespace with pods has a LimitRange for containers',
  fix: 'add a LimitRange of type Container with max, default and defaultRequest',
  outside: 'the LimitRange is another object',
  judge(world) {
    const judged = world.of('', 'Namespace').filter(({ metadata }) => world.podsIn(metadata.name).length > 0);
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ metadata }) => containerRanges(world, metadata.name).length === 0)
      .map((object) => ({
        object,
        path: 'metadata/name',
        message: 'is a namespace without a LimitRange for containers: one container may ask for all of the quota',
      }));
  },
});
