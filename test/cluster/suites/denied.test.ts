import { setTimeout as sleep } from 'node:timers/promises';
import { POLICIES } from '../../../policies';
import {
  containersWhere,
  judgeObject,
  objectPolicy,
  withDefaults,
  type ObjectPolicy,
  type Pack,
} from '../../../lib/policy';
import { admissionPolicies } from '../../../lib/policy/admission-export';
import type { Manifest } from '../../../lib/kube/manifest';
import { base, fixturesOf } from '../../policies/fixtures';
import { ApiError, type Api } from '../api';
import type { KubeObject } from '../objects';
import { connect, makeNamespace } from '../suite';
import { waitUntil } from '../wait';

/**
 * The exported policies on a real API server: it has to say of every good and bad file what the engine says, in the same
 * words. The documents are the same; what could differ is the evaluator.
 */
const api: Api = connect();
const TODAY = '2026-01-01';
const ENFORCED = { 'golden-path.dev/enforce': '' };

const policies = POLICIES.filter((policy): policy is ObjectPolicy => policy.type === 'object');
const packOf = (name: string, ...members: ObjectPolicy[]): Pack => ({
  name,
  policies: members.map((policy) => ({ policy, severity: 'error', parameters: policy.parameters ?? {} })),
});
const pack = packOf('all', ...policies);
const exported = admissionPolicies(pack, { enforce: true, waivers: [], today: TODAY }) as unknown as KubeObject[];

interface TypeChecked extends KubeObject {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly typeChecking?: { readonly expressionWarnings?: readonly { readonly warning: string }[] };
  };
}

/** What the server has to say about the types in a policy, once it has looked. */
async function typeWarnings(policy: KubeObject): Promise<string[]> {
  const checked = await waitUntil(`the types of ${policy.metadata.name} to be checked`, async () => {
    const stored = await api.get<TypeChecked>(policy);
    return stored.status?.observedGeneration === undefined ? undefined : stored;
  });
  return (checked.status?.typeChecking?.expressionWarnings ?? []).map(({ warning }) => warning);
}

/** The answer to a create that is not kept: the words of the refusal, or nothing. A kind that is not installed has none. */
async function answerTo(object: Manifest): Promise<{ said: string } | undefined> {
  try {
    await api.create(object, { dryRun: true });
    return { said: '' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.message.includes('does not know this kind')) return undefined;
    // It is there already: nothing had anything against it.
    return { said: error.status === 409 ? '' : error.message };
  }
}

/** As every namespace in which the export holds has it. */
function enforced(manifest: Manifest): Manifest {
  if (manifest.kind !== 'Namespace') return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, labels: { ...manifest.metadata.labels, ...ENFORCED } } };
}

/** What the server changes before admission sees it: image volumes are behind a gate, and `stringData` becomes `data`. */
const CHANGED_BEFORE = /image-\w+\/\w+\/volume\.yaml|secret-values\/bad\/string-data\.yaml/;

const unchanged = new Set(base().map((manifest) => JSON.stringify(manifest)));
const cases = policies
  .flatMap(fixturesOf)
  .filter(({ name }) => !CHANGED_BEFORE.test(name))
  .flatMap(({ name, manifests }) =>
    manifests
      .filter((manifest) => !unchanged.has(JSON.stringify(manifest)))
      .map((manifest) => ({
        name: `${name}: ${manifest.kind} ${manifest.metadata.name}`,
        manifest: enforced(manifest),
      })),
  );

beforeAll(async () => {
  const namespaces = new Set(cases.map(({ manifest }) => manifest.metadata.namespace ?? 'default'));
  for (const name of namespaces) {
    const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    if (await api.find(home)) await api.patch(home, { metadata: { labels: ENFORCED } });
    else await makeNamespace(api, name, ENFORCED);
  }
  for (const kind of ['PriorityClass', 'ServiceAccount']) {
    for (const object of base().filter((one) => one.kind === kind)) await api.apply(object);
  }
  for (const object of exported) await api.apply(object);
});

afterAll(async () => {
  for (const object of [...exported].reverse()) await api.remove(object);
});

