import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Api } from './api';
import { defaultsOf } from './defaults';
import { nameOf, type KubeObject } from './objects';
import { repositoryRoot } from './paths';
import { scratchFolder } from './suite';
import { waitUntil } from './wait';

export const environments = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];

/** Renders the reference fleet as a person does: by the command, from the build, into a folder. */
export function renderFleet(environment: Environment, folder: string): void {
  const cli = join(repositoryRoot, 'build', 'lib', 'cli', 'main.js');
  if (!existsSync(cli)) throw new Error(`"${cli}" is missing: run \`npm run build\` first`);
  const project = join(repositoryRoot, 'stacks', 'online-boutique');
  const args = [cli, 'synth', '--project', project, '--env', environment, '--out', folder];
  const synth = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (synth.status !== 0) throw new Error(`the fleet cannot be rendered for ${environment}:\n${synth.stderr}`);
}

/** The objects of the reference fleet. */
export function renderedFleet(environment: Environment): KubeObject[] {
  const folder = scratchFolder('fleet');
  try {
    renderFleet(environment, folder);
    return readManifests(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All objects of the YAML files in a folder, in the order of the file names, which is the order to apply them in. */
export function readManifests(folder: string): KubeObject[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const objects = files.sort().flatMap((file) => {
    const documents = parseAllDocuments(readFileSync(join(folder, file), 'utf8'));
    return documents.map((document) => document.toJS() as KubeObject | null);
  });
  return objects.filter((object): object is KubeObject => object !== null);
}

/** Namespaces and cluster-wide objects first: everything else stands in one of them. */
export function inOrder(objects: readonly KubeObject[]): KubeObject[] {
  const rank = (object: KubeObject): number => (object.metadata.namespace ? 1 : 0);
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

/** Applies everything and returns what the server has stored; `warn` hears every warning. */
export async function applyAll(
  api: Api,
  objects: readonly KubeObject[],
  warn: (warning: string) => void = () => undefined,
): Promise<KubeObject[]> {
  const stored: KubeObject[] = [];
  for (const object of inOrder(objects)) stored.push(await api.apply(object, { warn }));
  return stored;
}

/**
 * Takes a fleet away again, down to the last namespace, so that the next one finds nothing of it. Pods go first: a
 * namespace that still has some is looked at again only after half of their grace period.
 */
export async function removeAll(api: Api, objects: readonly KubeObject[]): Promise<void> {
  const clusterWide = objects.filter((object) => !object.metadata.namespace);
  const names = new Set(clusterWide.map(({ metadata }) => metadata.name));
  for (const object of objects.filter(({ kind }) => ['CronJob', 'Deployment', 'Job'].includes(kind)))
    await api.remove(object, { propagationPolicy: 'Background' });
  await waitUntil('the pods to be gone', async () => {
    const pods = await api.list('v1', 'Pod');
    return !pods.some(({ metadata }) => names.has(metadata.namespace ?? ''));
  });
  for (const object of clusterWide) await api.remove(object);
  for (const object of clusterWide) {
    await waitUntil(`${object.kind} "${object.metadata.name}" to be gone`, async () => !(await api.find(object)));
  }
}

/** The values that the server keeps otherwise than we give them, which is what every apply would fight about. */
export async function changedByServer(api: Api, objects: readonly KubeObject[]): Promise<string[]> {
  const changed: string[] = [];
  for (const object of objects) {
    const differences = defaultsOf(object, await api.get(object)).changed;
    for (const [path, { given, stored }] of Object.entries(differences)) {
      // False and 0 are not kept by the server where they are the default: nothing is lost.
      const isDefault = (given === false || given === 0) && stored === null;
      if (!isDefault) changed.push(`${nameOf(object)} ${path}: ${String(given)} became ${String(stored)}`);
    }
  }
  return changed;
}

/** The objects that a second apply writes again. */
export async function changedBySecondApply(api: Api, objects: readonly KubeObject[]): Promise<string[]> {
  const changed: string[] = [];
  for (const object of objects) if (!(await isSettled(api, object))) changed.push(nameOf(object));
  return changed;
}

/** An apply that changes nothing keeps the version. Controllers write as well: only what changes every time counts. */
async function isSettled(api: Api, object: KubeObject): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await api.get(object);
    const after = await api.apply(object);
    if (before.metadata.resourceVersion === after.metadata.resourceVersion) return true;
  }
  return false;
}
