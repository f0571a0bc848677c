import { isRecord } from '../../core/data';
import { container } from './container';
import { always, asGiven, each, object, or, type Fill } from './fill';
import { resourceList } from './quantities';
import { volume } from './volume';

const TEMPLATE = { requestsLimits: false, onHostNetwork: false };
const POD = { requestsLimits: true, onHostNetwork: false };
const HOST_POD = { requestsLimits: true, onHostNetwork: true };

function specOf(containerOf: Fill, more: Readonly<Record<string, Fill>> = {}): Fill {
  return object({
    dnsPolicy: or('ClusterFirst'),
    restartPolicy: or('Always'),
    schedulerName: or('default-scheduler'),
    securityContext: always(asGiven),
    // Two names of one field.
    serviceAccountName: (value, { serviceAccount }) => value ?? serviceAccount,
    serviceAccount: (_, { serviceAccountName }) => serviceAccountName,
    terminationGracePeriodSeconds: or(30),
    overhead: resourceList,
    resources: object({ limits: resourceList, requests: resourceList }),
    volumes: each(volume),
    initContainers: each(containerOf),
    containers: each(containerOf),
    ephemeralContainers: each(containerOf),
    ...more,
  });
}

const templateSpec = specOf(container(TEMPLATE));

export const podTemplate = object({ metadata: always(asGiven), spec: templateSpec });

const ofPodsOnly = { enableServiceLinks: or(true) };
const podSpec = specOf(container(POD), ofPodsOnly);
const hostPodSpec = specOf(container(HOST_POD), ofPodsOnly);

/** The server completes a pod further than the template of one: what a template leaves open is decided with the pod. */
export const pod = object({
  spec: (value, parent) =>
    isRecord(value) && value.hostNetwork === true ? hostPodSpec(value, parent) : podSpec(value, parent),
});
