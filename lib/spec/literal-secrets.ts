import { formatPath, isRecord } from '../core/data';
import type { Problem } from '../core/problem';
import { findSecret, type FoundSecret } from '../core/secret-patterns';

type Path = readonly PropertyKey[];

/** Fields whose text ends up in a manifest for everyone to read. */
const READABLE = [
  'env',
  'files',
  'command',
  'args',
  'probes',
  'init',
  'sidecars',
  'migrate',
  'overrides',
  'extra',
] as const;

/** Every text in a spec and its overlays that looks like a secret. */
export function secretProblems(name: string, spec: Record<string, unknown>): Problem[] {
  const overlays = Object.entries(isRecord(spec.environments) ? spec.environments : {});
  const layers: [Path, unknown][] = [
    [[], spec],
    ...overlays.map(([environment, overlay]): [Path, unknown] => [['environments', environment], overlay]),
  ];
  return layers.flatMap(([under, layer]) =>
    isRecord(layer) ? READABLE.flatMap((field) => search(name, field, layer[field], [...under, field])) : [],
  );
}

function search(name: string, key: string, value: unknown, path: Path): Problem[] {
  if (typeof value === 'string') {
    const found = findSecret(key, value);
    return found ? [literalSecret(name, path, found)] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => search(name, key, item, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([inner, item]) => search(name, meant(inner, value), item, [...path, inner]));
}

/** What a value is called: in `{ name: PASSWORD, value: ... }`, as in the environment of a container, by its name. */
function meant(key: string, { name }: Record<string, unknown>): string {
  return key === 'value' && typeof name === 'string' ? name : key;
}

function literalSecret(name: string, path: Path, found: FoundSecret): Problem {
  return {
    code: 'literal-secret',
    kind: 'rule',
    subject: name,
    path: formatPath(path),
    message: `this looks like a secret (${found.pattern}); a manifest is no place for one`,
    got: found.shown,
    expected: 'a reference to the secret store',
    fix: 'put the value into the secret store and name its key under secrets; revoke it if it was committed',
  };
}
