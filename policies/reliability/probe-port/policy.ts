import { containersWhere, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';

/** CEL: the port of a probe as a list of text, whichever way it asks. */
const portsOf = (probe: string): string =>
  ['httpGet', 'tcpSocket', 'grpc']
    .map((handler) => `(has(${probe}.${handler}) ? [string(${probe}.${handler}.port)] : [])`)
    .join(' + ');

/** A name is never a number, so both can be compared as text. */
const isListed =
  'has(c.ports) && c.ports.exists(p, string(p.containerPort) == port || (has(p.name) && p.name == port))';

export const probePort = objectPolicy({
  id: 'probe-port',
  category: 'reliability',
  title: 'Every probe asks a port that its container lists',
  kinds: PODS,
  offenders: ['livenessProbe', 'readinessProbe', 'startupProbe']
    .map((probe) =>
      containersWhere('running', `has(c.${probe}) && (${portsOf(`c.${probe}`)}).exists(port, !(${isListed}))`, probe),
    )
    .join(' + '),
  message: 'asks a port that the container does not list: it can only fail, or asks something that nobody declared',
  fix: 'use a name or number of ports[] of the same container, or list the port there',
});
