import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { INGRESS } from '../kinds';

export const ingressHosts = objectPolicy({
  id: 'ingress-hosts',
  category: 'networking',
  title: 'An Ingress names its hosts',
  kinds: [INGRESS],
  variables: { rules: `${hasPath('object', 'spec/rules')} ? object.spec.rules : []` },
  offenders: [
    fieldWhere('variables.rules.exists(r, !has(r.host) || r.host == "")', 'spec/rules'),
    'variables.rules.filter(r, has(r.host) && r.host.startsWith("*")).map(r, "spec/rules[host=" + r.host + "]/host")',
    fieldWhere(hasPath('object', 'spec/defaultBackend'), 'spec/defaultBackend'),
  ].join(' + '),
  message: 'takes requests for hosts that it does not name',
  fix: 'name each host in full, and use no defaultBackend',
});
