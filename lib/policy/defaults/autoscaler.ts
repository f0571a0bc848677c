import { deepFreeze } from '../../core/data';
import { always, each, object, or, type Fill } from './fill';
import { quantity } from './quantities';

const CPU = deepFreeze([
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
]);

const DOUBLE = { type: 'Percent', value: 100, periodSeconds: 15 };
const UP = deepFreeze([{ type: 'Pods', value: 4, periodSeconds: 15 }, DOUBLE]);
const DOWN = deepFreeze([DOUBLE]);

const source = object({ target: object({ value: quantity, averageValue: quantity }) });

const metric = object({
  resource: source,
  containerResource: source,
  pods: source,
  object: source,
  external: source,
});

const behavior = object({
  scaleUp: always(object({ stabilizationWindowSeconds: or(0), selectPolicy: or('Max'), policies: or(UP) })),
  // How long to wait before scaling down is a flag of the controller, unless the object says it.
  scaleDown: always(object({ selectPolicy: or('Max'), policies: or(DOWN) })),
});

export const autoscalers: Readonly<Record<string, Fill>> = {
  'autoscaling/v1/HorizontalPodAutoscaler': object({
    spec: object({ minReplicas: or(1), targetCPUUtilizationPercentage: or(80) }),
  }),
  'autoscaling/v2/HorizontalPodAutoscaler': object({
    spec: object({
      minReplicas: or(1),
      metrics: (value, parent) => (value === undefined ? CPU : each(metric)(value, parent)),
      behavior,
    }),
  }),
};
