import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../api';
import { kubernetesVersion } from '../components';
import { samples, samplesNamespace } from '../default-samples';
import { defaultsOf, type Defaults } from '../defaults';
import type { KubeObject } from '../objects';
import { connect, makeNamespace } from '../suite';

/**
 * What the API server fills in, as data for whoever reads manifests that leave it out. After a change of version or
 * samples: `GOLDEN_RECORD=1 npm run test:cluster -- defaulting`, and read the difference.
 */
interface Table {
  readonly kubernetes: string;
  readonly samples: Record<string, { given: KubeObject } & Defaults>;
}

const api: Api = connect();
const file = join(__dirname, '..', 'data', 'defaulting.json');
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: samplesNamespace } };

async function observe(): Promise<Table> {
  const table: Table = { kubernetes: kubernetesVersion, samples: {} };
  for (const { name, object } of samples) {
    const stored = await api.create<KubeObject>(object, { dryRun: true });
    table.samples[name] = { given: object, ...defaultsOf(object, stored) };
  }
  return table;
}

let seen: Table;

beforeAll(async () => {
  await makeNamespace(api, samplesNamespace);
  seen = await observe();
  if (process.env['GOLDEN_RECORD'] === '1') writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
});

afterAll(() => api.remove(namespace));

test('the record is of this version and of these samples', () => {
  expect(existsSync(file)).toBe(true);
  const recorded = readTable();
  expect(recorded.kubernetes).toBe(seen.kubernetes);
  expect(Object.keys(recorded.samples)).toEqual(samples.map(({ name }) => name));
});

test.each(samples.map(({ name }) => name))('%s is filled in as recorded', (name) => {
  expect(seen.samples[name]).toEqual(readTable().samples[name]);
});

test('a second look gives the same: nothing in the record is by chance', async () => {
  expect(await observe()).toEqual(seen);
});

function readTable(): Table {
  return JSON.parse(readFileSync(file, 'utf8')) as Table;
}
