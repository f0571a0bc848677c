import { literal, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { spreadsWhere } from '../../spread';

const OLD = literal([
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'node-role.kubernetes.io/master',
]);

const selected =
  'variables.pod.nodeSelector.filter(key, key in variables.old).map(key, variables.podAt + "/nodeSelector/" + key.replace("/", "~1"))';

export const deprecatedNodeLabels = objectPolicy({
  id: 'deprecated-node-labels',
  category: 'hygiene',
  title: 'No pod is placed by a label that nodes no longer have to carry',
  kinds: PODS,
  variables: { old: OLD },
  offenders: [
    `(has(variables.pod.nodeSelector) ? ${selected} : [])`,
    spreadsWhere('t.topologyKey in variables.old', 'topologyKey'),
  ].join(' + '),
  message: 'is a label of nodes that is deprecated: on nodes without it the pod is never scheduled',
  fix: 'use kubernetes.io/os, kubernetes.io/arch, node.kubernetes.io/instance-type, topology.kubernetes.io/zone, topology.kubernetes.io/region or node-role.kubernetes.io/control-plane',
});