test('the server finds nothing wrong with the types of our expressions', async () => {
  const warnings: string[] = [];
  for (const policy of exported.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy'))
    warnings.push(...(await typeWarnings(policy)).map((warning) => `${policy.metadata.name}: ${warning}`));
  expect(warnings).toEqual([]);
});

test('a misspelt field is found by it', async () => {
  const misspelt = objectPolicy({
    ...policies.find(({ id }) => id === 'liveness-probe')!,
    id: 'misspelt',
    offenders: containersWhere('main', '!has(c.livenesProbe)', 'livenessProbe'),
  });
  const [policy] = admissionPolicies(packOf('planted', misspelt), { enforce: false, waivers: [], today: TODAY });
  await api.apply(policy as unknown as KubeObject);
  expect((await typeWarnings(policy as unknown as KubeObject)).join()).toContain('livenesProbe');
  await api.remove(policy as unknown as KubeObject);
});

test('every good and bad file is judged as the engine judges it, in the same words', async () => {
  const differences: string[] = [];
  let judged = 0;
  let refused = 0;
  for (const { name, manifest } of cases) {
    const expected = engineSays(manifest);
    // A policy holds some moments after it was stored, each on its own.
    const answer = await patiently(manifest, expected);
    // What is no valid object at all the server refuses before any policy.
    if (answer === undefined || isInvalid(answer.said)) continue;
    judged += 1;
    if (expected !== '') refused += 1;
    if (!agrees(answer.said, expected)) differences.push(`${name}\n  engine: ${expected}\n  server: ${answer.said}`);
  }
  expect(differences).toEqual([]);
  // Nothing could differ if nothing was asked.
  expect(judged).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(100);
});

/** The message of the first policy that the engine finds broken, or nothing. */
function engineSays(manifest: Manifest): string {
  for (const packed of pack.policies) {
    const verdict = judgeObject(packed, withDefaults(manifest));
    if (verdict?.outcome === 'violation')
      return `${packed.policy.id}: ${verdict.offenders.join(', ')} ${(packed.policy as ObjectPolicy).message}`;
  }
  return '';
}

/** Whether the server's words are the engine's. */
function agrees(said: string, expected: string): boolean {
  return expected === '' ? said === '' : said.includes(expected);
}

/** A refusal that is nobody’s policy. */
function isInvalid(said: string): boolean {
  return said !== '' && !said.includes('ValidatingAdmissionPolicy');
}

async function patiently(manifest: Manifest, expected: string): Promise<{ said: string } | undefined> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const answer = await answerTo(manifest);
    if (answer === undefined || isInvalid(answer.said) || agrees(answer.said, expected)) return answer;
    await sleep(500);
  }
  return answerTo(manifest);
}

describe('an update', () => {
  const namespace = 'denied-update';
  const probe = containersWhere('main', '!has(c.livenessProbe)', 'livenessProbe');
  const container = (name: string) => ({ name, image: 'registry.invalid/app:1' });
  const workload = (containers: object[], labels: Record<string, string> = {}): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'old', namespace, labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'old' } },
      template: { metadata: { labels: { app: 'old' } }, spec: { containers } },
    },
  });
  const own = admissionPolicies(
    packOf('update', objectPolicy({ ...policies.find(({ id }) => id === 'liveness-probe')!, offenders: probe })),
    { enforce: true, waivers: [], today: TODAY },
  ) as unknown as KubeObject[];

  beforeAll(async () => {
    await makeNamespace(api, namespace);
    await api.create(workload([container('first')]));
    // The pack of all policies is out of the way here.
    for (const object of [...exported].reverse()) await api.remove(object);
    for (const object of own) await api.apply(object);
    await api.patch(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { metadata: { labels: ENFORCED } },
    );
    const fresh = { ...workload([container('first')]), metadata: { name: 'fresh', namespace } } as unknown as Manifest;
    await waitUntil(
      'the policy to hold',
      async () => (await answerTo(fresh))!.said.includes('liveness-probe') || undefined,
    );
  });

  afterAll(async () => {
    for (const object of [...own].reverse()) await api.remove(object);
  });

  test('of what was there before passes when it adds nothing bad', async () => {
    await expect(api.apply(workload([container('first')], { mended: 'elsewhere' }))).resolves.toBeDefined();
  });

  test('that adds an offender is refused, for that one only', async () => {
    const said = await api.apply(workload([container('first'), container('second')])).then(
      () => '',
      (error: unknown) => String(error),
    );
    expect(said).toContain('containers[name=second]/livenessProbe');
    expect(said).not.toContain('containers[name=first]');
  });
});

describe('without --enforce', () => {
  test('an offender is let in with a warning', async () => {
    const namespace = 'denied-warned';
    await makeNamespace(api, namespace, ENFORCED);
    const warned = admissionPolicies(
      packOf(
        'warned',
        policies.find(({ id }) => id === 'liveness-probe')!,
      ),
      {
        enforce: false,
        waivers: [],
        today: TODAY,
      },
    ) as unknown as KubeObject[];
    for (const object of warned) await api.apply(object);
    const bare = base().find(({ kind }) => kind === 'Deployment')!;
    const object = {
      ...bare,
      metadata: { name: 'bare', namespace },
      spec: {
        ...(bare.spec as object),
        template: {
          metadata: { labels: (bare.spec as { selector: { matchLabels: object } }).selector.matchLabels },
          spec: { containers: [{ name: 'app', image: 'x' }] },
        },
      },
    } as unknown as KubeObject;
    const warnings: string[] = [];
    await waitUntil('a warning instead of a refusal', async () => {
      // The policies of the tests before hold some moments after they are gone.
      const answer = await api
        .create(object, { dryRun: true, warn: (warning) => warnings.push(warning) })
        .catch(refusedStill);
      return answer !== undefined && warnings.length > 0;
    });
    expect(warnings.join()).toContain('containers[name=app]/livenessProbe');
    for (const one of [...warned].reverse()) await api.remove(one);
  });
});

function refusedStill(error: unknown): undefined {
  if (!(error instanceof ApiError)) throw error;
}
