import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfShop, emptyFolder, golden, projectOf, removeFolders, SHOP } from './run-golden';

afterAll(removeFolders);

/** Keeps nothing that pack `golden` asks for, and is all the same a Deployment that a cluster takes. */
const BARE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: bare
  namespace: shop
spec:
  selector:
    matchLabels: { app: bare }
  template:
    metadata:
      labels: { app: bare }
    spec:
      containers:
        - name: app
          image: nginx
`;

/** One policy is enough to see the ways of the command. */
const PACK = 'name: one\npolicies: { liveness-probe: error }\n';

const bare = (files: Readonly<Record<string, string>> = {}) =>
  projectOf({ 'pack.yaml': PACK, 'app/bare.yaml': BARE, ...files });

describe('golden check of a fleet', () => {
  test('the shop keeps pack golden in every environment without a waiver', () => {
    const { code, out, err } = golden(['check', '--project', SHOP]);
    expect(err).toBe('');
    expect(out).toMatch(/✓ 482 objects judged by \d+ policies of pack golden: .*/);
    expect(code).toBe(0);
  });

  test('a finding points at the blueprint that caused it', () => {
    const folder = copyOfShop();
    const fleet = readFileSync(join(folder, 'fleet.ts'), 'utf8');
    const line = fleet.split('\n').findIndex((text) => text.includes("ServiceBlueprint(fleet, 'cart'")) + 1;
    const override = `overrides: [{ target: { kind: 'Deployment' }, patch: { spec: { template: { spec: { containers: [{ name: 'cart', livenessProbe: null }] } } } }, reason: 'somebody thought it did harm' }],`;
    writeFileSync(
      join(folder, 'fleet.ts'),
      fleet.replace("new ServiceBlueprint(fleet, 'cart', {", `new ServiceBlueprint(fleet, 'cart', { ${override}`),
    );
    const { code, out } = golden(['check', '--format', 'github'], folder);
    expect(out).toContain(`::error file=fleet.ts,line=${line},col=1,title=liveness-probe::Deployment cart/cart: `);
    // The same in three environments is told once.
    expect(out.match(/title=liveness-probe/g)).toHaveLength(1);
    expect(code).toBe(1);
  });

  test('a rule that the fleet itself breaks is told as well', () => {
    const folder = projectOf({
      'golden.yaml': 'name: shop\nfleet: services\nprofile: p.yaml\n',
      'p.yaml': 'images: { pin: tag }\n',
      'services/web.yaml': 'team: web\nimage: ghcr.io/acme/web:1.0\nports: { http: 8080 }\nshutdown: { grace: 10s }\n',
    });
    const { code, out } = golden(['check'], folder);
    expect(out).toContain('[grace-too-short]');
    expect(out).toContain('services/web.yaml:4:13');
    expect(code).toBe(1);
  });
});

describe('golden check of manifests', () => {
  test('finds what is wrong, with its line, and exits with 1', () => {
    const { code, out, err } = golden(['check', '--pack', 'pack.yaml', 'app'], bare());
    expect(err).toBe('');
    expect(out).toContain('app/bare.yaml:14:11  Deployment shop/bare');
    expect(out).toContain('spec/template/spec/containers[name=app]/livenessProbe is missing');
    expect(out).toContain('fix: add a livenessProbe');
    expect(code).toBe(1);
  });

  test.each(['baseline', 'restricted', 'golden'])('knows pack %s', (pack) => {
    const { code, out } = golden(['check', '--pack', pack, 'app'], bare());
    expect(out).toContain(`of pack ${pack}`);
    expect(code).toBeLessThan(2);
  });

  test('reads standard input', () => {
    const { code, out } = golden(['check', '--pack', 'pack.yaml', '-'], bare(), {}, BARE);
    expect(out).toContain('<stdin>:14:11');
    expect(code).toBe(1);
  });

  test('judges the other files when one cannot be read', () => {
    const folder = bare({ 'app/broken.yaml': 'a: [1', 'app/deep/values.yaml': 'replicas: 3\n', 'app/notes.txt': 'no' });
    const { code, out } = golden(['check', '--pack', 'pack.yaml', 'app', 'gone.yaml'], folder);
    expect(out).toContain('app/broken.yaml:2:1');
    expect(out).toContain('gone.yaml: this cannot be read (ENOENT)');
    expect(out).toContain('app/bare.yaml:14:11');
    expect(out).toContain('note: app/deep/values.yaml:1 is no Kubernetes object');
    expect(out).not.toContain('notes.txt');
    expect(code).toBe(2);
  });

  test.each([
    ['binary', Buffer.from([0, 1, 2, 255])],
    ['nesting without end', '['.repeat(10_000)],
    ['a key twice', 'kind: Pod\nkind: Pod\n'],
  ])('never answers %s with a stack trace', (_, input) => {
    const { code, out, err } = golden(['check', '-'], bare(), {}, input);
    expect(out + err).toContain('<stdin>:');
    expect(out + err).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(code).toBe(2);
  });

  test('an empty folder is a mistake, not a pass', () => {
    const folder = emptyFolder();
    const { code, out } = golden(['check', folder]);
    expect(out).toContain('the folder holds no YAML and no JSON');
    expect(code).toBe(2);
  });
});

describe('formats', () => {
  test('several at once, each into its file, and one to the terminal', () => {
    const folder = bare();
    const { code, out } = golden(
      // prettier-ignore
      ['check', '--pack', 'pack.yaml', '-f', 'sarif', '-o', 'out/a.sarif', '-f', 'junit', '-o', 'out/a.xml', '-f', 'json', 'app'],
      folder,
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ exitCode: 1, counts: { error: 1 } });
    expect(JSON.parse(readFileSync(join(folder, 'out/a.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(folder, 'out/a.xml'), 'utf8')).toContain('<failure ');
  });

  test('two for the terminal are refused', () => {
    const { code, err } = golden(['check', '-f', 'json', '-f', 'sarif', 'app'], bare());
    expect(err).toContain('[formats-without-files]');
    expect(code).toBe(2);
  });

  test('one that is not there is refused, with those that are', () => {
    const { code, err } = golden(['check', '-f', 'yaml', 'app'], bare());
    expect(err).toContain('pretty, json, sarif, junit, github, markdown');
    expect(code).toBe(2);
  });
});

describe('packs', () => {
  test('one that is not there is refused, with what was meant', () => {
    const { code, err } = golden(['check', '--pack', 'goldn', 'app'], bare());
    expect(err).toContain('did you mean "golden"');
    expect(code).toBe(2);
  });

  test('one with an unknown policy is refused', () => {
    const { code, err } = golden(
      ['check', '--pack', 'bad.yaml', 'app'],
      bare({ 'bad.yaml': 'name: bad\npolicies: { livenes-probe: error }\n' }),
    );
    expect(err).toContain('did you mean "liveness-probe"');
    expect(code).toBe(2);
  });
});

describe('waivers', () => {
  const waivers = (expires: string, policy = 'liveness-probe') =>
    `waivers:\n  - policy: ${policy}\n    target: { name: bare }\n    reason: it will be gone next month\n    owner: team-shop\n    expires: ${expires}\n`;
  const run = (text: string, today: string) =>
    golden(['check', '--pack', 'pack.yaml', '--waivers', 'w.yaml', '--today', today, 'app'], bare({ 'w.yaml': text }));

  test('let pass what they name, and are listed', () => {
    const { code, out } = run(waivers('2026-12-31'), '2026-11-21');
    expect(out).toContain('until 2026-12-31, team-shop: it will be gone next month');
    expect(out).toContain('1 waived');
    expect(code).toBe(0);
  });

  test('fail when they have ended, with their line', () => {
    const { code, out } = run(waivers('2026-12-31'), '2027-01-01');
    expect(out).toContain('[waiver-expired]');
    expect(out).toContain('w.yaml:6:5');
    expect(code).toBe(1);
  });

  test('that cannot be used let nothing pass', () => {
    expect(run(waivers('soon'), '2026-11-21')).toMatchObject({ code: 2, err: expect.stringContaining('w.yaml:6:5') });
    expect(run(waivers('2026-12-31', 'livenes-probe'), '2026-11-21')).toMatchObject({ code: 1 });
    expect(run(waivers('2026-12-31'), 'today')).toMatchObject({ code: 2 });
  });
});

describe('a baseline', () => {
  const TWO = BARE.replaceAll('bare', 'two');

  test('lets pass what was broken before, and nothing new', () => {
    const folder = bare();
    const made = golden(['baseline', '--pack', 'pack.yaml', 'app'], folder);
    expect(made).toMatchObject({ code: 0, out: '1 finding in golden-baseline.json\n' });
    const args = ['check', '--pack', 'pack.yaml', '--baseline', 'golden-baseline.json', 'app'];
    expect(golden(args, folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 finding of the baseline is not shown'),
    });
    // A line that moves changes nothing.
    writeFileSync(join(folder, 'app/bare.yaml'), `# moved\n${BARE}`);
    expect(golden(args, folder).code).toBe(0);
    writeFileSync(join(folder, 'app/two.yaml'), TWO);
    const { code, out } = golden(args, folder);
    expect(out).toContain('Deployment shop/two');
    expect(out).not.toContain('Deployment shop/bare');
    expect(code).toBe(1);
  });

  test('can only shrink', () => {
    const folder = bare({ 'app/two.yaml': TWO });
    golden(['baseline', '--pack', 'pack.yaml', 'app'], folder);
    writeFileSync(join(folder, 'app/two.yaml'), BARE.replaceAll('bare', 'three'));
    const stale = golden(['check', '--pack', 'pack.yaml', '--baseline', 'golden-baseline.json', 'app'], folder);
    expect(stale.out).toContain('[baseline-stale]');
    expect(stale.out).toContain('liveness-probe of Deployment shop/two');
    expect(stale.code).toBe(1);
    const again = golden(['baseline', '--pack', 'pack.yaml', 'app'], folder);
    expect(again.out).toBe(
      '1 finding in golden-baseline.json, 1 mended; 1 new finding not taken in: golden check --baseline golden-baseline.json shows them\n',
    );
    expect(again.code).toBe(1);
    expect(readFileSync(join(folder, 'golden-baseline.json'), 'utf8')).not.toContain('three');
  });

  test('is not written from input that cannot be used', () => {
    const folder = bare({ 'app/broken.yaml': 'a: [1' });
    expect(golden(['baseline', '--pack', 'pack.yaml', 'app'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('broken.yaml:2'),
    });
    expect(existsSync(join(folder, 'golden-baseline.json'))).toBe(false);
  });

  test('that is missing or damaged is said', () => {
    const args = ['check', '--pack', 'pack.yaml', '--baseline', 'b.json', 'app'];
    expect(golden(args, bare())).toMatchObject({ code: 2, err: expect.stringContaining('[no-such-file]') });
    expect(golden(args, bare({ 'b.json': '{' }))).toMatchObject({
      code: 2,
      err: expect.stringContaining('[not-json]'),
    });
    expect(golden(args, bare({ 'b.json': '{"version":2}' }))).toMatchObject({ code: 2 });
  });
});

