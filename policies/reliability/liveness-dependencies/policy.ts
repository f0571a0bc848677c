import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { SERVING } from '../../kinds';

export const livenessDependencies = objectPolicy({
  id: 'liveness-dependencies',
  category: 'reliability',
  title: 'No liveness probe asks for a dependency by its name',
  kinds: SERVING,
  parameters: {
    words: [
      'cache',
      'database',
      'db',
      'dependencies',
      'deps',
      'kafka',
      'mongo',
      'mysql',
      'postgres',
      'rabbitmq',
      'redis',
    ],
  },
  offenders: containersWhere(
    'main',
    `has(c.livenessProbe) && ${hasPath('c.livenessProbe', 'httpGet/path')} && c.livenessProbe.httpGet.path.split("/").exists(s, s in variables.words)`,
    'livenessProbe/httpGet/path',
  ),
  message: 'asks for a dependency: when that is away every pod is restarted at once, which heals nothing',
  fix: 'ask only the process itself; what it depends on belongs into readiness, or into neither',
});
