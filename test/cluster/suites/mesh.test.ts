// needs: crds, pilot-discovery, envoy
import type { Api } from '../api';
import { Backend, broken, fine, slow } from '../backend';
import type { Reply, Sidecar } from '../envoy';
import { Mesh } from '../istiod';
import type { KubeObject } from '../objects';
import { freePorts } from '../ports';
import { connect, kubeconfigPath, makeNamespace, runFolder } from '../suite';
import { waitUntil } from '../wait';

/**
 * The data plane acts on what we write: istiod reads it from the API server and one Envoy does it. Backends are
 * loopback addresses, one per zone; the caller sits in zone-a.
 */
const api: Api = connect();
const namespace = 'mesh';
const host = `checkout.${namespace}.svc.cluster.local`;
const zones = ['zone-a', 'zone-b', 'zone-c'];
let backends: Backend[];
let mesh: Mesh;
let sidecar: Sidecar;
let url: string;

function istio(kind: string, spec: object): KubeObject {
  return { apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'checkout', namespace }, spec };
}

function registryEntry(port: number): KubeObject {
  const endpoints = backends.map(({ address }, index) => ({ address, locality: `testbed/${zones[index]}` }));
  const ports = [{ number: port, name: 'http', protocol: 'HTTP' }];
  return istio('ServiceEntry', { hosts: [host], location: 'MESH_INTERNAL', resolution: 'STATIC', ports, endpoints });
}

let routes = 0;

/** Applies a route and waits until the sidecar has it: the answers tell which route they came by. */
async function applyRoute(route: object): Promise<void> {
  routes += 1;
  const mark = String(routes);
  const http = [{ route: [{ destination: { host } }], headers: { response: { set: { 'x-route': mark } } }, ...route }];
  await api.apply(istio('VirtualService', { hosts: [host], http }));
  await waitUntil(`route ${mark} to arrive`, async () => (await sidecar.get(url)).headers['x-route'] === mark);
  for (const backend of backends) backend.requests = 0;
}

async function replies(count: number): Promise<Reply[]> {
  const all: Reply[] = [];
  for (let index = 0; index < count; index += 1) all.push(await sidecar.get(url));
  return all;
}

function backendIn(zone: string): Backend {
  const backend = backends[zones.indexOf(zone)];
  if (!backend) throw new Error(`no backend in ${zone}`);
  return backend;
}

beforeAll(async () => {
  await makeNamespace(api, namespace);
  const [port = 0] = await freePorts(1);
  url = `http://${host}:${port}/`;
  backends = ['127.0.0.11', '127.0.0.12', '127.0.0.13'].map((address) => new Backend(address, port));
  await Promise.all(backends.map((backend) => backend.start()));
  mesh = await Mesh.start(api, runFolder(), kubeconfigPath());
  sidecar = await mesh.sidecar({ name: 'frontend', namespace, labels: { app: 'frontend' }, zone: 'zone-a' });
});

afterEach(() => {
  for (const backend of backends) backend.behaviour = fine;
});

afterAll(async () => {
  await mesh.stop();
  for (const backend of backends) backend.stop();
});

test('a host that is not registered is not reached, one that is gets its requests in every zone', async () => {
  await expect(sidecar.get(url)).rejects.toThrow('ECONNREFUSED');
  await api.apply(registryEntry(Number(new URL(url).port)));
  await waitUntil('the service to be reachable', async () => {
    return (await sidecar.get(url).catch(() => undefined))?.status === 200;
  });
  const seen = (await replies(30)).map(({ headers }) => headers['x-backend']);
  expect([...new Set(seen)].sort()).toEqual(backends.map(({ address }) => address));
});

test('a timeout of 1 s answers for a backend that takes 5', async () => {
  await applyRoute({ timeout: '1s', retries: { attempts: 0 } });
  for (const backend of backends) backend.behaviour = slow(5_000);
  const { status, milliseconds } = await sidecar.get(url);
  expect(status).toBe(504);
  expect(milliseconds).toBeGreaterThan(900);
  expect(milliseconds).toBeLessThan(3_000);
});

test('without retries the errors of one backend are seen, with retries they are not', async () => {
  backendIn('zone-b').behaviour = broken;
  await applyRoute({ retries: { attempts: 0 } });
  expect((await replies(30)).some(({ status }) => status === 503)).toBe(true);
  await applyRoute({ retries: { attempts: 2, retryOn: '5xx' } });
  expect((await replies(30)).map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
  expect(backendIn('zone-b').requests).toBeGreaterThan(0);
});

test('a backend that fails three times in a row is left alone, and its zone is not missed', async () => {
  await applyRoute({ retries: { attempts: 0 } });
  const outlierDetection = { consecutive5xxErrors: 3, interval: '1s', baseEjectionTime: '60s', maxEjectionPercent: 34 };
  await api.apply(istio('DestinationRule', { host, trafficPolicy: { outlierDetection } }));
  await waitUntil('the sidecar to stay in its own zone', async () => {
    return (await replies(10)).every(({ headers }) => headers['x-backend'] === backendIn('zone-a').address);
  });
  backendIn('zone-a').behaviour = broken;
  const statuses = (await replies(40)).map(({ status }) => status);
  expect(statuses.slice(0, 3)).toEqual([503, 503, 503]);
  expect(statuses.slice(3).filter((status) => status !== 200)).toEqual([]);
  const clusters = await sidecar.admin('/clusters');
  expect(clusters).toContain(
    `${backendIn('zone-a').address}:${new URL(url).port}::health_flags::/failed_outlier_check`,
  );
});
