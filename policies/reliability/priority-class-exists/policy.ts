import { graphPolicy, textAt } from '../../../lib/policy';

/** Every cluster has these. */
const BUILT_IN = ['system-cluster-critical', 'system-node-critical'];

export const priorityClassExists = graphPolicy({
  id: 'priority-class-exists',
  category: 'reliability',
  title: 'A pod names a PriorityClass that exists',
  fix: 'correct priorityClassName, or add the PriorityClass',
  outside: 'the PriorityClass is another object',
  judge(world) {
    const classes = world.of('scheduling.k8s.io', 'PriorityClass');
    // A run without any gets them from elsewhere.
    if (classes.length === 0) return undefined;
    const known = new Set([...BUILT_IN, ...classes.map(({ metadata }) => metadata.name)]);
    return world.pods.flatMap(({ object, spec, at }) => {
      const name = textAt(spec, 'priorityClassName');
      if (name === undefined || known.has(name)) return [];
      return [
        { object, path: `${at}/priorityClassName`, message: `is ${name}, which does not exist: no pod is admitted` },
      ];
    });
  },
});
