import { z } from 'zod';
import { dnsLabel } from '../spec/values';

const port = z.strictObject({
  /** Port number. */
  port: z.int().min(1).max(65535),
  /** Transport protocol. */
  protocol: z.enum(['TCP', 'UDP']).default('TCP'),
});

const podLabels = z.record(z.string().min(1), z.string()).refine((labels) => Object.keys(labels).length > 0, {
  error: 'at least one label: no labels would mean every pod of the namespace',
});

const network = 'a network such as 10.0.0.0/8 or fd00::/8';
const cidr = z.union([z.cidrv4(), z.cidrv6()], { error: network });

/** Pods of the platform that exchange traffic with services. */
const systemPeer = z
  .strictObject({
    /** `from`: they call the service. `to`: the service calls them. */
    direction: z.enum(['from', 'to']),
    /** `every`: each service has this peer. `accepted`: only services that accept `system:<name>`. `mesh`: each service, when the profile has a mesh. */
    applies: z.enum(['every', 'accepted', 'mesh']),
    /** Namespace of the peer. */
    namespace: dnsLabel,
    /** Labels of its pods. */
    podLabels,
    /** Ports at the receiving end. Empty with `from`: the ports of the service. */
    ports: z.array(port).default([]),
  })
  .refine(({ direction, applies }) => direction === 'from' || applies !== 'accepted', {
    error: 'every or mesh: a service accepts those that call it, not those that it calls',
    path: ['applies'],
  });

export type SystemPeer = z.output<typeof systemPeer>;

const dns = [
  { port: 53, protocol: 'UDP' as const },
  { port: 53, protocol: 'TCP' as const },
];

/** Who services exchange traffic with besides each other. */
export const networkPeers = z
  .strictObject({
    /** Resolver of the cluster. */
    dns: z
      .strictObject({
        /** Namespace of the resolver. */
        namespace: dnsLabel.default('kube-system'),
        /** Labels of its pods. */
        podLabels: podLabels.default({ 'k8s-app': 'kube-dns' }),
        /** Address of the node-local resolver, which is no pod and so needs an address; `false`: there is none. */
        nodeLocal: z.union([z.ipv4(), z.literal(false)]).default('169.254.20.10'),
        /** Ports it answers on. */
        ports: z.array(port).default(dns),
      })
      .prefault({}),
    /** Peers by name. */
    systemPeers: z.record(dnsLabel, systemPeer).default({
      scrape: {
        direction: 'from',
        applies: 'every',
        namespace: 'monitoring',
        podLabels: { 'app.kubernetes.io/name': 'prometheus' },
        ports: [],
      },
      gateway: {
        direction: 'from',
        applies: 'accepted',
        namespace: 'gateway',
        podLabels: { 'golden-path.dev/role': 'gateway' },
        ports: [],
      },
      telemetry: {
        direction: 'to',
        applies: 'every',
        namespace: 'monitoring',
        podLabels: { 'app.kubernetes.io/name': 'opentelemetry-collector' },
        ports: [
          { port: 4317, protocol: 'TCP' },
          { port: 4318, protocol: 'TCP' },
        ],
      },
      mesh: {
        direction: 'to',
        applies: 'mesh',
        namespace: 'istio-system',
        podLabels: { app: 'istiod' },
        ports: [{ port: 15012, protocol: 'TCP' }],
      },
    }),
    /** Networks of the cluster and of cloud metadata: never reached by a rule that opens "the world" to an external call. */
    internalCidrs: z
      .array(cidr)
      .default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16']),
  })
  .prefault({});
