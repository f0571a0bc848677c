import { containersWhere, objectPolicy } from '../../../lib/policy';
import { SERVING } from '../../kinds';

export const readinessProbe = objectPolicy({
  id: 'readiness-probe',
  category: 'reliability',
  title: 'What runs without an end has a readiness probe',
  kinds: SERVING,
  offenders: containersWhere('main', '!has(c.readinessProbe)', 'readinessProbe'),
  message: 'is missing: traffic and rollouts go on as if the pod were ready from its first moment',
  fix: 'add a readinessProbe that asks whether this process can take traffic now',
});
