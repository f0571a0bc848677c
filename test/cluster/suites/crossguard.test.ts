// needs: pulumi
import { join } from 'node:path';
import { CustomResource } from '@pulumi/pulumi';
import type { EngineEvent, PulumiFn } from '@pulumi/pulumi/automation';
import { merged } from '../../../lib/blueprint/overrides';
import type { Manifest } from '../../../lib/kube/manifest';
import { judgeObject, withDefaults, type ObjectPolicy } from '../../../lib/policy';
import { POLICIES } from '../../../policies';
import { base, fixturesOf } from '../../policies/fixtures';
import { Engine } from '../pulumi';
import { kubeconfigPath } from '../suite';

/** Our policy pack in the real engine: it has to say of every good and bad file what Node says. Nothing is deployed. */
const packs = join(__dirname, '..', 'golden-packs');
let engine: Engine;

class Resource extends CustomResource {}

function tokenOf({ apiVersion, kind }: Manifest): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** A program that registers objects, each under a name that tells it from all others. */
const registering =
  (objects: readonly (Manifest | object)[]): PulumiFn =>
  () => {
    objects.forEach((object, index) => new Resource(tokenOf(object as Manifest), `case-${index}`, object));
    return Promise.resolve();
  };

async function previewed(pack: string, program: PulumiFn): Promise<{ events: EngineEvent[]; error: string }> {
  const stack = await engine.stack(`crossguard-${pack}`, program);
  const events: EngineEvent[] = [];
  try {
    await stack.preview({ policyPacks: [join(packs, pack)], onEvent: (event) => events.push(event) });
    return { events, error: '' };
  } catch (error) {
    return { events, error: String(error) };
  }
}

/** `case-3 liveness-probe path ...`, for each thing that the pack reported. */
function reported(events: readonly EngineEvent[]): string[] {
  return events
    .flatMap(({ policyEvent }) => policyEvent ?? [])
    .map(({ resourceUrn = '', policyName, message }) => {
      const path = message.split('\n').find((line) => line.includes('spec/') || line !== '')!;
      return `${resourceUrn.split('::').at(-1)} ${policyName} ${path}`;
    });
}

beforeAll(async () => {
  engine = await Engine.start(kubeconfigPath());
});

afterAll(() => engine.stop());

test('every good and bad file of a one-object policy is judged as Node judges it', async () => {
  const policies = POLICIES.filter((policy): policy is ObjectPolicy => policy.type === 'object');
  const unchanged = new Set(base().map((manifest) => JSON.stringify(manifest)));
  const objects = policies
    .flatMap(fixturesOf)
    .flatMap(({ manifests }) => manifests.filter((manifest) => !unchanged.has(JSON.stringify(manifest))));
  const expected = objects.flatMap((object, index) =>
    policies.flatMap((policy) => {
      const packed = { policy, severity: 'warning' as const, parameters: policy.parameters ?? {} };
      const verdict = judgeObject(packed, withDefaults(object));
      return verdict?.outcome === 'violation' ? [`case-${index} ${policy.id}`] : [];
    }),
  );
  const { events, error } = await previewed('all', registering(objects));
  expect(error).toBe('');
  const found = new Set(reported(events).map((line) => line.split(' ').slice(0, 2).join(' ')));
  expect([...found].sort()).toEqual([...new Set(expected)].sort());
  expect(expected.length).toBeGreaterThan(100);
});

describe('pack golden', () => {
  const changed = (container: object): Manifest[] =>
    base().map((manifest) =>
      manifest.kind === 'Deployment'
        ? (merged(manifest, {
            spec: { template: { spec: { containers: [{ name: 'web', ...container }] } } },
          }) as Manifest)
        : manifest,
    );

  test('lets the whole service through', async () => {
    expect(await previewed('golden', registering(base()))).toMatchObject({ error: '' });
  });

  test('refuses what breaks a one-object policy, and names the field', async () => {
    const { error } = await previewed('golden', registering(changed({ livenessProbe: null })));
    expect(error).toMatch(/liveness-probe[\s\S]*spec\/template\/spec\/containers\[name=web\]\/livenessProbe/);
  });

  test('refuses what breaks a graph policy', async () => {
    const { error } = await previewed(
      'golden',
      registering(base().filter(({ kind }) => kind !== 'PodDisruptionBudget')),
    );
    expect(error).toContain('disruption-budget');
  });
});
