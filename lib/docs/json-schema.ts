import { z } from 'zod';
import { isRecord } from '../core/data';
import descriptions from '../core/descriptions.json';
import { intentSchema } from '../blueprint/intent-schema';
import { projectFile } from '../fleet/project-file';
import { platformProfile } from '../platform/profile';
import { serviceSpec } from '../spec/service-spec';

const SCHEMAS = {
  spec: { schema: serviceSpec, title: 'ServiceSpec of golden-path' },
  profile: { schema: platformProfile, title: 'Platform profile of golden-path' },
  project: { schema: projectFile, title: 'golden.yaml' },
  intent: { schema: intentSchema, title: 'Annotation golden-path.dev/intent' },
} as const;

export type SchemaName = keyof typeof SCHEMAS;

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[];

interface FieldDescription {
  readonly text: string;
  readonly default?: string;
}

/** JSON Schema (draft 2020-12) of what people write, with the same words that TypeScript shows. */
export function jsonSchema(name: SchemaName): Record<string, unknown> {
  const { schema, title } = SCHEMAS[name];
  const json = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>;
  describe(json, '', descriptions[name]);
  const { $schema, ...rest } = json;
  return { $schema, title, ...rest };
}

function describe(json: unknown, path: string, fields: Record<string, FieldDescription>): void {
  if (!isRecord(json)) return;
  for (const branch of ['anyOf', 'oneOf', 'allOf']) {
    if (Array.isArray(json[branch])) for (const option of json[branch]) describe(option, path, fields);
  }
  if (isRecord(json.properties)) {
    for (const [key, property] of Object.entries(json.properties)) {
      const own = path === '' ? key : `${path}.${key}`;
      const field = fields[own.replace(/^environments\.\*\./, '')];
      if (field && isRecord(property)) {
        property.description =
          field.default === undefined ? field.text : `${field.text} Default: ${field.default}`.trim();
      }
      describe(property, own, fields);
    }
  }
  describe(json.additionalProperties, path === '' ? '*' : `${path}.*`, fields);
  describe(json.items, `${path}[]`, fields);
}
