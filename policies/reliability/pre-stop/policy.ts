import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { SERVING } from '../../kinds';

export const preStop = objectPolicy({
  id: 'pre-stop',
  category: 'reliability',
  title: 'What others connect to waits before it stops',
  kinds: SERVING,
  offenders: containersWhere('main', `has(c.ports) && !${hasPath('c', 'lifecycle/preStop')}`, 'lifecycle/preStop'),
  message: 'is missing: the process is told to stop while new connections still come in',
  fix: 'add lifecycle: { preStop: { sleep: { seconds: 10 } } }',
});
