import type { Construct } from 'constructs';
import { networkPolicy, type PolicyPeer, type PolicyRule } from '../../kube/objects';
import type { NetworkRule, ResolvedService } from '../../resolve/resolved-service';
import { metaOf } from './meta';

/** Nothing in, nothing out, but what is listed: callers that were accepted, calls that were declared, and the platform. */
export function network(scope: Construct, service: ResolvedService): void {
  if (service.namespace.scope === 'service') denyAll(scope, service.namespace.name, service.labels);
  networkPolicy(scope, 'allowed', metaOf(service, service.name), {
    pods: { 'app.kubernetes.io/name': service.name },
    ingress: service.network.ingress.map(policyRule),
    egress: service.network.egress.map(policyRule),
  });
}

/** The policy that makes every pod of a namespace closed in both directions, whatever lands in it. */
export function denyAll(scope: Construct, namespace: string, labels: Readonly<Record<string, string>>): void {
  networkPolicy(scope, 'deny-all', { name: 'deny-all', namespace, labels }, { pods: {}, ingress: [], egress: [] });
}

function policyRule({ to, ports }: NetworkRule): PolicyRule {
  return { peers: [policyPeer(to)], ports };
}

function policyPeer(peer: NetworkRule['to']): PolicyPeer {
  if (peer.type === 'cidr')
    return { ipBlock: { cidr: peer.cidr, ...(peer.except.length > 0 ? { except: peer.except } : {}) } };
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
    podSelector: { matchLabels: { ...peer.labels } },
  };
}
