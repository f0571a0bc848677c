import { nearMiss } from '../../../lib/core/near-miss';

const FIELDS = [
  'name', 'team', 'tier', 'image', 'port', 'replicas', 'resources', 'readiness', 'liveness', 'startup', 'calls',
  'requests', 'limits', 'timeout', 'retries', 'schedule', 'concurrency', 'environment', 'volumes', 'minReplicas',
  'maxReplicas', 'maxSurge',
]; // prettier-ignore

describe('nearMiss', () => {
  test.each([
    ['readyness', 'readiness'],
    ['readinessProbe', 'readiness'],
    ['readynessProbe', 'readiness'],
    ['livenessProbe', 'liveness'],
    ['timeoutSeconds', 'timeout'],
    ['containerPort', undefined],
    ['httpPort', 'port'],
    ['ports', 'port'],
    ['replica', 'replicas'],
    ['Replicas', 'replicas'],
    ['REPLICAS', 'replicas'],
    ['min_replicas', 'minReplicas'],
    ['min-replicas', 'minReplicas'],
    ['maxreplica', 'maxReplicas'],
    ['tema', 'team'],
    ['teir', 'tier'],
    ['teams', 'team'],
    ['enviroment', 'environment'],
    ['retrys', 'retries'],
    ['cronSchedule', 'schedule'],
    ['surge', 'maxSurge'],
    ['resource', 'resources'],
  ])('%s: %s', (word, expected) => {
    expect(nearMiss(word, FIELDS)).toBe(expected);
  });

  test.each(['', 'x', 'to', 'foo', 'host', 'banana', 'kubernetes', 'a.b.c', 'nodeSelector', 'id', 'time'])(
    'has nothing to say about %j',
    (word) => {
      expect(nearMiss(word, FIELDS)).toBeUndefined();
    },
  );

  test('prefers a spelling mistake to a part of the word', () => {
    expect(nearMiss('callTimeout', ['timeout', 'callTimeouts'])).toBe('callTimeouts');
  });

  test('prefers the closest', () => {
    expect(nearMiss('retriess', ['retry', 'retrieve', 'retries'])).toBe('retries');
    expect(nearMiss('abcdefghi', ['abcdefghx', 'abcdefxyz', 'abcdefgxy'])).toBe('abcdefghx');
  });

  test('does not guess between two that are as near', () => {
    expect(nearMiss('replicas', ['minReplicas', 'maxReplicas'])).toBeUndefined();
  });

  test('has nothing to say about a word that is right', () => {
    expect(nearMiss('port', ['ports', 'port'])).toBeUndefined();
  });

  test('takes any iterable', () => {
    expect(nearMiss('prot', new Set(['port']))).toBe('port');
    expect(nearMiss('prot', [])).toBeUndefined();
  });
});