describe('--fix', () => {
  const PACK_OF_TOKENS =
    'name: tokens\npolicies: { service-account-token: error, liveness-probe: error, service-type: error }\n';
  const SERVICE =
    '# why it is open\napiVersion: v1\nkind: Service\nmetadata: {name: open, namespace: shop}\nspec:\n  type: NodePort # for now\n  ports:\n  - port: 80\n';
  const UNTOUCHED = 'apiVersion: v1\nkind:   ConfigMap\nmetadata: {name: x}\n';
  const files = () => projectOf({ 'pack.yaml': PACK_OF_TOKENS, 'app.yaml': `${UNTOUCHED}---\n${BARE}---\n${SERVICE}` });
  const args = ['check', '--pack', 'pack.yaml', '--fix', 'app.yaml'];

  test('mends what can be mended, keeps everything else, and tells what is left', () => {
    const folder = files();
    const { code, out, err } = golden(args, folder);
    expect(err).toBe(
      [
        'mended app.yaml: service-account-token: Deployment shop/bare spec/template/spec/automountServiceAccountToken = false',
        'mended app.yaml: service-type: Service shop/open spec/type = "ClusterIP"',
        '',
      ].join('\n'),
    );
    expect(out).toContain('liveness-probe');
    expect(out).not.toContain('service-type');
    expect(code).toBe(1);
    const text = readFileSync(join(folder, 'app.yaml'), 'utf8');
    expect(text.startsWith(UNTOUCHED)).toBe(true);
    expect(text).toContain('# why it is open');
    expect(text).toContain('type: ClusterIP # for now\n  ports:\n  - port: 80\n');
    expect(text).toContain('      automountServiceAccountToken: false\n');
  });

  test('changes nothing the second time', () => {
    const folder = files();
    golden(args, folder);
    const text = readFileSync(join(folder, 'app.yaml'), 'utf8');
    expect(golden(args, folder).err).toBe('');
    expect(readFileSync(join(folder, 'app.yaml'), 'utf8')).toBe(text);
  });

  test('with --dry-run only says what it would do', () => {
    const folder = files();
    const before = readFileSync(join(folder, 'app.yaml'), 'utf8');
    expect(golden([...args, '--dry-run'], folder).err).toContain('would mend app.yaml: service-type');
    expect(readFileSync(join(folder, 'app.yaml'), 'utf8')).toBe(before);
  });

  test('has nothing to do with a fleet', () => {
    expect(golden(['check', '--fix', '--project', SHOP])).toMatchObject({
      code: 2,
      err: expect.stringContaining('[nothing-to-fix]'),
    });
  });
});

