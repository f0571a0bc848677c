import { isRecord } from '../../core/data';
import { always, asGiven, each, object, or, orPositive, type Fill } from './fill';
import { quantity, resourceList } from './quantities';

/** A reference to a field of the pod, or to an amount of a container. */
export const downwardSource: Readonly<Record<string, Fill>> = {
  fieldRef: object({ apiVersion: or('v1') }),
  resourceFieldRef: object({ divisor: (value, parent) => quantity(value ?? '0', parent) }),
};

const httpGet = object({ path: or('/'), scheme: or('HTTP') });

const probe = object({
  timeoutSeconds: orPositive(1),
  periodSeconds: orPositive(10),
  successThreshold: orPositive(1),
  failureThreshold: orPositive(3),
  httpGet,
  grpc: object({ service: or('') }),
});

const handler = object({ httpGet });

/** What differs between a pod and the template of one. */
export interface ContainerKind {
  /** Whether an amount that is limited and not requested is requested. */
  readonly requestsLimits: boolean;
  /** Whether ports are those of the node. */
  readonly onHostNetwork: boolean;
}

export function container({ requestsLimits, onHostNetwork }: ContainerKind): Fill {
  return object({
    imagePullPolicy: pullPolicy,
    terminationMessagePath: or('/dev/termination-log'),
    terminationMessagePolicy: or('File'),
    ports: each(object({ protocol: or('TCP'), hostPort: onHostNetwork ? samePort : asGiven })),
    env: each(object({ valueFrom: object(downwardSource) })),
    resources: always(object({ limits: resourceList, requests: requestsLimits ? withLimits : resourceList })),
    startupProbe: probe,
    readinessProbe: probe,
    livenessProbe: probe,
    lifecycle: object({ postStart: handler, preStop: handler }),
  });
}

const samePort: Fill = (value, { containerPort }) => (value === undefined || value === 0 ? containerPort : value);

const withLimits: Fill = (value, parent) => {
  const { limits } = parent;
  const requests = value ?? {};
  if (!isRecord(limits) || !isRecord(requests)) return value;
  const isComplete = Object.keys(limits).every((resource) => Object.hasOwn(requests, resource));
  return resourceList(isComplete ? value : { ...limits, ...requests }, parent);
};

const pullPolicy: Fill = (value, { image }) => {
  if (value !== undefined && value !== '') return value;
  return typeof image === 'string' && tagOf(image) === 'latest' ? 'Always' : 'IfNotPresent';
};

/** A digest says which image it is; without one and without a tag it is the latest. */
function tagOf(image: string): string | undefined {
  const [name = '', digest] = image.split('@');
  const tag = /:([^:/]+)$/.exec(name)?.[1];
  return tag ?? (digest === undefined && name !== '' ? 'latest' : undefined);
}
