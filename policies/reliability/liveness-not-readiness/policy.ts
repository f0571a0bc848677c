import { containersWhere, hasPath, objectPolicy } from '../../../lib/policy';
import { SERVING } from '../../kinds';
import { patienceOf } from '../../probes';

const [liveness, readiness] = ['c.livenessProbe', 'c.readinessProbe'];

/** Whether both probes have a field, and the same in it. */
const same = (field: string, otherwise: string): string => {
  const [left, right] = [liveness, readiness].map(
    (probe) => `(has(${probe}.${field}) ? ${probe}.${field} : ${otherwise})`,
  );
  return `${left} == ${right}`;
};

const both = (path: string): string => `${hasPath(liveness, path)} && ${hasPath(readiness, path)}`;

/** A port may be told by its number in one probe and by its name in the other. */
const isNamed = (name: string, number: string): string =>
  `has(c.ports) && c.ports.exists(p, has(p.name) && p.name == ${name} && p.containerPort == ${number})`;

const [livenessPort, readinessPort] = [`${liveness}.httpGet.port`, `${readiness}.httpGet.port`];
const samePort = [
  `${livenessPort} == ${readinessPort}`,
  isNamed(livenessPort, readinessPort),
  isNamed(readinessPort, livenessPort),
].join(' || ');

const sameCheck = [
  `(${both('httpGet')} && ${same('httpGet.path', '"/"')} && (${samePort}))`,
  `(${both('grpc')} && ${liveness}.grpc.port == ${readiness}.grpc.port && ${same('grpc.service', '""')})`,
  `(${both('exec/command')} && ${liveness}.exec.command == ${readiness}.exec.command)`,
].join(' || ');

export const livenessNotReadiness = objectPolicy({
  id: 'liveness-not-readiness',
  category: 'reliability',
  title: 'Liveness asks something else than readiness, or is far more patient',
  kinds: SERVING,
  parameters: { times: 3 },
  offenders: containersWhere(
    'main',
    `has(${liveness}) && has(${readiness}) && (${sameCheck}) && ${patienceOf(liveness)} < variables.times * ${patienceOf(readiness)}`,
    'livenessProbe',
  ),
  message: 'asks what readiness asks and gives up too early: a pod that is only busy is restarted instead of spared',
  fix: 'ask the process itself, such as tcpSocket, or raise failureThreshold until liveness takes at least 3 times as long as readiness',
});
