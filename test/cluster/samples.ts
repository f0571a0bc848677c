import { ApiError } from './api';
import type { KubeObject } from './objects';

/** As much as Pod Security `restricted` asks for, and no more. */
const restricted = {
  securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
  container: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

export function podSpec(extra: object = {}, container: object = {}): object {
  return {
    securityContext: restricted.securityContext,
    containers: [{ name: 'app', image: 'registry.invalid/app:1', securityContext: restricted.container, ...container }],
    ...extra,
  };
}

/** A Deployment whose pods carry the label `app` with its name. */
export function deployment(namespace: string, name: string, replicas: number, spec: object): KubeObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

/** The answer of a server that should refuse; that it does not is an error. */
export async function refusal(work: Promise<unknown>): Promise<ApiError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('the API server has accepted what it should refuse');
}
