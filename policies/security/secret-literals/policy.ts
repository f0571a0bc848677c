import { isRecord } from '../../../lib/core/data';
import { findSecret } from '../../../lib/core/secret-patterns';
import { graphPolicy, keyStep, recordAt, recordsAt, textAt, type GraphOffence } from '../../../lib/policy';

const LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** Fields of a container whose text is its own. */
const TEXTS = ['env', 'command', 'args', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'];

export const secretLiterals = graphPolicy({
  id: 'secret-literals',
  category: 'security',
  title: 'No manifest holds a secret',
  fix: 'put the value into the secret store and refer to it by secretKeyRef; revoke it, since it has been written down',
  outside: 'CEL has no set of patterns, and a name alone would also refuse what is no secret',
  judge: (world) => {
    const configMaps = world.of('', 'ConfigMap');
    if (configMaps.length + world.pods.length === 0) return undefined;
    return [
      ...world.pods.flatMap(({ object, spec, at }) =>
        LISTS.flatMap((list) =>
          recordsAt(spec, list).flatMap((container) =>
            TEXTS.flatMap((field) =>
              search(object, `${at}/${list}[name=${String(container.name)}]/${field}`, field, container[field]),
            ),
          ),
        ),
      ),
      ...configMaps.flatMap((object) => [
        ...search(object, 'data', 'data', object.data),
        ...Object.entries(recordAt(object, 'binaryData')).flatMap(([key, value]) =>
          search(object, `binaryData/${keyStep(key)}`, key, decoded(value)),
        ),
      ]),
    ];
  },
});

/** Every text below a value; `key` is what it is known by. */
function search(object: GraphOffence['object'], path: string, key: string, value: unknown): GraphOffence[] {
  if (typeof value === 'string') {
    const found = findSecret(key, value);
    return found ? [{ object, path, message: `looks like a secret (${found.pattern}): ${found.shown}` }] : [];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => search(object, ...member(path, key, value, item, index)));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([inner, item]) =>
    // In `{ name, value }` the value is known by the name.
    search(object, `${path}/${keyStep(inner)}`, inner === 'value' ? (textAt(value, 'name') ?? inner) : inner, item),
  );
}

/** A member of a list is known by the flag before it: `--password`, `...`. */
function member(
  path: string,
  key: string,
  list: readonly unknown[],
  item: unknown,
  index: number,
): [string, string, unknown] {
  const before = list[index - 1];
  const name = textAt(item, 'name');
  return [
    name === undefined ? `${path}/${index}` : `${path}[name=${name}]`,
    typeof before === 'string' && before.startsWith('-') ? before : key,
    item,
  ];
}

/** A file that is no text has no secret that can be told from noise. */
function decoded(value: unknown): string {
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
}
