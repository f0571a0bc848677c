import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchema, SCHEMA_NAMES } from '../../lib/docs/json-schema';
import { DESCRIPTIONS_FILE, describeSchemas } from '../../scripts/describe-schemas';
import { referencePages } from '../../scripts/write-reference';

const ROOT = join(__dirname, '..', '..');

test('descriptions and reference pages are what the comments say (npm run describe)', () => {
  expect(JSON.parse(readFileSync(DESCRIPTIONS_FILE, 'utf8'))).toEqual(describeSchemas());
  for (const [name, text] of Object.entries(referencePages())) {
    expect(readFileSync(join(ROOT, 'docs', name), 'utf8')).toBe(text);
  }
});

test('every field has a comment, and every optional one its default', () => {
  const { profile, ...others } = describeSchemas();
  const missing = Object.entries({ profile: profile!, ...others }).flatMap(([schema, fields]) =>
    Object.entries(fields)
      .filter(([path]) => !path.startsWith('environments.'))
      // The profile carries its defaults in the schema itself.
      .filter(
        ([, field]) => field.text === '' || (schema !== 'profile' && field.optional && field.default === undefined),
      )
      .map(([path]) => `${schema}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test('every problem code in the code is explained in docs/problems.md, and no other', () => {
  const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  const used = new Set(
    [...sources.matchAll(/(?:code: |wrong\(\s*|about\(\s*'[^']*',\s*)'([a-z][a-z-]+[a-z])'/g)].map(([, code]) => code!),
  );
  const explained = [...readFileSync(join(ROOT, 'docs', 'problems.md'), 'utf8').matchAll(/^\| `([a-z-]+)`/gm)].map(
    ([, code]) => code!,
  );
  expect(explained.toSorted()).toEqual([...new Set(explained)].toSorted());
  expect(explained.toSorted()).toEqual([...used].toSorted());
});

test.each(SCHEMA_NAMES)('the JSON Schema of the %s describes its fields', (name) => {
  const schema = jsonSchema(name) as {
    properties: Record<string, { description?: string }>;
    additionalProperties: unknown;
  };
  expect(schema.additionalProperties).toBe(false);
  for (const property of Object.values(schema.properties)) expect(property.description).toMatch(/\w/);
});
