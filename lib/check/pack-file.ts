import { readFileSync } from 'node:fs';
import { isRecord } from '../core/data';
import { throwIfAny } from '../core/problem';
import { notAMap } from '../core/schema-problems';
import { readYaml } from '../core/yaml-source';
import type { Policy } from '../policy/definition';
import { resolvePack, type Pack, type PackFile } from '../policy/pack';

/**
 * A pack by its name, or by the file in which a platform team keeps its own; that may start from ours with `extends`.
 *
 * @throws ProblemsError for a pack that does not exist, or a file that cannot be read or used
 */
export function selectPack(name: string, packs: ReadonlyMap<string, PackFile>, policies: readonly Policy[]): Pack {
  return /\.(ya?ml|json)$/i.test(name) ? readPack(name, packs, policies) : resolvePack(name, packs, policies);
}

function readPack(path: string, packs: ReadonlyMap<string, PackFile>, policies: readonly Policy[]): Pack {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    text = '';
    throwIfAny([
      {
        code: 'no-such-file',
        kind: 'input',
        subject: path,
        path: '',
        message: `the pack cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
        expected: `a file, or one of ${[...packs.keys()].join(', ')}`,
      },
    ]);
  }
  const source = readYaml(text, path, path);
  throwIfAny(source.problems);
  if (!isRecord(source.data)) throwIfAny([notAMap(source.data, path)]);
  return resolvePack(path, new Map([...packs, [path, source.data as PackFile]]), policies);
}
