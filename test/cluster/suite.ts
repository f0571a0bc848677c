import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Api } from './api';
import { conditionOf, type KubeObject, type Pod } from './objects';
import { waitUntil } from './wait';

/** The control plane a suite runs against: run.ts has started it and told where it is. */
export function connect(): Api {
  return Api.fromKubeconfig(kubeconfigPath());
}

export function kubeconfigPath(): string {
  const path = process.env['GOLDEN_TESTBED_KUBECONFIG'];
  if (!path) throw new Error('no control plane: start the suites with `npm run test:cluster`, not with jest itself');
  return path;
}

/** Makes a namespace that pods can be created in. */
export async function makeNamespace(api: Api, name: string, labels: Record<string, string> = {}): Promise<KubeObject> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  await api.create(namespace);
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } };
  await waitUntil(`the service account of namespace "${name}"`, () => api.find(account));
  return namespace;
}

/** The folder of this run: what a suite starts keeps its logs there, and they stay when it fails. */
export function runFolder(): string {
  return dirname(kubeconfigPath());
}

/** A new empty folder that is gone with the run, even when the suite is killed. */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(runFolder(), 'scratch', `${name}-`));
}

export async function podsOf(api: Api, namespace: string, labelSelector = ''): Promise<Pod[]> {
  return api.list<Pod>('v1', 'Pod', { namespace, ...(labelSelector && { labelSelector }) });
}

/** Ready, and nobody has asked it to go. */
export function isServing(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && conditionOf(pod, 'Ready')?.status === 'True';
}
