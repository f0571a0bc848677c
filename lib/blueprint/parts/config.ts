import type { Construct } from 'constructs';
import { contentHash } from '../../core/canonical';
import { configMap, externalSecret } from '../../kube/objects';
import type { ResolvedService } from '../../resolve/resolved-service';
import { metaOf } from './meta';

/** Names of the objects that hold a service's configuration; null where there is none. */
export interface ConfigNames {
  readonly env: string | null;
  readonly files: string | null;
  readonly secrets: string | null;
}

/** Every container of a service asks, and a resolved service never changes. */
const NAMES = new WeakMap<ResolvedService, ConfigNames>();

/**
 * Each object is named by the hash of its content: a change makes a new object and a new rollout, the old version
 * keeps what it was started with, and a rollback finds it.
 */
export function configNames(service: ResolvedService): ConfigNames {
  const known = NAMES.get(service);
  if (known) return known;
  const named = (suffix: string, content: unknown, present: boolean) =>
    present ? `${service.name}-${suffix}-${contentHash(content)}` : null;
  const names = {
    env: named('env', service.configData, Object.keys(service.configData).length > 0),
    files: named('files', service.files, service.files.length > 0),
    secrets: named('secrets', service.secrets, service.secrets.length > 0),
  };
  NAMES.set(service, names);
  return names;
}

export function config(scope: Construct, service: ResolvedService): void {
  const names = configNames(service);
  if (names.env !== null) configMap(scope, 'env', metaOf(service, names.env), { data: { ...service.configData } });
  if (names.files !== null) {
    configMap(scope, 'files', metaOf(service, names.files), {
      data: Object.fromEntries(service.files.map(({ key, content }) => [key, content])),
    });
  }
  if (names.secrets !== null) {
    const { name, kind, refreshSeconds } = service.secretStore;
    externalSecret(scope, 'secrets', metaOf(service, names.secrets), {
      refreshInterval: `${refreshSeconds}s`,
      secretStoreRef: { name, kind },
      target: { name: names.secrets, creationPolicy: 'Owner' },
      data: service.secrets.map(({ env, key, property }) => ({
        secretKey: env,
        remoteRef: { key, ...(property === null ? {} : { property }) },
      })),
    });
  }
}
