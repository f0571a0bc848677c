import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const defaultServiceAccount = objectPolicy({
  id: 'default-service-account',
  category: 'security',
  title: 'Pods have a ServiceAccount of their own',
  kinds: PODS,
  variables: {
    // `serviceAccount` is the older name of the same field.
    older: 'has(variables.pod.serviceAccount) ? variables.pod.serviceAccount : ""',
    account: 'has(variables.pod.serviceAccountName) ? variables.pod.serviceAccountName : variables.older',
  },
  offenders: podFieldWhere('variables.account in ["", "default"]', 'serviceAccountName'),
  message: 'is the default account, which every pod of the namespace shares: a right given to one is given to all',
  fix: 'make a ServiceAccount for the service and name it in serviceAccountName',
});
