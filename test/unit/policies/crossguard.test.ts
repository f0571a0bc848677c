import { unknownCheckingProxy, UnknownValueError } from '@pulumi/policy';
import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import type { Manifest } from '../../../lib/kube/manifest';
import { crossguardPolicies } from '../../../policies/crossguard';
import { merged } from '../../../lib/blueprint/overrides';
import { base } from '../../policies/fixtures';

const policies = crossguardPolicies('golden');
const NOT_APPLICABLE = 'not applicable';
/** As the engine writes a value that is not known before the deployment. */
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

function policy<T extends ResourceValidationPolicy | StackValidationPolicy>(name: string): T {
  return policies.find((one) => one.name === name) as T;
}

function typeOf({ apiVersion, kind }: Manifest): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

function validated(name: string, props: unknown, type = 'kubernetes:apps/v1:Deployment'): string[] {
  const found: string[] = [];
  const { validateResource } = policy<ResourceValidationPolicy>(name);
  const args = {
    type,
    props,
    notApplicable: () => {
      throw new Error(NOT_APPLICABLE);
    },
  };
  // One function, as all of ours.
  (validateResource as (given: unknown, report: (message: string) => void) => void)(args, (message) =>
    found.push(message),
  );
  return found;
}

function validatedStack(name: string, manifests: readonly unknown[]): { message: string; urn: string | undefined }[] {
  const found: { message: string; urn: string | undefined }[] = [];
  const resources = manifests.map((props, index) => ({
    type: typeOf(base()[index] ?? (props as Manifest)),
    props,
    urn: `urn-${index}`,
  }));
  const args = {
    resources: [{ type: 'pulumi:pulumi:Stack', props: {}, urn: 'stack' }, ...resources],
    notApplicable: () => {
      throw new Error(NOT_APPLICABLE);
    },
  };
  const { validateStack } = policy<StackValidationPolicy>(name);
  (validateStack as (given: unknown, report: (message: string, urn?: string) => void) => void)(args, (message, urn) =>
    found.push({ message, urn }),
  );
  return found;
}

const deployment = () => base().find(({ kind }) => kind === 'Deployment')!;
const changed = (container: object) =>
  merged(deployment(), { spec: { template: { spec: { containers: [{ name: 'web', ...container }] } } } });

test('is made of the same policies: errors stop, everything else is advice', () => {
  expect(policy('liveness-probe')).toMatchObject({
    description: 'What runs without an end has a liveness probe',
    enforcementLevel: 'mandatory',
  });
  expect(policy('cpu-limit')).toMatchObject({ enforcementLevel: 'advisory' });
});

test('judges a resource as the other places do', () => {
  expect(validated('liveness-probe', deployment())).toEqual([]);
  expect(validated('liveness-probe', changed({ livenessProbe: null }))).toEqual([
    expect.stringContaining('spec/template/spec/containers[name=web]/livenessProbe is missing'),
  ]);
});

test('judges a stack as the other places do, and names the resource', () => {
  expect(validatedStack('disruption-budget', base())).toEqual([]);
  const without = base().filter(({ kind }) => kind !== 'PodDisruptionBudget');
  expect(validatedStack('disruption-budget', without)).toEqual([
    { message: expect.any(String), urn: `urn-${without.findIndex(({ kind }) => kind === 'Deployment')}` },
  ]);
});

test('has nothing to say about other resources', () => {
  expect(validated('liveness-probe', { bucket: 'x' }, 'aws:s3/bucket:Bucket')).toEqual([]);
  expect(validated('liveness-probe', {}, 'kubernetes:yaml:ConfigGroup')).toEqual([]);
  expect(validated('liveness-probe', { apiVersion: 'v1', kind: 'Service' }, 'kubernetes:core/v1:Service')).toEqual([]);
});

describe('what is not known before the deployment', () => {
  const unknownImage = () => unknownCheckingProxy(changed({ image: UNKNOWN }));

  test('is thrown to the engine by a policy that reads it, which then says that it cannot know', () => {
    expect(() => validated('image-digest', unknownImage())).toThrow(UnknownValueError);
  });

  test('is nothing to a policy that does not read it', () => {
    expect(validated('liveness-probe', unknownImage())).toEqual([]);
  });

  test('is never taken for something that is missing', () => {
    const probe = unknownCheckingProxy(changed({ livenessProbe: UNKNOWN }));
    expect(() => validated('liveness-probe', probe)).toThrow(UnknownValueError);
  });

  test('in a stack is thrown by a graph policy that reads it', () => {
    const manifests = base().map((manifest) =>
      manifest.kind === 'PodDisruptionBudget' ? unknownCheckingProxy({ ...manifest, spec: UNKNOWN }) : manifest,
    );
    expect(() => validatedStack('disruption-budget', manifests)).toThrow(UnknownValueError);
    expect(validatedStack('autoscaler-single', manifests)).toEqual([]);
  });
});
