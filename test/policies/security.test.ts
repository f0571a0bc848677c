import type { Manifest } from '../../lib/kube/manifest';
import { judge, type Finding, type Parameter } from '../../lib/policy';
import { POLICIES } from '../../policies';

function findings(id: string, objects: readonly Manifest[], parameters: Record<string, Parameter> = {}) {
  const policy = POLICIES.find((one) => one.id === id)!;
  const { findings: found, errors } = judge(objects, {
    name: id,
    policies: [{ policy, severity: 'error', parameters: { ...policy.parameters, ...parameters } }],
  });
  expect(errors).toEqual([]);
  return found;
}

const paths = (found: readonly Finding[]): string[] => found.map(({ path }) => path);

const pod = (spec: Record<string, unknown>, annotations?: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'web', ...(annotations && { annotations }) },
  spec,
});

const withImage = (image: string): Manifest[] => [pod({ containers: [{ name: 'web', image }] })];

const DIGEST = `@sha256:${'a'.repeat(64)}`;

describe('image-registry with registries', () => {
  const registries = ['ghcr.io/acme', 'registry.internal:5000'];

  test.each(['ghcr.io/acme/web:1', 'ghcr.io/acme/shop/web', `ghcr.io/acme${DIGEST}`, 'registry.internal:5000/web:1'])(
    '%s is allowed',
    (image) => {
      expect(findings('image-registry', withImage(image), { registries })).toEqual([]);
    },
  );

  test.each(['ghcr.io/acmes/web:1', 'ghcr.io/web:1', 'nginx', 'acme/web', 'registry.internal/web:1'])(
    '%s is not',
    (image) => {
      expect(paths(findings('image-registry', withImage(image), { registries }))).toEqual([
        'spec/containers[name=web]/image',
      ]);
    },
  );
});

test('image-digest with allowTags lets tags of those repositories pass', () => {
  const allowTags = ['ghcr.io/acme/web'];
  expect(findings('image-digest', withImage('ghcr.io/acme/web:1.0.0'), { allowTags })).toEqual([]);
  expect(findings('image-digest', withImage('ghcr.io/acme/webs:1.0.0'), { allowTags })).toHaveLength(1);
});

test('an annotation of a bare pod is found where it is', () => {
  const annotations = { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' };
  expect(paths(findings('pod-security-app-armor', [pod({ containers: [] }, annotations)]))).toEqual([
    'metadata/annotations/container.apparmor.security.beta.kubernetes.io~1web',
  ]);
});

test('init and ephemeral containers count', () => {
  const privileged = (name: string) => [{ name, securityContext: { privileged: true } }];
  const spec = { containers: [], initContainers: privileged('init'), ephemeralContainers: privileged('debug') };
  expect(paths(findings('pod-security-privileged', [pod(spec)]))).toEqual([
    'spec/ephemeralContainers[name=debug]/securityContext/privileged',
    'spec/initContainers[name=init]/securityContext/privileged',
  ]);
});

test('a pod for Windows is not asked for what only Linux has', () => {
  const windows = [pod({ os: { name: 'windows' }, containers: [{ name: 'web' }] })];
  for (const id of [
    'pod-security-privilege-escalation',
    'pod-security-capabilities-restricted',
    'pod-security-seccomp-restricted',
    'read-only-root-filesystem',
  ])
    expect(findings(id, windows)).toEqual([]);
  expect(findings('pod-security-run-as-non-root', windows)).toHaveLength(1);
});

test('a security context that is missing is mended as a whole', () => {
  const spec = { containers: [{ name: 'bare' }, { name: 'some', securityContext: {} }] };
  expect(findings('pod-security-privilege-escalation', [pod(spec)]).map(({ patch }) => patch)).toEqual([
    [{ op: 'add', path: 'spec/containers[name=bare]/securityContext', value: { allowPrivilegeEscalation: false } }],
    [{ op: 'add', path: 'spec/containers[name=some]/securityContext/allowPrivilegeEscalation', value: false }],
  ]);
});

test('a secret is told of and not shown', () => {
  const env = [{ name: 'DATABASE_PASSWORD', value: 'correct-horse-battery' }];
  const [finding, ...more] = findings('secret-literals', [pod({ containers: [{ name: 'web', env }] })]);
  expect(more).toEqual([]);
  expect(finding!.path).toBe('spec/containers[name=web]/env[name=DATABASE_PASSWORD]/value');
  expect(JSON.stringify({ ...finding, object: undefined })).not.toContain('horse');
});
