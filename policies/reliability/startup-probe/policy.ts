import { containersWhere, objectPolicy } from '../../../lib/policy';
import { SERVING } from '../../kinds';

export const startupProbe = objectPolicy({
  id: 'startup-probe',
  category: 'reliability',
  title: 'What has a liveness probe has a startup probe',
  kinds: SERVING,
  offenders: containersWhere('main', 'has(c.livenessProbe) && !has(c.startupProbe)', 'startupProbe'),
  message: 'is missing: a slow start is taken for a hang, and the process is restarted before it was ever up',
  fix: 'add a startupProbe with the check of the liveness probe and failureThreshold x periodSeconds of the slowest start',
});
