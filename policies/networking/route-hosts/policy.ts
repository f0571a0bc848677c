import { hasPath, objectPolicy } from '../../../lib/policy';
import { GRPC_ROUTE, HTTP_ROUTE } from '../kinds';

export const routeHosts = objectPolicy({
  id: 'route-hosts',
  category: 'networking',
  title: 'A route at a Gateway names its hosts',
  kinds: [HTTP_ROUTE, GRPC_ROUTE],
  applies: {
    when: `${hasPath('object', 'spec/parentRefs')} && object.spec.parentRefs.exists(p, !has(p.kind) || p.kind == "Gateway")`,
    otherwise: 'it is at no Gateway: a route for a Service has no hosts',
  },
  variables: { hosts: `${hasPath('object', 'spec/hostnames')} ? object.spec.hostnames : []` },
  offenders: `size(variables.hosts) == 0 || variables.hosts.exists(h, h.startsWith("*")) ? ["spec/hostnames"] : []`,
  message: 'takes requests for hosts that it does not name',
  fix: 'list each host in full under hostnames',
});
