import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll, CORE_SCHEMA } from 'js-yaml';
import { merged } from '../../lib/blueprint/overrides';
import type { Manifest } from '../../lib/kube/manifest';
import type { Policy } from '../../lib/policy';

const FOLDER = join(__dirname, '..', '..', 'policies');

/** A good or bad file of a policy: the base service with the objects of the file laid over it. */
export interface Fixture {
  readonly policy: Policy;
  readonly verdict: 'good' | 'bad';
  /** Name below `policies/`. */
  readonly name: string;
  readonly manifests: Manifest[];
}

export function folderOf({ category, id }: Policy): string {
  return join(FOLDER, category, id);
}

export function fixturesOf(policy: Policy): Fixture[] {
  return (['good', 'bad'] as const).flatMap((verdict) => {
    const folder = join(folderOf(policy), verdict);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .sort()
      .map((file) => ({
        policy,
        verdict,
        name: join(policy.category, policy.id, verdict, file),
        manifests: laidOver(base(), read(join(folder, file))),
      }));
  });
}

export function base(): Manifest[] {
  return read(join(FOLDER, 'base.yaml'));
}

function read(file: string): Manifest[] {
  const documents = loadAll(readFileSync(file, 'utf8'), null, { schema: CORE_SCHEMA }) as Manifest[];
  return documents.filter((document) => document !== null);
}

/** An object with nothing but its identity, and `$remove: true`, takes the one of the base away. */
function laidOver(objects: readonly Manifest[], changes: readonly Manifest[]): Manifest[] {
  const result = [...objects];
  for (const change of changes) {
    const index = result.findIndex((object) => keyOf(object) === keyOf(change));
    if (change.$remove === true) {
      if (index < 0) throw new Error(`the base has no ${keyOf(change)}`);
      result.splice(index, 1);
    } else if (index < 0) result.push(change);
    else result[index] = merged(result[index], change) as Manifest;
  }
  return result;
}

function keyOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
