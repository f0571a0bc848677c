import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from './api';
import { binaryPath } from './binaries';
import { components } from './components';
import { installCrds } from './crds';
import { freePorts } from './ports';
import { Processes } from './processes';
import { startWatchdog } from './runs';
import { Sidecar, type Workload } from './envoy';
import { makeNamespace } from './suite';
import { waitUntil } from './wait';

/** No certificates and no providers: what is tested here is routing, and peers are told to speak plain HTTP. */
const meshConfig = {
  defaultProviders: {},
  enableAutoMtls: false,
  enablePrometheusMerge: false,
  accessLogFile: '/dev/stdout',
  outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
};

const plainPeers = {
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default', namespace: 'istio-system' },
  spec: { mtls: { mode: 'DISABLE' } },
};

const environment = {
  PILOT_ENABLE_METADATA_EXCHANGE: 'false',
  PILOT_ENABLE_ALPN_FILTER: 'false',
  ENABLE_CA_SERVER: 'false',
  PILOT_CERT_PROVIDER: 'none',
  // Changes are pushed at once: a test waits for each of them.
  PILOT_DEBOUNCE_AFTER: '10ms',
};

/** The real istiod, reading the objects of the API server, and the sidecars that ask it. */
export class Mesh {
  private constructor(
    private readonly folder: string,
    private readonly processes: Processes,
    private readonly discoveryPort: number,
  ) {}

  static async start(api: Api, runFolder: string, kubeconfig: string): Promise<Mesh> {
    await makeNamespace(api, 'istio-system');
    await installCrds(api, 'istio');
    await api.apply(plainPeers);
    const folder = join(runFolder, 'mesh');
    mkdirSync(folder, { recursive: true });
    const processes = new Processes(folder);
    startWatchdog(folder);
    const [discovery = 0, http = 0, monitoring = 0] = await freePorts(3);
    const config = join(folder, 'mesh.json');
    writeFileSync(config, JSON.stringify(meshConfig));
    const args = [
      'discovery',
      `--kubeconfig=${kubeconfig}`,
      `--meshConfig=${config}`,
      '--registries=Kubernetes',
      `--grpcAddr=127.0.0.1:${discovery}`,
      `--httpAddr=127.0.0.1:${http}`,
      `--monitoringAddr=127.0.0.1:${monitoring}`,
      '--httpsAddr=',
      '--secureGRPCAddr=',
      '--ctrlz_port=0',
    ];
    processes.start('istiod', binaryPath(components['pilot-discovery']), args, environment);
    const isReady = async (): Promise<boolean> => {
      const answer = await fetch(`http://127.0.0.1:${http}/ready`).catch(() => undefined);
      return answer?.status === 200;
    };
    await waitUntil('istiod to be ready', isReady, { meanwhile: () => processes.assertRunning() });
    return new Mesh(folder, processes, discovery);
  }

  sidecar(workload: Workload): Promise<Sidecar> {
    return Sidecar.start(this.folder, this.processes, workload, this.discoveryPort);
  }

  stop(): Promise<void> {
    return this.processes.stop();
  }
}
