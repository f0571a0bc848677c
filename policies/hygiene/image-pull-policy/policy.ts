import { containersWhere, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const imagePullPolicy = objectPolicy({
  id: 'image-pull-policy',
  category: 'hygiene',
  title: 'An image is pulled when it is needed, and only then',
  kinds: PODS,
  offenders: containersWhere(
    'planned',
    'has(c.imagePullPolicy) && (c.imagePullPolicy == "Never" || (c.imagePullPolicy == "Always" && c.image.contains("@sha256:") && !c.image.contains(":latest@")))',
    'imagePullPolicy',
  ),
  message:
    'makes starts depend on more than they need: Always asks the registry for what a digest already pins, Never runs only where somebody has pulled before',
  fix: 'leave imagePullPolicy out',
  mend: (path) => [{ op: 'remove', path }],
});
