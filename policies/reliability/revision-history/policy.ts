import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { SCALED } from '../../kinds';

export const revisionHistory = objectPolicy({
  id: 'revision-history',
  category: 'reliability',
  title: 'A few earlier versions are kept to go back to',
  kinds: SCALED,
  parameters: { least: 1, most: 10 },
  variables: { kept: 'has(object.spec.revisionHistoryLimit) ? int(object.spec.revisionHistoryLimit) : 10' },
  offenders: fieldWhere(
    'variables.kept < variables.least || variables.kept > variables.most',
    'spec/revisionHistoryLimit',
  ),
  message: 'keeps no version to go back to, or more than anybody will ever want',
  fix: 'set revisionHistoryLimit: 3',
  mend: (path) => [{ op: 'add', path, value: 3 }],
});
