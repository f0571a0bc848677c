import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const serviceAccountToken = objectPolicy({
  id: 'service-account-token',
  category: 'security',
  title: 'Pods mount no token for the API server',
  kinds: PODS,
  offenders: podFieldWhere(
    '!(has(variables.pod.automountServiceAccountToken) && !variables.pod.automountServiceAccountToken)',
    'automountServiceAccountToken',
  ),
  message: 'is not false: whoever gets into the container gets a token for the API server',
  fix: 'set automountServiceAccountToken: false; what does call the API server mounts a projected token with a short life',
  mend: (path) => [{ op: 'add', path, value: false }],
});
