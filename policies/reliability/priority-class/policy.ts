import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { PODS } from '../../kinds';

export const priorityClass = objectPolicy({
  id: 'priority-class',
  category: 'reliability',
  title: 'Every pod has a priority class',
  kinds: PODS,
  offenders: podFieldWhere('!has(variables.pod.priorityClassName)', 'priorityClassName'),
  message: 'is missing: when room is short the pod goes with the least important ones',
  fix: 'set priorityClassName to the class of the tier, such as golden-path-standard',
});
