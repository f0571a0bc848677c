import type { Manifest } from '../kube/manifest';

/** Objects that are applied together, under the name of the part of the blueprint that made them. */
export interface ManifestGroup {
  /** Sorts in the order of application, such as `20-network`. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
}
