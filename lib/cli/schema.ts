import { nearMiss } from '../core/near-miss';
import { ProblemsError } from '../core/problem';
import { jsonSchema, SCHEMA_NAMES, type SchemaName } from '../docs/json-schema';
import { writeText } from './output-text';

/** `golden schema`: JSON Schema of what people write. */
export function schema(name: string, options: { readonly out?: string }): void {
  if (!SCHEMA_NAMES.includes(name as SchemaName)) {
    const near = nearMiss(name, SCHEMA_NAMES);
    throw new ProblemsError([
      {
        code: 'unknown-schema',
        kind: 'input',
        subject: 'schema',
        path: '',
        message: 'there is no schema of this name',
        got: name,
        expected: `one of ${SCHEMA_NAMES.join(', ')}`,
        ...(near === undefined ? {} : { fix: `did you mean ${near}` }),
      },
    ]);
  }
  writeText(`${JSON.stringify(jsonSchema(name as SchemaName), null, 2)}\n`, options.out);
}
