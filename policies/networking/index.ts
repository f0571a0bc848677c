import type { Policy } from '../../lib/policy';
import { callAllowed } from './call-allowed/policy';
import { defaultDeny } from './default-deny/policy';
import { ingressBackend } from './ingress-backend/policy';
import { ingressHosts } from './ingress-hosts/policy';
import { ingressNginx } from './ingress-nginx/policy';
import { ingressNginxSnippets } from './ingress-nginx-snippets/policy';
import { ingressPaths } from './ingress-paths/policy';
import { ingressTls } from './ingress-tls/policy';
import { networkPolicyPeerExists } from './network-policy-peer-exists/policy';
import { networkPolicyPeers } from './network-policy-peers/policy';
import { networkPolicyPortExists } from './network-policy-port-exists/policy';
import { networkPolicyPorts } from './network-policy-ports/policy';
import { networkPolicySelects } from './network-policy-selects/policy';
import { networkPolicyWorld } from './network-policy-world/policy';
import { podIsolated } from './pod-isolated/policy';
import { routeBackend } from './route-backend/policy';
import { routeHosts } from './route-hosts/policy';
import { serviceExternalIps } from './service-external-ips/policy';
import { serviceSelector } from './service-selector/policy';
import { serviceSelects } from './service-selects/policy';
import { serviceTargetPort } from './service-target-port/policy';
import { serviceType } from './service-type/policy';

export const networking: readonly Policy[] = [
  callAllowed,
  defaultDeny,
  ingressBackend,
  ingressHosts,
  ingressNginx,
  ingressNginxSnippets,
  ingressPaths,
  ingressTls,
  networkPolicyPeerExists,
  networkPolicyPeers,
  networkPolicyPortExists,
  networkPolicyPorts,
  networkPolicySelects,
  networkPolicyWorld,
  podIsolated,
  routeBackend,
  routeHosts,
  serviceExternalIps,
  serviceSelector,
  serviceSelects,
  serviceTargetPort,
  serviceType,
];
