import { JsonPatch, type ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { sortKeys } from '../core/canonical';
import { isRecord } from '../core/data';
import { nearMiss } from '../core/near-miss';
import type { Problem } from '../core/problem';
import { apiObjects } from '../kube/render';
import type { ResolvedOverride, ResolvedService } from '../resolve/resolved-service';

/** What an override may not touch: other objects refer to it, or a cluster refuses to change it. */
const LOCKED_PATHS = [
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.labels.app.kubernetes.io/name',
  'metadata.labels.app.kubernetes.io/instance',
  'spec.selector',
  'spec.template.metadata.labels.app.kubernetes.io/name',
  'spec.template.metadata.labels.app.kubernetes.io/instance',
];

export const OVERRIDE_ANNOTATION = 'golden-path.dev/overridden-because';

/** Lays every override over its objects; one that finds no object is a problem, not a shrug. */
export function applyOverrides(scope: Construct, service: ResolvedService): Problem[] {
  if (service.overrides.length === 0) return [];
  const objects = apiObjects(scope);
  return service.overrides.flatMap((override, index) =>
    applyOne(objects, override, service.name, `overrides[${index}]`),
  );
}

function applyOne(objects: readonly ApiObject[], override: ResolvedOverride, subject: string, path: string): Problem[] {
  const locked = LOCKED_PATHS.filter((lockedPath) => touches(override.patch, lockedPath));
  if (locked.length > 0) {
    return locked.map((lockedPath) => ({
      code: 'locked',
      kind: 'rule',
      subject,
      path: `${path}.patch`,
      message: `${lockedPath} cannot be overridden: other objects refer to it, or the cluster refuses to change it`,
      fix: 'leave it out of the patch; a different object goes under extra',
    }));
  }
  const targets = objects.filter(
    ({ kind, metadata }) => kind === override.kind && (override.name === null || metadata.name === override.name),
  );
  if (targets.length === 0) {
    const near = nearMiss(override.kind, new Set(objects.map(({ kind }) => kind)));
    return [
      {
        code: 'override-without-target',
        kind: 'input',
        subject,
        path: `${path}.target`,
        message: 'the service has no such object',
        got: [override.kind, override.name].filter((part) => part !== null).join(' '),
        expected: `one of ${objects.map(({ kind, metadata }) => `${kind} ${metadata.name ?? ''}`).join(', ')}`,
        ...(near === undefined || near === override.kind ? {} : { fix: `did you mean ${near}` }),
      },
    ];
  }
  for (const target of targets) patch(target, override);
  return [];
}

function patch(target: ApiObject, { patch: changes, reason }: ResolvedOverride): void {
  const before = target.toJson() as Record<string, unknown>;
  const earlier = (before.metadata as { annotations?: Record<string, string> }).annotations?.[OVERRIDE_ANNOTATION];
  const said = {
    metadata: { annotations: { [OVERRIDE_ANNOTATION]: earlier === undefined ? reason : `${earlier}; ${reason}` } },
  };
  const after = sortKeys(merged(merged(before, changes), said)) as Record<string, unknown>;
  for (const key of new Set([...Object.keys(changes), 'metadata'])) {
    const place = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (after[key] === undefined) target.addJsonPatch(JsonPatch.remove(place));
    else target.addJsonPatch(key in before ? JsonPatch.replace(place, after[key]) : JsonPatch.add(place, after[key]));
  }
}

/** Maps are merged, `null` removes, lists are merged by the `name` of their members or else replaced. */
export function merged(base: unknown, changes: unknown): unknown {
  if (isNamedList(base) && isNamedList(changes)) {
    const result = [...base];
    for (const change of changes) {
      const index = result.findIndex(({ name }) => name === change.name);
      if (index < 0) result.push(change);
      else result[index] = merged(result[index], change) as Named;
    }
    return result;
  }
  if (!isRecord(changes)) return changes;
  const result: Record<string, unknown> = isRecord(base) ? { ...base } : {};
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}

interface Named {
  readonly name: string;
}

function isNamedList(value: unknown): value is Named[] {
  return Array.isArray(value) && value.every((item) => isRecord(item) && typeof item.name === 'string');
}

/** Label keys contain dots, so the locked paths are matched step by step from the longest key on. */
function touches(value: unknown, path: string): boolean {
  if (path === '') return true;
  if (!isRecord(value)) return value !== undefined;
  return Object.keys(value).some((key) =>
    path === key ? true : path.startsWith(`${key}.`) && touches(value[key], path.slice(key.length + 1)),
  );
}
