import { hasPath, objectPolicy } from '../../../lib/policy';
import { INGRESS } from '../kinds';

/** `*.example.com` stands for one label before the domain. */
const covers =
  'h == r.host || (h.startsWith("*.") && r.host.endsWith(h.replace("*", "")) && !r.host.replace(h.replace("*", ""), "").contains("."))';

export const ingressTls = objectPolicy({
  id: 'ingress-tls',
  category: 'networking',
  title: 'An Ingress has TLS for every host',
  kinds: [INGRESS],
  variables: {
    rules: `${hasPath('object', 'spec/rules')} ? object.spec.rules.filter(r, has(r.host)) : []`,
    tls: `${hasPath('object', 'spec/tls')} ? object.spec.tls.filter(t, has(t.hosts)) : []`,
  },
  offenders: `variables.rules.filter(r, !variables.tls.exists(t, t.hosts.exists(h, ${covers}))).map(r, "spec/rules[host=" + r.host + "]") + (size(variables.tls) == 0 ? ["spec/tls"] : [])`,
  message: 'has no TLS: what visitors send can be read and changed on its way',
  fix: 'list each host under tls, with the Secret of its certificate',
});
