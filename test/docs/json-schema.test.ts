import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import { Fleet } from '../../lib';
import { jsonSchema } from '../../lib/docs/json-schema';
import { fleet } from '../../stacks/online-boutique/fleet';
import { specProblems } from '../../lib/spec/parse-spec';

const SHOP = join(__dirname, '..', '..', 'stacks', 'online-boutique');

/** An editor judges by the JSON Schema, golden by its own; where they differ, somebody is misled. */
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const valid = (name: 'spec' | 'profile' | 'project' | 'intent') => ajv.compile(jsonSchema(name));

test('the JSON Schema accepts every spec, the profile and golden.yaml of the shop', () => {
  expect(Fleet.isFleet(fleet)).toBe(true);
  const spec = valid('spec');
  const rendering = fleet.in('prod', { profile: parse(readFileSync(join(SHOP, 'platform.yaml'), 'utf8')) as object });
  for (const { spec: written } of (fleet as unknown as { declared: { spec: unknown }[] }).declared) {
    expect([spec(written), spec.errors]).toEqual([true, null]);
  }
  expect(valid('profile')(parse(readFileSync(join(SHOP, 'platform.yaml'), 'utf8')))).toBe(true);
  expect(valid('project')(parse(readFileSync(join(SHOP, 'golden.yaml'), 'utf8')))).toBe(true);
  for (const name of rendering.names) {
    const workload = rendering.service(name).groups.find((group) => group.name === '50-workload')!.manifests[0]!;
    const intent: unknown = JSON.parse(workload.metadata.annotations!['golden-path.dev/intent']!);
    expect(valid('intent')(intent)).toBe(true);
  }
});

test.each([
  ['an unknown key', { probs: {} }],
  ['a port below 1024', { ports: { http: 80 } }],
  ['a number for a time span', { shutdown: { grace: 30 } }],
  ['a memory quantity that is none', { resources: { memory: '12Q' } }],
  ['a tier that is none', { tier: 'important' }],
  ['an overlay with an unknown key', { environments: { prod: { probs: {} } } }],
])('the JSON Schema refuses %s, as golden does', (_, part) => {
  const spec = { team: 'web', image: 'ghcr.io/acme/web', ports: { http: 8080 }, ...part };
  expect(valid('spec')(spec)).toBe(false);
  expect(specProblems('web', spec, ['prod'])).not.toEqual([]);
});
