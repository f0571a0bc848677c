import { merged } from '../../lib/blueprint/overrides';
import { packFor } from '../../lib/check/profile-parameters';
import type { Manifest } from '../../lib/kube/manifest';
import { judge, resolvePack } from '../../lib/policy';
import { Project } from '../../lib/fleet/project';
import { PACKS, POLICIES } from '../../policies';

/**
 * What the seeds demand of a service, each taken away from the rendered shop: the policy that is named has to catch it, or
 * the demand would be a promise that nobody keeps an eye on.
 */
const rendering = Project.load('stacks/online-boutique').in('prod');
const pack = packFor(resolvePack('golden', PACKS, POLICIES), rendering.platform);
const SERVICE = 'checkout';

const shop: Manifest[] = [
  ...rendering.platformGroups().groups,
  ...rendering.names.flatMap((name) => rendering.service(name).groups),
].flatMap(({ manifests }) => [...manifests]);

const ofService = ({ kind, metadata }: Manifest, wanted: string, name?: string): boolean =>
  kind === wanted &&
  (metadata.namespace ?? metadata.name) === SERVICE &&
  (name === undefined || metadata.name === name);

/** The shop with one kind of object of one service changed. */
function changed(kind: string, change: object, name?: string): Manifest[] {
  expect(shop.some((manifest) => ofService(manifest, kind, name))).toBe(true);
  return shop.map((manifest) => (ofService(manifest, kind, name) ? (merged(manifest, change) as Manifest) : manifest));
}

function without(kind: string, name?: string): Manifest[] {
  expect(shop.some((manifest) => ofService(manifest, kind, name))).toBe(true);
  return shop.filter((manifest) => !ofService(manifest, kind, name));
}

const pod = (spec: object): Manifest[] => changed('Deployment', { spec: { template: { spec } } });
const container = (change: object): Manifest[] => pod({ containers: [{ name: SERVICE, ...change }] });

/** Policies that find an error. */
function caughtBy(manifests: readonly Manifest[]): string[] {
  const { findings, errors } = judge(manifests, pack);
  expect(errors).toEqual([]);
  return [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ policy }) => policy))];
}

test('the rendered shop breaks nothing', () => {
  expect(judge(shop, pack)).toMatchObject({ findings: [], errors: [] });
});

test.each<[string, () => Manifest[], string]>([
  ['a liveness probe', () => container({ livenessProbe: null }), 'liveness-probe'],
  ['a readiness probe', () => container({ readinessProbe: null }), 'readiness-probe'],
  ['a startup probe', () => container({ startupProbe: null }), 'startup-probe'],
  ['a CPU request', () => container({ resources: { requests: { cpu: null }, limits: { cpu: null } } }), 'cpu-request'],
  ['a memory limit', () => container({ resources: { limits: { memory: null } } }), 'memory-limit'],
  [
    'memory requested as it is limited',
    () => container({ resources: { limits: { memory: '900Mi' } } }),
    'memory-request-is-limit',
  ],
  ['an autoscaler', () => without('HorizontalPodAutoscaler'), 'autoscaler-present'],
  [
    'a CPU target that survives a zone',
    () =>
      changed('HorizontalPodAutoscaler', {
        spec: {
          metrics: [
            {
              type: 'ContainerResource',
              containerResource: {
                name: 'cpu',
                container: SERVICE,
                target: { type: 'Utilization', averageUtilization: 80 },
              },
            },
          ],
        },
      }),
    'autoscaler-zone-loss',
  ],
  [
    'as many pods as the tier needs',
    () => changed('HorizontalPodAutoscaler', { spec: { minReplicas: 1 } }),
    'autoscaler-minimum',
  ],
  ['a disruption budget', () => without('PodDisruptionBudget'), 'disruption-budget'],
  [
    'a budget that lets a drain end',
    () => changed('PodDisruptionBudget', { spec: { maxUnavailable: 0 } }),
    'disruption-budget-drain',
  ],
  ['a quota', () => without('ResourceQuota'), 'resource-quota'],
  [
    'a quota that holds a rollout at the maximum',
    () => changed('ResourceQuota', { spec: { hard: { pods: '20' } } }),
    'resource-quota-fits',
  ],
  ['a LimitRange', () => without('LimitRange'), 'limit-range'],
  ['a namespace that denies by default', () => without('NetworkPolicy', 'deny-all'), 'default-deny'],
  ['an allow at the caller’s end', () => changed('NetworkPolicy', { spec: { egress: [] } }, SERVICE), 'call-allowed'],
  ['a spread over zones', () => pod({ topologySpreadConstraints: null }), 'zone-spread'],
  ['a priority', () => pod({ priorityClassName: null }), 'priority-class'],
  ['no wait for a node that is gone', () => pod({ tolerations: null }), 'node-loss-tolerations'],
  ['a pause before the end', () => container({ lifecycle: null }), 'pre-stop'],
  ['time to finish what is in flight', () => pod({ terminationGracePeriodSeconds: 12 }), 'pre-stop-fits-grace'],
  [
    'a rollout that takes no capacity',
    () => changed('Deployment', { spec: { strategy: { rollingUpdate: { maxUnavailable: 1 } } } }),
    'rolling-update',
  ],
  ['a user that is not root', () => pod({ securityContext: { runAsNonRoot: null } }), 'pod-security-run-as-non-root'],
  [
    'a root file system that nobody writes to',
    () => container({ securityContext: { readOnlyRootFilesystem: false } }),
    'read-only-root-filesystem',
  ],
  [
    'no way up',
    () => container({ securityContext: { allowPrivilegeEscalation: true } }),
    'pod-security-privilege-escalation',
  ],
  [
    'no capabilities',
    () => container({ securityContext: { capabilities: null } }),
    'pod-security-capabilities-restricted',
  ],
  ['seccomp', () => pod({ securityContext: { seccompProfile: null } }), 'pod-security-seccomp-restricted'],
  ['no token', () => pod({ automountServiceAccountToken: null }), 'service-account-token'],
  ['an account of its own', () => pod({ serviceAccountName: null }), 'default-service-account'],
  ['a limited /tmp', () => pod({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit: null } }] }), 'empty-dir-limit'],
  ['an image that cannot change', () => container({ image: 'ghcr.io/acme/checkout:1.0.0' }), 'image-digest'],
  [
    'Pod Security in the namespace',
    () => changed('Namespace', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': null } } }),
    'pod-security-labels',
  ],
  ['an owner', () => changed('Deployment', { metadata: { labels: { 'golden-path.dev/team': null } } }), 'owner-label'],
  [
    'no secret in the open',
    () => container({ env: [{ name: 'DB_PASSWORD', value: 'hunter2-hunter2' }] }),
    'secret-literals',
  ],
])('%s', (_, manifests, policy) => {
  expect(caughtBy(manifests())).toContain(policy);
});
