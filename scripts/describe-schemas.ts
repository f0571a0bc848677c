import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Reads the comments on the fields of our schemas, so that editors show in YAML what they show in TypeScript. The
 * comments are the only source; `npm run describe` writes them where the running program finds them.
 */

const ROOT = join(__dirname, '..');
const TYPES = [
  { name: 'spec', file: 'lib/spec/service-spec.ts', type: 'ServiceSpec' },
  { name: 'profile', file: 'lib/platform/profile.ts', type: 'PlatformProfile' },
  { name: 'project', file: 'lib/fleet/project-file.ts', type: 'ProjectFileInput' },
  { name: 'intent', file: 'lib/blueprint/intent-schema.ts', type: 'Intent' },
] as const;

export const DESCRIPTIONS_FILE = join(ROOT, 'lib/core/descriptions.json');

export interface FieldDescription {
  readonly text: string;
  readonly default?: string;
  readonly optional: boolean;
}

export type Descriptions = Record<string, Record<string, FieldDescription>>;

/** Every field of every schema by its path, in which `*` stands for any key of a map and `[]` for any item of a list. */
export function describeSchemas(): Descriptions {
  const files = TYPES.map(({ file }) => join(ROOT, file));
  const program = ts.createProgram(files, {
    strict: true,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true,
    esModuleInterop: true,
  });
  const checker = program.getTypeChecker();
  const all: Descriptions = {};
  for (const { name, file, type } of TYPES) {
    const source = program.getSourceFile(join(ROOT, file));
    if (!source) throw new Error(`${file} is not there`);
    const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).find((each) => each.name === type);
    if (!symbol) throw new Error(`${file} exports no ${type}`);
    const fields: Record<string, FieldDescription> = {};
    collect(checker, checker.getDeclaredTypeOfSymbol(symbol), '', fields, source);
    all[name] = Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return all;
}

function collect(
  checker: ts.TypeChecker,
  type: ts.Type,
  path: string,
  fields: Record<string, FieldDescription>,
  at: ts.Node,
): void {
  // What an overlay repeats is described where it stands first.
  if (/^environments\.\*\./.test(path)) return;
  for (const part of type.isUnion() ? type.types : [type]) {
    if (!(part.flags & ts.TypeFlags.Object)) continue;
    if (checker.isArrayType(part) || checker.isTupleType(part)) {
      const [element] = checker.getTypeArguments(part as ts.TypeReference);
      if (element) collect(checker, element, `${path}[]`, fields, at);
      continue;
    }
    if (part.getCallSignatures().length > 0) continue;
    const index = checker.getIndexTypeOfType(part, ts.IndexKind.String);
    if (index) collect(checker, index, path === '' ? '*' : `${path}.*`, fields, at);
    for (const property of part.getProperties()) {
      const own = path === '' ? property.name : `${path}.${property.name}`;
      const text = ts.displayPartsToString(property.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ').trim();
      const tag = property.getJsDocTags(checker).find(({ name }) => name === 'default');
      const standard = tag ? ts.displayPartsToString(tag.text).replaceAll(/\s+/g, ' ').trim() : undefined;
      fields[own] ??= {
        text,
        ...(standard === undefined ? {} : { default: standard }),
        optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
      };
      collect(checker, checker.getTypeOfSymbolAtLocation(property, at), own, fields, at);
    }
  }
}

if (require.main === module) {
  writeFileSync(DESCRIPTIONS_FILE, `${JSON.stringify(describeSchemas(), null, 2)}\n`);
}
