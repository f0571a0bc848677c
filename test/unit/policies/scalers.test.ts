import type { Manifest } from '../../../lib/kube/manifest';
import { podSource, World } from '../../../lib/policy';
import { mostPods, podCount, scalers } from '../../../policies/scalers';

const workload = (kind: string, spec: object = {}, apiVersion = 'apps/v1'): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { spec: { containers: [] } }, ...spec },
});

const hpa = (spec: object): Manifest => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, ...spec },
});

const keda = (spec: object): Manifest => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { scaleTargetRef: { name: 'web' }, ...spec },
});

function counts(object: Manifest, ...others: Manifest[]) {
  const world = new World([object, ...others]);
  const source = podSource(object)!;
  return { ...podCount(world, source), most: mostPods(world, source) };
}

describe('how many pods there are', () => {
  test.each<[string, Manifest, Manifest[], object]>([
    ['one where nothing is said', workload('Deployment'), [], { min: 1, max: 1, most: 2 }],
    ['what the workload says', workload('Deployment', { replicas: 8 }), [], { min: 8, max: 8, most: 10 }],
    [
      'what its autoscaler says',
      workload('Deployment', { replicas: 8 }),
      [hpa({ minReplicas: 3, maxReplicas: 10 })],
      { min: 3, max: 10, most: 13 },
    ],
    ['an autoscaler keeps one', workload('Deployment'), [hpa({ maxReplicas: 4 })], { min: 1, max: 4, most: 5 }],
    ['KEDA keeps none, and stops at 100', workload('Deployment'), [keda({})], { min: 0, max: 100, most: 125 }],
    [
      'what KEDA is told',
      workload('Deployment'),
      [keda({ minReplicaCount: 2, maxReplicaCount: 4 })],
      { min: 2, max: 4, most: 5 },
    ],
    [
      'a surge in pods',
      workload('Deployment', { replicas: 4, strategy: { rollingUpdate: { maxSurge: 3 } } }),
      [],
      { min: 4, max: 4, most: 7 },
    ],
    [
      'a surge is rounded up',
      workload('Deployment', { replicas: 3, strategy: { rollingUpdate: { maxSurge: '34%' } } }),
      [],
      { min: 3, max: 3, most: 5 },
    ],
    [
      'none beside what goes first',
      workload('Deployment', { replicas: 4, strategy: { type: 'Recreate' } }),
      [],
      { min: 4, max: 4, most: 4 },
    ],
    ['a StatefulSet replaces in place', workload('StatefulSet', { replicas: 4 }), [], { min: 4, max: 4, most: 4 }],
    [
      'a canary',
      workload('Rollout', { replicas: 4, strategy: { canary: { maxSurge: 2 } } }, 'argoproj.io/v1alpha1'),
      [],
      { min: 4, max: 4, most: 6 },
    ],
    [
      'blue and green',
      workload('Rollout', { replicas: 4, strategy: { blueGreen: {} } }, 'argoproj.io/v1alpha1'),
      [],
      { min: 4, max: 4, most: 8 },
    ],
    ['pods of a Job side by side', workload('Job', { parallelism: 3 }, 'batch/v1'), [], { min: 3, max: 3, most: 3 }],
    ['as many as nodes', workload('DaemonSet'), [], { most: 1 }],
  ])('%s', (_, object, others, expected) => {
    expect(counts(object, ...others)).toEqual(expected);
  });
});

describe('the CPU targets of a scaler', () => {
  const target = { type: 'Utilization', averageUtilization: 50 };
  test.each<[string, Manifest, number[]]>([
    ['of a resource', hpa({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] }), [50]],
    [
      'of a container',
      hpa({ metrics: [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web', target } }] }),
      [50],
    ],
    ['of no memory', hpa({ metrics: [{ type: 'Resource', resource: { name: 'memory', target } }] }), []],
    [
      'of no amount',
      hpa({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageValue: '1' } } }] }),
      [],
    ],
    ['of autoscaling/v1', hpa({ targetCPUUtilizationPercentage: 60 }), [60]],
    ['of KEDA', keda({ triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } }] }), [70]],
    ['of an older KEDA', keda({ triggers: [{ type: 'cpu', metadata: { type: 'Utilization', value: '70' } }] }), [70]],
    [
      'of no amount of KEDA',
      keda({ triggers: [{ type: 'cpu', metricType: 'AverageValue', metadata: { value: '1' } }] }),
      [],
    ],
    [
      'of another trigger',
      keda({ triggers: [{ type: 'memory', metricType: 'Utilization', metadata: { value: '7' } }] }),
      [],
    ],
    ['of no number', keda({ triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: 'x' } }] }), []],
  ])('%s', (_, object, expected) => {
    expect(scalers(new World([object]))[0]!.cpuTargets.map(({ percent }) => percent)).toEqual(expected);
  });
});
