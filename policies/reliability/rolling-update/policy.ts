import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

const UNAVAILABLE = 'strategy/rollingUpdate/maxUnavailable';

export const rollingUpdate = objectPolicy({
  id: 'rolling-update',
  category: 'reliability',
  title: 'A rollout never takes a pod away before its successor is ready',
  kinds: podsOf('Deployment'),
  variables: {
    type: `${hasPath('object.spec', 'strategy/type')} ? object.spec.strategy.type : "RollingUpdate"`,
    unavailable: `${hasPath('object.spec', UNAVAILABLE)} ? string(object.spec.${UNAVAILABLE.replaceAll('/', '.')}) : "25%"`,
    replicas: 'has(object.spec.replicas) ? int(object.spec.replicas) : 1',
  },
  offenders: [
    fieldWhere('variables.type == "RollingUpdate" && !(variables.unavailable in ["0", "0%"])', `spec/${UNAVAILABLE}`),
    fieldWhere('variables.type == "Recreate" && variables.replicas > 1', 'spec/strategy/type'),
  ].join(' + '),
  message: 'lets a rollout take pods away before others are ready: every deployment is a small outage',
  fix: 'set strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 25% } }',
});
