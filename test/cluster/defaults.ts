import type { KubeObject } from './objects';

/** What the API server has made of an object: JSON pointers to what it has added and what it has written otherwise. */
export interface Defaults {
  readonly added: Record<string, unknown>;
  readonly changed: Record<string, { given: unknown; stored: unknown }>;
}

/** Compares what was sent with what came back, leaving out what is different at every time. */
export function defaultsOf(given: KubeObject, stored: KubeObject): Defaults {
  const defaults: Defaults = { added: {}, changed: {} };
  compare(given, withoutHistory(stored), '', defaults);
  return defaults;
}

/** Identity, history and status of an object are no defaults. */
function withoutHistory(object: KubeObject): KubeObject {
  const { metadata: all, ...rest } = object;
  const metadata: Record<string, unknown> = { ...all };
  for (const field of ['uid', 'resourceVersion', 'creationTimestamp', 'managedFields', 'generation'])
    delete metadata[field];
  delete rest['status'];
  return { ...rest, metadata } as unknown as KubeObject;
}

function compare(given: unknown, stored: unknown, path: string, into: Defaults): void {
  if (given === undefined) {
    into.added[path] = stable(path, stored);
  } else if (isTree(given) && isTree(stored)) {
    const keys = new Set([...Object.keys(given), ...Object.keys(stored)]);
    for (const key of [...keys].sort()) {
      compare(given[key], stored[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, into);
    }
  } else if (given !== stored) {
    into.changed[path] = { given, stored: stored ?? null };
  }
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The server picks addresses, ports and the names of token volumes by chance. */
function stable(path: string, value: unknown): unknown {
  if (/\/clusterIPs?$/.test(path) && JSON.stringify(value).includes('10.')) return '<allocated>';
  if (/\/(nodePort|healthCheckNodePort)$/.test(path)) return '<allocated>';
  const text = JSON.stringify(value)
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<random>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>');
  return JSON.parse(text) as unknown;
}
