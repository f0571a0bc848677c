import type { GraphEdge, GraphNode, GraphPicture } from '../../../lib/docs/graph-picture';

const NODES: GraphNode[] = [
  { name: 'frontend', team: 'storefront', tier: 'critical', kind: 'service', note: '3-20 replicas' },
  { name: 'ad', team: 'growth', tier: 'best-effort', kind: 'service', note: '2-4 replicas' },
  { name: 'cart', team: 'storefront', tier: 'critical', kind: 'service', note: '3-12 replicas' },
  { name: 'cart-store', team: 'storefront', tier: 'critical', kind: 'cache', note: '1 replica' },
  { name: 'checkout', team: 'payments', tier: 'critical', kind: 'service', note: '3-12 replicas' },
  { name: 'currency', team: 'payments', tier: 'critical', kind: 'service', note: '3-10 replicas' },
  { name: 'email', team: 'growth', tier: 'standard', kind: 'service', note: '2-6 replicas' },
  { name: 'orders', team: 'payments', tier: 'standard', kind: 'worker', note: '2-6 replicas' },
  { name: 'payment', team: 'payments', tier: 'critical', kind: 'service', note: '3-6 replicas' },
  { name: 'productcatalog', team: 'catalog', tier: 'critical', kind: 'service', note: '3-16 replicas' },
  { name: 'recommendation', team: 'catalog', tier: 'standard', kind: 'service', note: '2-8 replicas' },
  { name: 'shipping', team: 'logistics', tier: 'standard', kind: 'service', note: '2-8 replicas' },
  { name: 'loadgenerator', team: 'platform', tier: 'best-effort', kind: 'cron', note: 'every 5 min' },
];

const EDGES: GraphEdge[] = [
  { from: 'frontend', to: 'ad', label: 'grpc 300 ms', soft: true },
  { from: 'frontend', to: 'cart', label: 'grpc 1 s', soft: false },
  { from: 'frontend', to: 'checkout', label: 'grpc 5 s', soft: false },
  { from: 'frontend', to: 'currency', label: 'grpc 1 s', soft: false },
  { from: 'frontend', to: 'productcatalog', label: 'grpc 1 s', soft: false },
  { from: 'frontend', to: 'recommendation', label: 'grpc 500 ms', soft: true },
  { from: 'frontend', to: 'shipping', label: 'grpc 1 s', soft: false },
  { from: 'checkout', to: 'cart', label: 'grpc 1 s', soft: false },
  { from: 'checkout', to: 'currency', label: 'grpc 1 s', soft: false },
  { from: 'checkout', to: 'email', label: 'grpc 2 s', soft: true },
  { from: 'checkout', to: 'payment', label: 'grpc 3 s', soft: false },
  { from: 'checkout', to: 'productcatalog', label: 'grpc 1 s', soft: false },
  { from: 'checkout', to: 'shipping', label: 'grpc 1 s', soft: false },
  { from: 'checkout', to: 'orders', label: 'nats', soft: true },
  { from: 'recommendation', to: 'productcatalog', label: 'grpc 400 ms', soft: false },
  { from: 'cart', to: 'cart-store', label: 'redis 100 ms', soft: false },
  { from: 'loadgenerator', to: 'frontend', label: 'http 10 s', soft: false },
];

/** Google's Online Boutique, which everybody has seen once. */
export const BOUTIQUE: GraphPicture = { title: 'Online Boutique', nodes: NODES, edges: EDGES };

/** The same with something wrong: a service, a call, and a call that closes a cycle. */
export const FLAWED_BOUTIQUE: GraphPicture = {
  title: 'Online Boutique, with findings',
  nodes: NODES.map((node) =>
    node.name === 'shipping' ? { ...node, finding: 'standard tier, but called by critical services' } : node,
  ),
  edges: [
    ...EDGES.map((edge) =>
      edge.to === 'payment' ? { ...edge, finding: 'longer than the 2 s left of the budget' } : edge,
    ),
    { from: 'payment', to: 'checkout', label: 'http 1 s', soft: true, finding: 'closes a cycle' },
    { from: 'currency', to: 'currency', label: 'grpc 1 s', soft: true },
  ],
};
