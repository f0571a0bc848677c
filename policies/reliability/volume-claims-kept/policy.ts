import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { podsOf } from '../../kinds';

const RETENTION = 'persistentVolumeClaimRetentionPolicy';

const isDeleted = (when: string): string =>
  fieldWhere(
    `${hasPath('object.spec', `${RETENTION}/${when}`)} && object.spec.${RETENTION}.${when} == "Delete"`,
    `spec/${RETENTION}/${when}`,
  );

export const volumeClaimsKept = objectPolicy({
  id: 'volume-claims-kept',
  category: 'reliability',
  title: 'A StatefulSet does not take its data with it',
  kinds: podsOf('StatefulSet'),
  offenders: ['whenDeleted', 'whenScaled'].map(isDeleted).join(' + '),
  message: 'is Delete: whoever removes the object, or scales it down, removes the data',
  fix: 'leave persistentVolumeClaimRetentionPolicy out; claims that nobody needs are deleted by hand',
});
