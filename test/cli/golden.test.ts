import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { copyOfShop, emptyFolder, golden, projectOf, removeFolders, SHOP } from './run-golden';

afterAll(removeFolders);

const WEB = 'team: web\nimage: ghcr.io/acme/web:1.0\nports: { http: 8080 }\n';
const TAGS = 'images: { pin: tag }\n';

/** A folder of specs with a profile that is content with tags. */
function project(specs: Readonly<Record<string, string>>): Record<string, string> {
  const files = Object.entries(specs).map(([name, spec]) => [`services/${name}.yaml`, spec]);
  return {
    'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
    'p.yaml': TAGS,
    ...Object.fromEntries(files),
  };
}

/** Nine levels of nine references: 400 million values out of 300 bytes. */
function aliasBomb(): string {
  const levels = [...'abcdefghi'].map(
    (name, index) =>
      `${name}: &${name} [${Array(9)
        .fill(index === 0 ? 'x' : `*${'abcdefghi'[index - 1]!}`)
        .join(', ')}]`,
  );
  return `${levels.join('\n')}\n`;
}

describe('golden synth', () => {
  test('writes the shop, and says what came out and what to do next', () => {
    const folder = emptyFolder();
    const { code, out, err } = golden(['synth', '--project', SHOP, '--out', join(folder, 'dist')]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('online-boutique for prod');
    expect(out).toMatch(/frontend +critical +12-24 +55 % CPU +3 away +3 +56 pods/);
    expect(out).toMatch(/13 services, 164 objects in .*prod/);
    expect(out).toContain('golden explain');
    expect(readdirSync(join(folder, 'dist', 'prod')).filter((name) => !name.startsWith('.'))).toHaveLength(14);
    expect(existsSync(join(folder, 'dist/prod/_platform/OPERATORS.md'))).toBe(true);
  });

  test('changes nothing when run again', () => {
    const folder = copyOfShop();
    golden(['synth'], folder);
    const { out } = golden(['synth'], folder);
    expect(out).toContain('(unchanged)');
  });

  test('renders one service and leaves the others alone', () => {
    const folder = copyOfShop();
    golden(['synth', '--env', 'dev'], folder);
    const other = readFileSync(join(folder, 'dist/dev/ad/50-workload.yaml'), 'utf8');
    const before = readFileSync(join(folder, 'dist/dev/cart/50-workload.yaml'), 'utf8');
    const fleet = readFileSync(join(folder, 'fleet.ts'), 'utf8');
    writeFileSync(join(folder, 'fleet.ts'), fleet.replaceAll("cpu: '200m'", "cpu: '210m'"));
    const { code, out } = golden(['synth', '--env', 'dev', '--service', 'cart'], folder);
    expect(code).toBe(0);
    expect(out).toContain('1 service,');
    expect(readFileSync(join(folder, 'dist/dev/ad/50-workload.yaml'), 'utf8')).toBe(other);
    expect(readFileSync(join(folder, 'dist/dev/cart/50-workload.yaml'), 'utf8')).not.toBe(before);
  });

  test('writes JSON lists that hold the same objects as the YAML', () => {
    const folder = copyOfShop();
    golden(['synth', '--format', 'json', '--out', 'json'], folder);
    golden(['synth', '--out', 'yaml'], folder);
    const json = JSON.parse(readFileSync(join(folder, 'json/prod/frontend/50-workload.json'), 'utf8')) as {
      items: unknown[];
    };
    const yaml = parseAllDocuments(readFileSync(join(folder, 'yaml/prod/frontend/50-workload.yaml'), 'utf8'));
    expect(json.items).toEqual(yaml.map((document) => (document as { toJS(): unknown }).toJS()));
  });

  test('keeps files that it did not write, and refuses to write over one', () => {
    const folder = projectOf({
      'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
      'p.yaml': TAGS,
      'services/web.yaml': WEB,
    });
    mkdirSync(join(folder, 'dist/prod/web'), { recursive: true });
    writeFileSync(join(folder, 'dist/prod/notes.txt'), 'mine');
    expect(golden(['synth'], folder).code).toBe(0);
    expect(readFileSync(join(folder, 'dist/prod/notes.txt'), 'utf8')).toBe('mine');

    const other = projectOf({
      'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
      'p.yaml': TAGS,
      'services/web.yaml': WEB,
      'dist/prod/web/50-workload.yaml': 'mine',
    });
    const { code, err } = golden(['synth'], other);
    expect(code).toBe(2);
    expect(err).toContain('output-foreign-file');
    expect(readFileSync(join(other, 'dist/prod/web/50-workload.yaml'), 'utf8')).toBe('mine');
    expect(readdirSync(join(other, 'dist'))).toEqual(['prod']);
  });

  test('removes the files of a service that is gone', () => {
    const folder = projectOf({ ...project({ api: WEB }), 'services/web.yaml': WEB });
    golden(['synth'], folder);
    expect(existsSync(join(folder, 'dist/prod/api/50-workload.yaml'))).toBe(true);
    rmSync(join(folder, 'services/api.yaml'));
    const { code, out } = golden(['synth'], folder);
    expect(code).toBe(0);
    expect(out).toMatch(/\d+ removed/);
    expect(existsSync(join(folder, 'dist/prod/api'))).toBe(false);
  });
});

describe('bad input writes nothing and ends with the right code', () => {
  const cases: [string, Record<string, string>, number, RegExp][] = [
    ['no golden.yaml', {}, 2, /no-project/],
    ['a golden.yaml with a misspelt key', { 'golden.yaml': 'fleets: services\n' }, 2, /did you mean "fleet"/],
    [
      'a folder of specs without a name',
      { 'golden.yaml': 'fleet: services\n', 'services/web.yaml': WEB },
      2,
      /add a line such as/,
    ],
    ['a fleet that is not there', { 'golden.yaml': 'fleet: fleet.ts\n' }, 2, /no-such-file/],
    ['a path out of the folder', { 'golden.yaml': 'fleet: ../other\n' }, 2, /path-outside/],
    [
      'a folder without specs',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/.keep': '' },
      2,
      /empty-fleet/,
    ],
    [
      'a fleet program that throws',
      { 'golden.yaml': 'fleet: fleet.ts\n', 'fleet.ts': 'const a: number = 1;\nthrow new Error("no luck");\n' },
      2,
      /no luck[\s\S]*fleet\.ts:2/,
    ],
    [
      'a fleet program with a syntax error',
      { 'golden.yaml': 'fleet: fleet.ts\n', 'fleet.ts': 'const = ;\n' },
      2,
      /fleet-throws/,
    ],
    [
      'a fleet program without a fleet',
      { 'golden.yaml': 'fleet: fleet.ts\n', 'fleet.ts': 'export const a = 1;\n' },
      2,
      /one-fleet-needed/,
    ],
    [
      'a spec that is no YAML',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': 'team: [a\nimage: x\n' },
      2,
      /not-yaml[\s\S]*web\.yaml:\d/,
    ],
    [
      'tabs',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': 'team: a\nports:\n\thttp: 8080\n' },
      2,
      /not-yaml/,
    ],
    [
      'a key twice',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': `${WEB}team: b\n` },
      2,
      /unique[\s\S]*web\.yaml:4/,
    ],
    [
      'two documents',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': `${WEB}---\n${WEB}` },
      2,
      /several-documents/,
    ],
    ['an empty spec', { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': '' }, 2, /empty-file/],
    [
      'a spec that is a list',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': '- a\n' },
      2,
      /not-a-map/,
    ],
    [
      'an alias bomb',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': aliasBomb() },
      2,
      /not-yaml|too-deep/,
    ],
    [
      'deep nesting',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': `team: ${'['.repeat(20_000)}` },
      2,
      /not-yaml|too-deep/,
    ],
    [
      '__proto__ as a key',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': `${WEB}__proto__: { tier: critical }\n` },
      2,
      /unsafe-key[\s\S]*web\.yaml:4/,
    ],
    [
      'a privileged port',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': WEB.replace('8080', '80') },
      2,
      /1024 to 65535/,
    ],
    [
      'a tag where a digest is demanded',
      { 'golden.yaml': 'name: shop\nfleet: services\n', 'services/web.yaml': WEB },
      1,
      /image-not-pinned/,
    ],
    [
      'a lock entry for nobody',
      {
        'golden.yaml': 'name: shop\nfleet: services\n',
        'services/web.yaml': WEB,
        'images.prod.lock': 'wbe: ghcr.io/acme/web:1\n',
      },
      2,
      /images\.prod\.lock:1[\s\S]*did you mean "web"/,
    ],
    [
      'a rule and an input problem at once',
      {
        'golden.yaml': 'name: shop\nfleet: services\n',
        'services/web.yaml': WEB.replace('8080', '80'),
        'services/api.yaml': 'team: a\nimage: x\nenv: { API_TOKEN: abcdefgh12345678 }\nports: { http: 8080 }\n',
      },
      2,
      /literal-secret[\s\S]*1024 to 65535|1024 to 65535[\s\S]*literal-secret/,
    ],
    [
      'a profile with a misspelt key',
      {
        'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
        'p.yaml': 'zone: [a]\n',
        'services/web.yaml': WEB,
      },
      2,
      /did you mean "zones"/,
    ],
    [
      'a mesh without CNI',
      {
        'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
        'p.yaml': 'mesh: { kind: istio, cni: false }\n',
        'services/web.yaml': WEB,
      },
      1,
      /mesh-needs-cni/,
    ],
    [
      'an environment that the profile lacks',
      { 'golden.yaml': 'name: shop\nfleet: services\nenvironments: [prdo]\n', 'services/web.yaml': WEB },
      2,
      /did you mean prod/,
    ],
  ];

  test.each(cases)('%s', (_, files, expected, message) => {
    const folder = projectOf(files);
    const { code, out, err } = golden(['synth'], folder);
    expect(err).toMatch(message);
    expect(err).not.toContain('    at ');
    expect(err).toContain('nothing was written');
    expect(out).toBe('');
    expect(code).toBe(expected);
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  test('an unknown environment, service, command, option or format names the near miss', () => {
    expect(golden(['synth', '--env', 'prd'], SHOP).err).toContain('did you mean prod');
    expect(golden(['synth', '--service', 'checkuot'], SHOP).err).toContain('did you mean checkout');
    for (const args of [['synht'], ['synth', '--evn', 'prod'], ['synth', '--format', 'xml'], ['explain']]) {
      expect(golden(args, SHOP).code).toBe(2);
    }
    expect(golden(['synht'], SHOP).err).toContain('Did you mean synth?');
  });

  test('a file in the way of the output folder is left alone', () => {
    const folder = projectOf({
      'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
      'p.yaml': TAGS,
      'services/web.yaml': WEB,
      dist: 'a file',
    });
    const { code, err } = golden(['synth'], folder);
    expect(code).toBe(2);
    expect(err).toContain('output-not-a-folder');
    expect(readFileSync(join(folder, 'dist'), 'utf8')).toBe('a file');
  });
});

describe('golden explain', () => {
  test('gives every value with its reason, or those below a path', () => {
    const all = golden(['explain', 'checkout'], SHOP).out;
    expect(all).toContain('tenancy.pods = 47');
    expect(all).toContain('20 at most + 5 surge + 15 still terminating');
    const some = golden(['explain', 'checkout', 'autoscaling'], SHOP).out;
    expect(some).toContain('autoscaling.cpuTarget = 45');
    expect(some).not.toContain('tenancy');
  });

  test('names the layer: platform, tier, spec or derived, and the environment of an overlay', () => {
    const folder = projectOf({
      'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
      'p.yaml': TAGS,
      'services/web.yaml': `${WEB}environments: { prod: { autoscaling: { min: 6 } } }\n`,
    });
    expect(golden(['explain', 'web', 'autoscaling.min'], folder).out).toMatch(
      /= 6 +spec\n +set in the spec for prod, instead of 3/,
    );
    expect(golden(['explain', 'web', 'autoscaling.min', '--env', 'dev'], folder).out).toMatch(/= 3 +tier/);
  });

  test('is JSON for machines, and points at the near miss', () => {
    const { decisions } = JSON.parse(golden(['explain', 'cart', '--format', 'json'], SHOP).out) as {
      decisions: { path: string; because: string }[];
    };
    expect(decisions.length).toBeGreaterThan(30);
    expect(decisions.every(({ because }) => because.length > 10)).toBe(true);
    expect(golden(['explain', 'cart', 'autoscaling.cpuTraget'], SHOP).err).toContain(
      'did you mean autoscaling.cpuTarget',
    );
  });
});

describe('golden graph', () => {
  test.each(['mermaid', 'dot', 'svg', 'json'])('draws the shop as %s', (format) => {
    const { code, out } = golden(['graph', '--format', format], SHOP);
    expect(code).toBe(0);
    for (const name of ['frontend', 'checkout', 'cart-store', 'loadgenerator']) expect(out).toContain(name);
  });

  test('goes into a file with --out', () => {
    const folder = emptyFolder();
    const { out } = golden([
      'graph',
      '--project',
      SHOP,
      '--format',
      'svg',
      '--out',
      join(folder, 'pictures', 'calls.svg'),
    ]);
    expect(out).toBe('');
    expect(readFileSync(join(folder, 'pictures', 'calls.svg'), 'utf8')).toMatch(/^<svg|^<\?xml/);
  });
});

describe('golden', () => {
  test('explains itself', () => {
    const { code, out } = golden(['--help']);
    expect(code).toBe(0);
    for (const word of ['synth', 'explain', 'graph', 'schema', 'Exit codes', 'Examples']) expect(out).toContain(word);
    expect(golden(['synth', '--help']).out).toContain('--service');
    expect(golden(['--version']).out.trim()).toMatch(/^\d+\.\d+\.\d+/);
    expect(golden([]).code).not.toBe(3);
  });

  test('colours only where a person looks, or asks for it', () => {
    expect(golden(['explain', 'cart', 'tier'], SHOP, { NO_COLOR: undefined }).out).not.toContain('\u001b[');
    expect(golden(['explain', 'cart', 'tier'], SHOP, { NO_COLOR: undefined, FORCE_COLOR: '1' }).out).toContain(
      '\u001b[',
    );
  });
});
