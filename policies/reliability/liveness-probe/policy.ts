import { containersWhere, objectPolicy } from '../../../lib/policy';
import { SERVING } from '../../kinds';

export const livenessProbe = objectPolicy({
  id: 'liveness-probe',
  category: 'reliability',
  title: 'What runs without an end has a liveness probe',
  kinds: SERVING,
  offenders: containersWhere('main', '!has(c.livenessProbe)', 'livenessProbe'),
  message: 'is missing: a process that hangs is never restarted',
  fix: 'add a livenessProbe that asks the process itself, such as tcpSocket on its port',
});
