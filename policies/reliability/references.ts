import { recordAt, recordsAt, textAt, type Fields, type PodSource } from '../../lib/policy';

/** A ConfigMap or Secret that a pod cannot start without. */
export interface Reference {
  readonly path: string;
  readonly name: string;
  /** The one member of it that is asked for. */
  readonly key: string | undefined;
}

/** Where each of the two is named. */
const FIELDS = {
  ConfigMap: { from: 'configMapRef', key: 'configMapKeyRef', volume: 'configMap', named: 'name' },
  Secret: { from: 'secretRef', key: 'secretKeyRef', volume: 'secret', named: 'secretName' },
} as const;

/** What a pod names in variables and volumes; what is optional may be missing. */
export function references({ spec, at }: PodSource, kind: keyof typeof FIELDS): Reference[] {
  const fields = FIELDS[kind];
  return [
    ...(['initContainers', 'containers'] as const).flatMap((list) =>
      recordsAt(spec, list).flatMap((container) => {
        const place = `${at}/${list}[name=${textAt(container, 'name') ?? ''}]`;
        return [
          ...recordsAt(container, 'env').flatMap((variable) =>
            needed(
              recordAt(variable, `valueFrom/${fields.key}`),
              `${place}/env[name=${textAt(variable, 'name') ?? ''}]`,
            ),
          ),
          ...recordsAt(container, 'envFrom').flatMap((from) => needed(recordAt(from, fields.from), `${place}/envFrom`)),
        ];
      }),
    ),
    ...recordsAt(spec, 'volumes').flatMap((volume) => {
      const place = `${at}/volumes[name=${textAt(volume, 'name') ?? ''}]`;
      return [
        ...needed(recordAt(volume, fields.volume), place, fields.named),
        ...recordsAt(volume, 'projected/sources').flatMap((part) => needed(recordAt(part, fields.volume), place)),
      ];
    }),
  ];
}

function needed(reference: Fields, path: string, named = 'name'): Reference[] {
  const name = textAt(reference, named);
  if (name === undefined || reference.optional === true) return [];
  return [{ path, name, key: textAt(reference, 'key') }];
}
