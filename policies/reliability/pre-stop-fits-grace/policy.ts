import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { SERVING } from '../../kinds';

const COMMAND = 'c.lifecycle.preStop.exec.command.join(" ")';
const SLEEP = 'sleep [0-9]+';

export const preStopFitsGrace = objectPolicy({
  id: 'pre-stop-fits-grace',
  category: 'reliability',
  title: 'A preStop hook leaves the process time to stop',
  kinds: SERVING,
  parameters: { spare: 5 },
  variables: {
    grace: 'has(variables.pod.terminationGracePeriodSeconds) ? int(variables.pod.terminationGracePeriodSeconds) : 30',
  },
  offenders: [
    `${hasPath('c', 'lifecycle/preStop/sleep')} && int(c.lifecycle.preStop.sleep.seconds) + variables.spare > variables.grace`,
    // `join` comes first: a shell takes the whole line as one word.
    `${hasPath('c', 'lifecycle/preStop/exec/command')} && ${COMMAND}.matches("${SLEEP}") &&
      int(${COMMAND}.find("${SLEEP}").find("[0-9]+$")) + variables.spare > variables.grace`,
  ]
    .map((where) => containersWhere('running', where, 'lifecycle/preStop'))
    .join(' + '),
  message: 'uses up the grace period: SIGKILL follows SIGTERM at once, and cuts off what is in flight',
  fix: 'raise terminationGracePeriodSeconds to preStop + the time to drain + 5, or shorten the hook',
});
