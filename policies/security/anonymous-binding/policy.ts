import { literal, objectPolicy } from '../../../lib/policy';
import { BINDINGS } from '../rbac';

const EVERYONE = ['system:anonymous', 'system:unauthenticated', 'system:authenticated'];

export const anonymousBinding = objectPolicy({
  id: 'anonymous-binding',
  category: 'security',
  title: 'No role is bound to everyone',
  kinds: BINDINGS,
  offenders: `(has(object.subjects)
    ? object.subjects.filter(s, s.name in ${literal(EVERYONE)}).map(s, "subjects[name=" + s.name + "]")
    : [])`,
  message: 'is everyone: who asks without a name, or anybody who has one',
  fix: 'name the group or the account that needs it',
});
