import type { Manifest } from '../kube/manifest';

/** An object as the API server stores it: what it fills in where a manifest says nothing. */
export function withDefaults(manifest: Manifest): Manifest {
  return manifest;
}
