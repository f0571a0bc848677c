import { graphPolicy } from '../../../lib/policy';
import { grouped } from '../../grouped';
import { services } from '../services';

export const serviceSelector = graphPolicy({
  id: 'service-selector',
  category: 'networking',
  title: 'Two Services do not select the same pods on the same port',
  fix: 'correct the selector of the one that was copied, or remove one of the two',
  outside: 'the other Service is another object',
  judge(world) {
    // A headless twin gives the same pods names; that is its purpose.
    const judged = services(world).filter(({ headless }) => !headless);
    if (judged.length === 0) return undefined;
    const same = grouped(
      judged.flatMap((service) => service.ports.map((port) => ({ service, port }))),
      ({ service: { namespace, selector }, port: { target, protocol } }) =>
        JSON.stringify([namespace, Object.entries(selector).sort(), target, protocol]),
    );
    return [...same.values()].flatMap((together) =>
      together
        .filter(({ service }) => service !== together[0]!.service)
        .map(({ service: { object } }) => ({
          object,
          path: 'spec/selector',
          message: `is that of Service ${together[0]!.service.object.metadata.name} too, with the same target port`,
        })),
    );
  },
});
