/** A Kubernetes object as it is sent to the API server: plain JSON, nothing unresolved in it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Start of a name that the API server completes. */
    readonly generateName?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** What tells one object of a cluster from another; also what messages call it. */
export function manifestKey(manifest: Manifest): string {
  const { name, namespace } = manifest.metadata;
  return `${manifest.apiVersion}/${manifest.kind}/${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
