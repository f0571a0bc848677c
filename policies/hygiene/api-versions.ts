import type { ObjectKind } from '../../lib/policy';
import { kind } from '../kinds';

/** Minor of the Kubernetes version 1.x in which something happened to kinds of an API version, resources by kind. */
export type ApiVersions = readonly (readonly [
  apiVersion: string,
  minor: number,
  kinds: Readonly<Record<string, string>>,
])[];

/** CEL: the minor by `apiVersion kind`. */
export function minors(versions: ApiVersions): string {
  const entries = versions.flatMap(([apiVersion, minor, kinds]) =>
    Object.keys(kinds).map((name) => [`${apiVersion} ${name}`, minor] as const),
  );
  return JSON.stringify(Object.fromEntries(entries));
}

/** The kinds, each once for its group: whatever the version of an object is, it is found. */
export function kindsOf(versions: ApiVersions): ObjectKind[] {
  const found = new Map<string, ObjectKind>();
  for (const [apiVersion, , kinds] of versions) {
    const [version, group = ''] = apiVersion.split('/').reverse();
    for (const [name, resource] of Object.entries(kinds)) {
      if (!found.has(`${group}/${name}`)) found.set(`${group}/${name}`, kind(group, version!, resource, name));
    }
  }
  return [...found.values()];
}
