import { objectPolicy, volumesWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const emptyDirLimit = objectPolicy({
  id: 'empty-dir-limit',
  category: 'reliability',
  title: 'Every emptyDir has a size limit',
  kinds: PODS,
  offenders: volumesWhere('has(v.emptyDir) && !has(v.emptyDir.sizeLimit)', 'emptyDir/sizeLimit'),
  message: 'is missing: the volume can fill the disk of its node, or its memory, and evict the neighbours',
  fix: 'set sizeLimit to what the service may write there',
});
