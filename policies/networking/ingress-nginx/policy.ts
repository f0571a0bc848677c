import { fieldWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { INGRESS } from '../kinds';
import { NGINX } from '../nginx';

const annotation =
  '(k == "kubernetes.io/ingress.class" && object.metadata.annotations[k] in variables.classes) || ' +
  `(k.startsWith("${NGINX}") && !k.endsWith("-snippet"))`;

export const ingressNginx = objectPolicy({
  id: 'ingress-nginx',
  category: 'networking',
  title: 'Nothing depends on ingress-nginx, which is retired',
  kinds: [INGRESS],
  parameters: { classes: ['nginx'] },
  offenders: [
    fieldWhere(
      `${hasPath('object', 'spec/ingressClassName')} && object.spec.ingressClassName in variables.classes`,
      'spec/ingressClassName',
    ),
    `(has(object.metadata.annotations) ? object.metadata.annotations.filter(k, ${annotation}).map(k, "metadata/annotations/" + k.replace("/", "~1")) : [])`,
  ].join(' + '),
  message: 'means ingress-nginx, which gets no more security fixes',
  fix: 'move to an HTTPRoute at a Gateway, or to a controller that is maintained',
});
