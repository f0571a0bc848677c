import { objectPolicy, volumesWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

const TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const podSecurityVolumeTypes = objectPolicy({
  id: 'pod-security-volume-types',
  category: 'security',
  title: 'Volumes are of the kinds that need no rights on the node',
  kinds: PODS,
  // A path of the node is told by pod-security-host-path.
  offenders: volumesWhere(['hostPath', ...TYPES].map((type) => `!has(v.${type})`).join(' && ')),
  message: 'is a kind of volume that is mounted with the rights of the node',
  fix: 'use a PersistentVolumeClaim whose StorageClass does it, or a csi volume',
});
