import type { Manifest } from '../kube/manifest';
import { autoscalers } from './defaults/autoscaler';
import { network } from './defaults/network';
import { withoutNothing } from './defaults/nothing';
import { pod } from './defaults/pod';
import { tenancy } from './defaults/tenancy';
import { workloads } from './defaults/workloads';

/** Kinds that the API server completes, by `apiVersion/kind`. A resource of somebody else is stored as it is. */
const KINDS = new Map(Object.entries({ 'v1/Pod': pod, ...workloads, ...autoscalers, ...network, ...tenancy }));

/**
 * An object as the API server stores it: what it fills in where a manifest says nothing, without what it leaves out.
 * The manifest stays as it is; parts of it that need no change are shared. What admission plugins and controllers add,
 * such as a service account or an address, is not known before they have.
 */
export function withDefaults(manifest: Manifest): Manifest {
  const fill = KINDS.get(`${manifest.apiVersion}/${manifest.kind}`);
  const given = withoutNothing(manifest) as Manifest;
  return fill ? (fill(given, manifest) as Manifest) : given;
}
