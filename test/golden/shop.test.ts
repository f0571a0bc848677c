import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { copyOfShop, emptyFolder, golden, projectOf, removeFolders, SHOP } from '../cli/run-golden';

const EXPECTED = join(__dirname, 'online-boutique');
const ENVIRONMENTS = ['dev', 'staging', 'prod'];

afterAll(removeFolders);

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** What is reviewed like code: `npm run golden:update` writes it anew. */
test.each(ENVIRONMENTS)('the shop for %s is rendered as reviewed, to the byte', (environment) => {
  const expected = join(EXPECTED, environment);
  const out = process.env.GOLDEN_UPDATE ? EXPECTED : emptyFolder();
  expect(golden(['synth', '--project', SHOP, '--env', environment, '--out', out]).err).toBe('');
  const actual = join(out, environment);
  expect(filesBelow(actual)).toEqual(filesBelow(expected));
  for (const file of filesBelow(expected)) {
    expect(`${file}\n${readFileSync(join(actual, file), 'utf8')}`).toBe(`${file}\n${readFileSync(join(expected, file), 'utf8')}`);
  }
});

test('the shop as a folder of YAML specs gives the same bytes as the TypeScript program', () => {
  const folder = projectOf({
    'golden.yaml': 'name: online-boutique\nfleet: services\nprofile: platform.yaml\n',
    'platform.yaml': readFileSync(join(SHOP, 'platform.yaml'), 'utf8'),
    'images.prod.lock': readFileSync(join(SHOP, 'images.prod.lock'), 'utf8'),
  });
  // The specs as data, in an order and with keys in an order of their own.
  const dump = `const { createJiti } = require('jiti'); const { fleet } = createJiti(process.cwd() + '/x.js')(${JSON.stringify(join(SHOP, 'fleet.ts'))});
    console.log(JSON.stringify(Object.fromEntries(fleet.declared.map(({ name, spec }) => [name, spec]))));`;
  const specs = JSON.parse(execFileSync(process.execPath, ['-e', dump], { cwd: join(SHOP, '..', '..'), encoding: 'utf8' })) as Record<string, object>;
  mkdirSync(join(folder, 'services'));
  for (const [name, spec] of Object.entries(specs).reverse()) {
    writeFileSync(join(folder, 'services', `${name}.yaml`), stringify(Object.fromEntries(Object.entries(spec).reverse())));
  }
  const program = copyOfShop();
  expect(golden(['synth', '--out', 'out'], folder).err).toBe('');
  expect(golden(['synth', '--out', 'out'], program).err).toBe('');
  const files = filesBelow(join(program, 'out', 'prod'));
  expect(files.length).toBeGreaterThan(80);
  expect(filesBelow(join(folder, 'out', 'prod'))).toEqual(files);
  for (const file of files) {
    expect(readFileSync(join(folder, 'out', 'prod', file), 'utf8')).toBe(readFileSync(join(program, 'out', 'prod', file), 'utf8'));
  }
});
