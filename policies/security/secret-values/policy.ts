import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kind } from '../../kinds';

export const secretValues = objectPolicy({
  id: 'secret-values',
  category: 'security',
  title: 'Secrets have no values in manifests',
  kinds: [kind('', 'v1', 'secrets', 'Secret')],
  offenders: ['data', 'stringData']
    .map((field) => fieldWhere(`has(object.${field}) && size(object.${field}) > 0`, field))
    .join(' + '),
  message: 'holds values for everybody who can read the manifest; base64 hides nothing',
  fix: 'keep the value in the secret store and let an operator write the Secret; revoke what was committed',
});
