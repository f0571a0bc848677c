import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { SERVICE } from '../kinds';

export const serviceExternalIps = objectPolicy({
  id: 'service-external-ips',
  category: 'networking',
  title: 'A Service claims no external addresses',
  kinds: [SERVICE],
  offenders: fieldWhere(
    `${hasPath('object', 'spec/externalIPs')} && size(object.spec.externalIPs) > 0`,
    'spec/externalIPs',
  ),
  message: 'claims addresses: traffic of the whole cluster to them goes to these pods',
  fix: 'remove externalIPs; use a LoadBalancer at the edge',
  mend: (path) => [{ op: 'remove', path }],
});
