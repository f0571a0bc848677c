// needs: pulumi
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CustomResource } from '@pulumi/pulumi';
import type { OpMap, PulumiFn } from '@pulumi/pulumi/automation';
import type { Api } from '../api';
import type { KubeObject } from '../objects';
import { providerLine, providerPlugin } from '../provider';
import { Engine } from '../pulumi';
import { deployment, podSpec } from '../samples';
import { connect, isServing, kubeconfigPath, podsOf, scratchFolder } from '../suite';
import { waitUntil } from '../wait';

/** The engine and our way to talk to it. Where the provider is the stand-in, nothing is shown about the real one. */
const api: Api = connect();
const namespace = 'engine';
const pack = join(__dirname, '..', 'engine-pack');
const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace } };
const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
let engine: Engine;

/** A resource known by its token alone, as the real provider would take it. */
class Resource extends CustomResource {}

/** The provider calls the group that has no name `core`. */
function tokenOf({ apiVersion, kind }: KubeObject): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** A program as ours are: plain objects, registered one by one as resources of the Kubernetes provider. */
function deployed(image: string, replicas: number): PulumiFn {
  return () => {
    const register = (object: KubeObject, dependsOn: Resource[]): Resource =>
      new Resource(tokenOf(object), object.metadata.name, object, { dependsOn });
    const first = register(home, []);
    register(deployment(namespace, 'web', replicas, podSpec({}, { image })), [first]);
    return Promise.resolve();
  };
}

async function deploy(image: string, replicas: number): Promise<OpMap | undefined> {
  const stack = await engine.stack('testbed', deployed(image, replicas));
  return (await stack.up({ policyPacks: [pack] })).summary.resourceChanges;
}

beforeAll(async () => {
  engine = await Engine.start(kubeconfigPath());
});

afterAll(() => engine.stop());

const refused = /no-floating-image[\s\S]*image "registry.invalid\/web" has no tag/;

test('a preview of a program that a policy pack refuses fails and changes nothing', async () => {
  const stack = await engine.stack('testbed', deployed('registry.invalid/web', 2));
  await expect(stack.preview({ policyPacks: [pack] })).rejects.toThrow(refused);
  expect(await api.find(home)).toBeUndefined();
});

test('a preview of a good program succeeds and changes nothing either', async () => {
  const stack = await engine.stack('testbed', deployed('registry.invalid/web:1', 2));
  const { changeSummary } = await stack.preview({ policyPacks: [pack] });
  expect(changeSummary).toEqual({ create: 3 });
  expect(await api.find(home)).toBeUndefined();
});

test('what a policy pack refuses is not made, even when nobody has asked for a preview', async () => {
  await expect(deploy('registry.invalid/web', 2)).rejects.toThrow(refused);
  expect(await api.find(web)).toBeUndefined();
});

test('a good program comes up in the cluster', async () => {
  await deploy('registry.invalid/web:1', 2);
  await waitUntil('two pods to be ready', async () => (await podsOf(api, namespace)).filter(isServing).length === 2);
  expect(readdirSync(join(engine.stateFolder, '.pulumi', 'stacks', 'testbed'))).toContain('test.json');
});

test('the same program again changes nothing, another one changes what differs', async () => {
  expect(await deploy('registry.invalid/web:1', 2)).toEqual({ same: 3 });
  expect(await deploy('registry.invalid/web:1', 3)).toEqual({ same: 2, update: 1 });
  expect((await api.get(web))['spec']).toMatchObject({ replicas: 3 });
});

test('destroying the stack takes everything away', async () => {
  const stack = await engine.stack('testbed', deployed('registry.invalid/web:1', 3));
  await stack.destroy();
  expect(await api.find(web)).toBeUndefined();
  expect(await api.find(home)).toBeUndefined();
});

describe('a Kubernetes provider on PATH', () => {
  let folder: string;
  let path: string;
  const program = (): string => join(folder, 'pulumi-resource-kubernetes');

  /** The stand-in in the place of the real plugin: the engine starts it, and it leaves a file behind. */
  function install(mode: number): void {
    const stub = join(__dirname, '..', 'stand-in-provider.ts');
    const loader = pathToFileURL(require.resolve('tsx')).href;
    const command = `exec "${process.execPath}" --import "${loader}" "${stub}" "$KUBECONFIG"`;
    writeFileSync(program(), `#!/bin/sh\ntouch "${join(folder, 'started')}"\n${command}\n`);
    chmodSync(program(), mode);
  }

  beforeEach(() => {
    folder = scratchFolder('plugin');
    path = [folder, process.env['PATH']].join(delimiter);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is seen only when it is a program that can be run', () => {
    expect(providerPlugin(folder)).toBeUndefined();
    expect(providerLine(folder)).toContain('the stand-in, since pulumi-resource-kubernetes is not on PATH');
    mkdirSync(program());
    expect(providerPlugin(folder)).toBeUndefined();
    rmSync(program(), { recursive: true });
    install(0o644);
    expect(providerPlugin(folder)).toBeUndefined();
    install(0o755);
    expect(providerPlugin([tmpdir(), folder].join(delimiter))).toBe(program());
    expect(providerLine(folder)).toBe(`Kubernetes provider of Pulumi: ${program()}`);
  });

  test('is the one that the engine deploys with', async () => {
    install(0o755);
    const withPlugin = await Engine.start(kubeconfigPath(), path);
    try {
      const stack = await withPlugin.stack('plugin', deployed('registry.invalid/web:1', 1));
      await stack.up();
      expect(existsSync(join(folder, 'started'))).toBe(true);
      expect(await api.find(web)).toBeDefined();
      await stack.destroy();
      expect(await api.find(web)).toBeUndefined();
    } finally {
      withPlugin.stop();
    }
  });
});
