import { hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { BESIDE_SPEC } from '../kinds';

const ANNOTATIONS = 'variables.template.metadata.annotations';

const isOld = [
  'key in ["scheduler.alpha.kubernetes.io/critical-pod", "seccomp.security.alpha.kubernetes.io/pod"]',
  'key.startsWith("container.seccomp.security.alpha.kubernetes.io/")',
].join(' || ');

export const deprecatedAnnotations = objectPolicy({
  id: 'deprecated-annotations',
  category: 'hygiene',
  title: 'No pod says in an annotation what has become a field',
  kinds: PODS,
  offenders: `${hasPath('variables.template', 'metadata/annotations')} ? ${ANNOTATIONS}.filter(key, ${isOld}).map(key, ${BESIDE_SPEC} + "metadata/annotations/" + key.replace("/", "~1")) : []`,
  message: 'is an annotation that has become a field: it is ignored, or will be',
  fix: 'use securityContext.seccompProfile or priorityClassName',
});
