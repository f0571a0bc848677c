import { podSource, World } from '../../../lib/policy';
import { amountOf, containerRanges, formatted, podAmount, type Side } from '../../../policies/reliability/requests';

const MIB = 1024n ** 2n * 1_000_000_000n;

const container = (memory: string, more: object = {}) => ({ resources: { requests: { memory } }, ...more });

function memoryOf(spec: object, side: Side = 'requests'): bigint {
  const source = podSource({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec })!;
  return podAmount(source, side, 'memory', []) / MIB;
}

describe('what a pod is counted with', () => {
  test('its containers together', () => {
    expect(memoryOf({ containers: [container('10Mi'), container('20Mi')] })).toBe(30n);
  });

  test('an init container that needs more than all of them', () => {
    expect(memoryOf({ containers: [container('10Mi')], initContainers: [container('40Mi'), container('15Mi')] })).toBe(
      40n,
    );
    expect(memoryOf({ containers: [container('50Mi')], initContainers: [container('40Mi')] })).toBe(50n);
  });

  test('native sidecars run with the containers, and with the init containers that come after them', () => {
    const sidecar = container('5Mi', { restartPolicy: 'Always' });
    expect(memoryOf({ containers: [container('10Mi')], initContainers: [sidecar] })).toBe(15n);
    expect(memoryOf({ containers: [container('10Mi')], initContainers: [sidecar, container('40Mi')] })).toBe(45n);
    expect(memoryOf({ containers: [container('10Mi')], initContainers: [container('40Mi'), sidecar] })).toBe(40n);
  });

  test('its overhead, and the resources of the pod as a whole', () => {
    expect(memoryOf({ containers: [container('10Mi')], overhead: { memory: '7Mi' } })).toBe(17n);
    expect(memoryOf({ containers: [container('10Mi')], resources: { requests: { memory: '64Mi' } } })).toBe(64n);
  });

  test('nothing where nothing, or no quantity, is said', () => {
    expect(memoryOf({ containers: [{}] })).toBe(0n);
    expect(memoryOf({ containers: [container('a lot')] })).toBe(0n);
    expect(memoryOf({ containers: [container('10Mi')] }, 'limits')).toBe(0n);
  });
});

describe('what a container comes with', () => {
  const ranges = (limits: object) => {
    const metadata = { name: 'limits', namespace: 'shop' };
    const world = new World([
      { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [{ type: 'Container', ...limits }] } },
    ]);
    return containerRanges(world, 'shop');
  };
  const amount = (own: object, side: Side, limits: object) => {
    const found = amountOf({ resources: own }, side, 'memory', ranges(limits));
    return found === undefined ? undefined : found / MIB;
  };

  test.each<[string, object, Side, object, bigint | undefined]>([
    ['its own', { requests: { memory: '1Mi' } }, 'requests', { defaultRequest: { memory: '9Mi' } }, 1n],
    ['its limit as its request', { limits: { memory: '2Mi' } }, 'requests', { defaultRequest: { memory: '9Mi' } }, 2n],
    [
      'the request that is filled in',
      {},
      'requests',
      { defaultRequest: { memory: '3Mi' }, default: { memory: '9Mi' } },
      3n,
    ],
    ['the limit that is filled in, as its request', {}, 'requests', { default: { memory: '4Mi' } }, 4n],
    ['the most, where there is no default', {}, 'limits', { max: { memory: '5Mi' } }, 5n],
    ['the least, where there is nothing else', {}, 'requests', { min: { memory: '6Mi' } }, 6n],
    ['no limit from a least', {}, 'limits', { min: { memory: '6Mi' } }, undefined],
    ['nothing', {}, 'requests', {}, undefined],
  ])('%s', (_, own, side, limits, expected) => {
    expect(amount(own, side, limits)).toBe(expected);
  });
});

test('amounts as people write them', () => {
  expect(formatted(1_500n * 1_000_000n, 'cpu')).toBe('1500m');
  expect(formatted(64n * MIB, 'memory')).toBe('64Mi');
});
