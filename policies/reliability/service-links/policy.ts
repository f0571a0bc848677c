import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const serviceLinks = objectPolicy({
  id: 'service-links',
  category: 'reliability',
  title: 'No pod gets an environment variable for every Service of its namespace',
  kinds: PODS,
  offenders: podFieldWhere(
    '!has(variables.pod.enableServiceLinks) || variables.pod.enableServiceLinks',
    'enableServiceLinks',
  ),
  message: 'is on: variables of other Services come and go, and may hide those of the process',
  fix: 'set enableServiceLinks: false; a Service has a DNS name',
  mend: (path) => [{ op: 'add', path, value: false }],
});
