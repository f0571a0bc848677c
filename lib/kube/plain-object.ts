import { ApiObject, JsonPatch, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { compare } from '../core/canonical';

/**
 * An object that is plain JSON from the start. `ApiObject` looks for lazy values and tokens in every leaf, and the
 * classes of cdk8s-plus-28 do so before they turn what they were given into JSON; we have neither, and half of the
 * time of rendering a fleet went there.
 */
export class PlainObject extends ApiObject {
  private readonly changes: JsonPatch[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly manifest: ApiObjectProps,
  ) {
    super(scope, id, manifest);
  }

  override addJsonPatch(...changes: JsonPatch[]): void {
    this.changes.push(...changes);
  }

  override toJson(): unknown {
    const { apiVersion, kind, ...fields } = this.manifest;
    const others = sorted({ ...fields, metadata: undefined }) as object;
    const json = { apiVersion, kind, metadata: this.metadata.toJson() as unknown, ...others };
    return this.changes.length === 0 ? json : JsonPatch.apply(json, ...this.changes);
  }
}

/** A copy with sorted keys, without what is null or undefined, as cdk8s prints objects. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (Array.isArray(value)) return value.map(sorted);
  const result: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) {
    const member = sorted((value as Record<string, unknown>)[key]);
    if (member !== undefined) result[key] = member;
  }
  return result;
}

/** Most objects have few keys, and many are made in order. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  return keys.every((key, index) => index === 0 || keys[index - 1]! < key) ? keys : keys.sort(compare);
}
