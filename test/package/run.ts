import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Packs golden-path, installs it into an empty project as a user would, and uses it there: the library from CommonJS,
 * ESM and TypeScript, the command, and the test helper under jest with its default settings.
 */
const ROOT = join(__dirname, '..', '..');
const repository = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const folder = mkdtempSync(join(tmpdir(), 'golden-package-'));

function run(command: string, args: readonly string[], cwd = folder): string {
  process.stdout.write(`$ ${[command, ...args].join(' ')}\n`);
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function expectText(actual: string, expected: string): void {
  if (!actual.includes(expected)) throw new Error(`expected ${JSON.stringify(expected)} in\n${actual}`);
}

const USE = `new ServiceBlueprint(chart, 'web', { team: 'web', image: 'ghcr.io/acme/web:1.0', ports: { http: 8080 } });`;

try {
  const tarball = (
    JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], ROOT)) as {
      filename: string;
      files: { path: string }[];
    }[]
  )[0]!;
  const unexpected = tarball.files.filter(({ path }) => !/^(build\/|LICENSE$|README\.md$|package\.json$)/.test(path));
  if (unexpected.length > 0) throw new Error(`the package holds ${unexpected.map(({ path }) => path).join(', ')}`);

  const { cdk8s, constructs, jest, typescript } = repository.devDependencies;
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'user',
      private: true,
      dependencies: { 'golden-path': `file:${tarball.filename}`, cdk8s, constructs },
      devDependencies: { jest, typescript },
    }),
  );
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline']);

  const cjs = `const { App, Chart } = require('cdk8s'); const { ServiceBlueprint } = require('golden-path'); const chart = new Chart(new App(), 'c'); ${USE} console.log(chart.toJson().length);`;
  const esm = `import { App, Chart } from 'cdk8s'; import { ServiceBlueprint } from 'golden-path'; const chart = new Chart(new App(), 'c'); ${USE} console.log(chart.toJson().length);`;
  writeFileSync(join(folder, 'use.cjs'), cjs);
  writeFileSync(join(folder, 'use.mjs'), esm);
  writeFileSync(
    join(folder, 'use.ts'),
    esm.replace(
      "from 'golden-path';",
      "from 'golden-path'; import { Manifests } from 'golden-path/testing'; void Manifests;",
    ),
  );
  expectText(run('node', ['use.cjs']), '12');
  expectText(run('node', ['use.mjs']), '12');
  for (const resolution of [
    ['commonjs', 'node10'],
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ]) {
    run('npx', [
      'tsc',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--target',
      'es2022',
      '--module',
      resolution[0]!,
      '--moduleResolution',
      resolution[1]!,
      'use.ts',
    ]);
  }

  writeFileSync(
    join(folder, 'web.test.js'),
    `const { App, Chart } = require('cdk8s'); const { ServiceBlueprint } = require('golden-path'); const { Manifests } = require('golden-path/testing');
test('renders', () => { const chart = new Chart(new App(), 'c'); ${USE} Manifests.of(chart).has('Deployment', { metadata: { name: 'web' } }); expect(() => Manifests.of(chart).has('Ingress', {})).toThrow(); });`,
  );
  run('npx', ['jest']);

  mkdirSync(join(folder, 'services'));
  writeFileSync(join(folder, 'golden.yaml'), 'name: shop\nfleet: services\nprofile: platform.yaml\n');
  writeFileSync(join(folder, 'platform.yaml'), 'images: { pin: tag }\n');
  writeFileSync(
    join(folder, 'services', 'web.yaml'),
    'team: web\nimage: ghcr.io/acme/web:1.0\nports: { http: 8080 }\n',
  );
  expectText(run('npx', ['golden', 'synth']), '1 service, 15 objects');
  expectText(readFileSync(join(folder, 'dist', 'prod', 'web', '50-workload.yaml'), 'utf8'), 'kind: Deployment');
  process.stdout.write('the packed package works in an empty project\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
