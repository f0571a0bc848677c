import { downwardSource } from './container';
import { always, asGiven, each, object, or, type Fill } from './fill';
import { quantity, resourceList } from './quantities';

/** `rw-r--r--`, in octal 644. */
const MODE = 0o644;

const downwardItems = each(object(downwardSource));

const emptyDir = object({ sizeLimit: quantity });

/** A volume that says only its name is an empty folder. */
const emptyDirOfNone: Fill = (value, parent) =>
  value === undefined && Object.keys(parent).every((field) => field === 'name') ? {} : emptyDir(value, parent);

export const claimSpec = object({
  volumeMode: or('Filesystem'),
  resources: object({ limits: resourceList, requests: resourceList }),
});

export const claimTemplate = object({
  apiVersion: or('v1'),
  kind: or('PersistentVolumeClaim'),
  metadata: always(asGiven),
  spec: claimSpec,
  status: always(object({ phase: or('Pending') })),
});

/** The sources of volumes that people still use. */
export const volume = object({
  emptyDir: emptyDirOfNone,
  configMap: object({ defaultMode: or(MODE) }),
  secret: object({ defaultMode: or(MODE) }),
  downwardAPI: object({ defaultMode: or(MODE), items: downwardItems }),
  projected: object({
    defaultMode: or(MODE),
    sources: each(
      object({
        downwardAPI: object({ items: downwardItems }),
        serviceAccountToken: object({ expirationSeconds: or(3600) }),
      }),
    ),
  }),
  hostPath: object({ type: or('') }),
  ephemeral: object({ volumeClaimTemplate: object({ metadata: always(asGiven), spec: claimSpec }) }),
});
