import { objectPolicy } from '../../../lib/policy';
import { INGRESS } from '../kinds';
import { NGINX } from '../nginx';

export const ingressNginxSnippets = objectPolicy({
  id: 'ingress-nginx-snippets',
  category: 'networking',
  title: 'No Ingress writes into the configuration of its controller',
  kinds: [INGRESS],
  offenders: `has(object.metadata.annotations) ? object.metadata.annotations.filter(k, k.startsWith("${NGINX}") && k.endsWith("-snippet")).map(k, "metadata/annotations/" + k.replace("/", "~1")) : []`,
  message: 'is copied into the configuration of the controller, which can read the Secrets of the whole cluster',
  fix: 'remove the snippet; filters of an HTTPRoute do what most of them did',
  mend: (path) => [{ op: 'remove', path }],
});
