import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Api } from './api';
import { conditionOf, type KubeObject } from './objects';
import { waitUntil } from './wait';

interface Source {
  readonly module: string;
  readonly version: string;
  /** Checksum of the module, as in go.sum. */
  readonly sum: string;
  /** File or folder inside the module. */
  readonly path: string;
}

/**
 * The custom resource definitions of real operators, read out of the Go modules they are released as; their files are
 * never copied here. One more is one more entry: `go mod download -json MODULE@VERSION` prints version and checksum.
 */
const sources = {
  'argo-rollouts': {
    module: 'github.com/argoproj/argo-rollouts',
    version: 'v1.10.2',
    sum: 'h1:sEPWsY+HUvnXj3Vh0ejb+GDTceQ/palqhFo2FVQJMk0=',
    path: 'manifests/crds',
  },
  'cert-manager': {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    sum: 'h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=',
    path: 'deploy/crds',
  },
  'chaos-mesh': {
    module: 'github.com/chaos-mesh/chaos-mesh',
    version: 'v0.9.1-0.20260902003049-47411975a8cb',
    sum: 'h1:0TeWmCELKreoLAXuoPaO2qpJe73foDgOoyU3fdKQN4A=',
    path: 'config/crd/bases',
  },
  'cloudnative-pg': {
    module: 'github.com/cloudnative-pg/cloudnative-pg',
    version: 'v1.28.0',
    sum: 'h1:vkv0a0ewDSfJOPJrsyUr4uczsxheReAWf/k171V0Dm0=',
    path: 'config/crd/bases',
  },
  'external-secrets': {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    sum: 'h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=',
    path: 'config/crds/bases',
  },
  'gateway-api': {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.7.0',
    sum: 'h1:duVnm7nO6oXfMMUWfcDoBph47CYR/ME3NGxccOVglaY=',
    path: 'config/crd/standard',
  },
  istio: {
    module: 'istio.io/istio',
    version: 'v0.0.0-20260827124520-eed52ebb66ad',
    sum: 'h1:ui9TJjRMAV/hb5ehQaZDq7IUGxuQP6dra9lapT/VjHI=',
    path: 'manifests/charts/base/files/crd-all.gen.yaml',
  },
  keda: {
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.21.0',
    sum: 'h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=',
    path: 'config/crd/bases',
  },
  'prometheus-operator': {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
    path: 'example/prometheus-operator-crd-full',
  },
} as const satisfies Record<string, Source>;

export type Operator = keyof typeof sources;

export const operators = Object.keys(sources) as Operator[];

/** Installs the definitions of the operators named and waits until their kinds are served; doing it twice is fine. */
export async function installCrds(api: Api, ...names: readonly Operator[]): Promise<KubeObject[]> {
  const definitions = names.flatMap((name) => definitionsOf(sources[name]));
  for (const definition of definitions) await api.apply(definition);
  for (const definition of definitions) {
    await waitUntil(`${definition.metadata.name} to be served`, async () => {
      return conditionOf(await api.get(definition), 'Established')?.status === 'True';
    });
  }
  return definitions;
}

function definitionsOf(source: Source): KubeObject[] {
  const path = join(moduleDirectory(source), source.path);
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .map((file) => join(path, file))
    : [path];
  return files
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) =>
      parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as KubeObject | null),
    )
    .filter((object): object is KubeObject => object?.kind === 'CustomResourceDefinition');
}

/** Has Go fetch the module, compares its checksum with ours, and tells where it lies. */
function moduleDirectory({ module, version, sum }: Source): string {
  const name = `${module}@${version}`;
  // Outside of any module, so that no go.mod changes what the version means.
  const options = { encoding: 'utf8', cwd: tmpdir(), env: { ...process.env, GOFLAGS: '', GOWORK: 'off' } } as const;
  const printed = spawnSync('go', ['mod', 'download', '-json', name], options).stdout;
  const answer = JSON.parse(printed || '{}') as { Dir?: string; Sum?: string; Error?: string };
  if (answer.Sum !== sum) {
    throw new Error(
      `"${name}" cannot be used: expected checksum ${sum}, got ${answer.Sum ?? answer.Error ?? 'nothing'}`,
    );
  }
  if (answer.Dir) return answer.Dir;
  // Go has fetched and checked the module and does not tell where, when the module asks for a newer Go: we only read it.
  const cache = spawnSync('go', ['env', 'GOMODCACHE'], options).stdout.trim();
  const directory = join(cache, name);
  if (existsSync(directory)) return directory;
  throw new Error(`"${name}" cannot be used: ${answer.Error ?? 'go mod download has left no folder'}`);
}
