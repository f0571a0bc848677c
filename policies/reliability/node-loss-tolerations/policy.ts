import { keyStep, objectPolicy, podFieldWhere } from '../../../lib/policy';
import { SCALED } from '../../kinds';
import { TIER } from '../../labels';

/** What the API server adds where a pod says nothing. */
const ADDED = 300;

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

const fitting = (key: string): string =>
  `variables.tolerations.filter(t, (!has(t.key) || t.key == "${key}") && (!has(t.effect) || t.effect == "NoExecute"))`;

/** The shortest of those that fit decides; one without a time is for ever. */
const isLate = (list: string): string =>
  `size(${list}) == 0
    ? ${ADDED} > variables.allowed
    : !${list}.exists(t, has(t.tolerationSeconds) && int(t.tolerationSeconds) <= variables.allowed)`;

export const nodeLossTolerations = objectPolicy({
  id: 'node-loss-tolerations',
  category: 'reliability',
  title: 'Pods leave a lost node in the time of their tier',
  kinds: SCALED,
  parameters: { seconds: { critical: 30, standard: 60, 'best-effort': 300 } },
  variables: {
    tier: TIER,
    tolerations: 'has(variables.pod.tolerations) ? variables.pod.tolerations : []',
    notReady: fitting(NOT_READY),
    unreachable: fitting(UNREACHABLE),
    allowed: 'variables.seconds[variables.tier]',
  },
  applies: { when: 'variables.tier in variables.seconds', otherwise: 'no tier says how long is too long' },
  offenders: [
    podFieldWhere(isLate('variables.notReady'), `tolerations[key=${keyStep(NOT_READY)}]`),
    podFieldWhere(isLate('variables.unreachable'), `tolerations[key=${keyStep(UNREACHABLE)}]`),
  ].join(' + '),
  message: 'keeps pods bound to a lost node for longer than the tier allows',
  fix: 'tolerate node.kubernetes.io/not-ready and node.kubernetes.io/unreachable with effect NoExecute and tolerationSeconds: 30 for critical, 60 for standard',
});
