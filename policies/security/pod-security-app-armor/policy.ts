import { literal, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { noneOf, settingsWhere } from '../pod-security';

const PREFIX = literal('container.apparmor.security.beta.kubernetes.io/');

const ALLOWED = 'v == "" || v == "runtime/default" || v.startsWith("localhost/")';

const BY_ANNOTATION = `(variables.annotations
  ? variables.template.metadata.annotations
      .filter(k, k.startsWith(${PREFIX}) && ![variables.template.metadata.annotations[k]].exists(v, ${ALLOWED}))
      .map(k, (variables.templateAt == "" ? "" : variables.templateAt + "/") + "metadata/annotations/" + k.replace("/", "~1"))
  : [])`;

export const podSecurityAppArmor = objectPolicy({
  id: 'pod-security-app-armor',
  category: 'security',
  title: 'Containers keep an AppArmor profile',
  kinds: PODS,
  variables: { annotations: 'has(variables.template.metadata) && has(variables.template.metadata.annotations)' },
  offenders: `${settingsWhere('appArmorProfile/type', (value) => noneOf(value, ['RuntimeDefault', 'Localhost']))} + ${BY_ANNOTATION}`,
  message: 'switches the AppArmor profile of the runtime off',
  fix: 'remove it, or name a profile with the type Localhost',
});
