import { kind } from '../kinds';

export const NETWORK_POLICY = kind('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy');
export const INGRESS = kind('networking.k8s.io', 'v1', 'ingresses', 'Ingress');
export const SERVICE = kind('', 'v1', 'services', 'Service');
export const HTTP_ROUTE = kind('gateway.networking.k8s.io', 'v1', 'httproutes', 'HTTPRoute');
export const GRPC_ROUTE = kind('gateway.networking.k8s.io', 'v1', 'grpcroutes', 'GRPCRoute');
