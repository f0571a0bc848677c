import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from './api';
import type { controlPlaneComponents } from './components';
import { makeUsers, writeKubeconfig, writeSigningKey, writeTokens, type User } from './credentials';
import { MissingTool } from './missing-tool';
import { freePorts } from './ports';
import type { Processes } from './processes';
import { waitUntil } from './wait';

export interface ControlPlane {
  readonly kubeconfig: string;
  readonly api: Api;
}

type Paths = Readonly<Record<(typeof controlPlaneComponents)[number], string>>;

/**
 * A node is unreachable this long after its last heartbeat. Real clusters take 40 to 50 s; the fake nodes beat every
 * second, so that a busy machine still has some beats to lose.
 */
const nodeGrace = '6s';

/** Starts etcd, the API server, the controllers and the scheduler in `folder`, on free loopback ports. */
export async function startControlPlane(folder: string, processes: Processes, paths: Paths): Promise<ControlPlane> {
  const [etcdClients = 0, etcdPeers = 0, apiPort = 0, controllersPort = 0, schedulerPort = 0] = await freePorts(5);
  const certificates = join(folder, 'certificates');
  mkdirSync(certificates, { recursive: true });
  const users = makeUsers();
  const tokens = join(folder, 'tokens.csv');
  writeTokens(tokens, users);
  const signing = writeSigningKey(certificates);
  const server = `https://127.0.0.1:${apiPort}`;
  const etcd = `http://127.0.0.1:${etcdClients}`;

  processes.start('etcd', 'etcd', etcdArguments(folder, etcd, `http://127.0.0.1:${etcdPeers}`));
  processes.start('kube-apiserver', paths['kube-apiserver'], [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${apiPort}`,
    `--cert-dir=${certificates}`,
    `--token-auth-file=${tokens}`,
    '--anonymous-auth=false',
    '--authorization-mode=Node,RBAC',
    // As in every cluster: whether a pod may be privileged is for Pod Security to say.
    '--allow-privileged=true',
    // What the API server enables by itself (Pod Security, quota, limit ranges, priorities ...) stays as it is.
    '--enable-admission-plugins=NodeRestriction',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${signing.publicKey}`,
    `--service-account-signing-key-file=${signing.privateKey}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    // Nobody serves the `kubernetes` Service here, and a loopback address may not stand in an Endpoints object.
    '--endpoint-reconciler-type=none',
    '--profiling=false',
  ]);

  // The API server makes its own certificate at its first start.
  const authority = join(certificates, 'apiserver.crt');
  await waitUntil('the API server to have its certificate', () => existsSync(authority), {
    timeout: 60_000,
    meanwhile: () => processes.assertRunning(),
  });
  const kubeconfigOf = (name: string, user: User): string => {
    const path = join(folder, name);
    writeKubeconfig(path, server, authority, user);
    return path;
  };
  const kubeconfig = kubeconfigOf('kubeconfig', users.admin);
  const api = Api.fromKubeconfig(kubeconfig);
  await waitUntil('the API server to be ready', () => api.isReady(), {
    timeout: 120_000,
    meanwhile: () => processes.assertRunning(),
  });

  processes.start('kube-controller-manager', paths['kube-controller-manager'], [
    ...commonArguments(controllersPort, kubeconfigOf('controller-manager.kubeconfig', users.controllerManager)),
    '--use-service-account-credentials',
    `--service-account-private-key-file=${signing.privateKey}`,
    `--root-ca-file=${authority}`,
    '--node-monitor-period=1s',
    `--node-monitor-grace-period=${nodeGrace}`,
    // As many evictions per second as a small fleet has pods: how long a zone loss takes is decided by tolerations.
    '--node-eviction-rate=10',
    '--secondary-node-eviction-rate=10',
    '--horizontal-pod-autoscaler-sync-period=2s',
  ]);
  processes.start('kube-scheduler', paths['kube-scheduler'], [
    ...commonArguments(schedulerPort, kubeconfigOf('scheduler.kubeconfig', users.scheduler)),
  ]);
  await waitUntil('the controllers to serve a new namespace', () => hasServiceAccount(api), {
    timeout: 60_000,
    meanwhile: () => processes.assertRunning(),
  });
  return { kubeconfig, api };
}

function etcdArguments(folder: string, clients: string, peers: string): string[] {
  return [
    '--name=testbed',
    `--data-dir=${join(folder, 'data')}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=testbed=${peers}`,
    // The data dies with the run: nothing is gained by waiting for the disk.
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}

function commonArguments(port: number, kubeconfig: string): string[] {
  return [
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--profiling=false',
    // The pods of a whole fleet come at once here: at the default of 20 requests in a second they wait in line.
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ];
}

/** A pod is admitted only when its namespace has the default service account: the last thing to come up. */
async function hasServiceAccount(api: Api): Promise<boolean> {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } };
  return (await api.find(account)) !== undefined;
}

export function needEtcd(): void {
  if (spawnSync('etcd', ['--version']).status === 0) return;
  throw new MissingTool('etcd', 'Debian package `etcd-server`', 'the API server keeps its objects in it');
}
