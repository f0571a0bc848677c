import { graphPolicy, recordAt } from '../../../lib/policy';

export const resourceQuota = graphPolicy({
  id: 'resource-quota',
  category: 'reliability',
  title: 'A namespace with pods has a ResourceQuota',
  fix: 'add a ResourceQuota for pods, requests and limits, large enough for the worst moment of what runs there',
  outside: 'the quota is another object',
  judge(world) {
    const judged = world.of('', 'Namespace').filter(({ metadata }) => world.podsIn(metadata.name).length > 0);
    if (judged.length === 0) return undefined;
    return judged
      .filter(({ metadata }) => {
        const quotas = world.in(metadata.name, '', 'ResourceQuota');
        return !quotas.some((quota) => Object.keys(recordAt(quota, 'spec/hard')).length > 0);
      })
      .map((object) => ({
        object,
        path: 'metadata/name',
        message: 'is a namespace without a ResourceQuota: one service that runs wild takes the whole cluster',
      }));
  },
});