describe('golden policies', () => {
  test('list names every policy with its meaning in each pack', () => {
    const { out, code } = golden(['policies', 'list']);
    expect(out).toMatch(/^liveness-probe +– +– +error +What runs without an end has a liveness probe$/m);
    expect(code).toBe(0);
    const all = JSON.parse(golden(['policies', 'list', '--format', 'json']).out) as { id: string }[];
    expect(out).toContain(`${all.length} policies`);
  });

  test('export writes a pack for admission, and lists what stays outside', () => {
    const { out, code } = golden(['policies', 'export', '--pack', 'golden', '--today', '2026-11-21']);
    expect(out).toMatch(/^# {3}disruption-budget: /m);
    expect(out).toContain('golden-path.dev/valid-until: "2026-11-28"');
    expect(code).toBe(0);
  });

  test('new makes a policy that compiles, and never overwrites one', () => {
    const folder = projectOf({ 'policies/kinds.ts': '' });
    expect(golden(['policies', 'new', 'security', 'no-host-names'], folder).code).toBe(0);
    const text = readFileSync(join(folder, 'policies/security/no-host-names/policy.ts'), 'utf8');
    expect(text).toContain('export const noHostNames = objectPolicy({');
    expect(existsSync(join(folder, 'policies/security/no-host-names/bad/broken.yaml'))).toBe(true);
    expect(golden(['policies', 'new', 'security', 'no-host-names'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('[name-taken]'),
    });
    expect(golden(['policies', 'new', 'security', '../../x'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('[invalid-name]'),
    });
    expect(golden(['policies', 'new', 'secrets', 'x'], folder)).toMatchObject({ code: 2 });
    expect(golden(['policies', 'new', 'security', 'x'], emptyFolder())).toMatchObject({
      code: 2,
      err: expect.stringContaining('[no-policies]'),
    });
  });
});
