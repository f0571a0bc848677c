import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { judge, type Pack, type Policy } from '../../lib/policy';
import { POLICIES } from '../../policies';
import { fixturesOf, folderOf, type Fixture } from './fixtures';

/** Each comparison and its opposite, in CEL and in TypeScript alike. */
const FLIPS: readonly (readonly [RegExp, string])[] = [
  [/(?<![=!<>])={2,3}(?!=)/g, '!='],
  [/!={1,2}/g, '=='],
  [/<=(?!=)/g, '>'],
  [/>=(?!=)/g, '<'],
  [/(?<=\s)<(?=\s)/g, '>='],
  [/(?<=\s)>(?=\s)/g, '<='],
  [/&&/g, '||'],
  [/\|\|/g, '&&'],
  [/(?<![\w)\]])!(?=has\(|\(|variables|[a-z]\w*[.(])/g, ''],
];

/** Lines for people, and lines that only the compiler reads. */
const WORDS =
  /^\s*(title|message|fix|otherwise|outside|because):|^\s*(\/\/|\*|\/\*)|^import |^\s*(export )?(interface|type) /;

interface Mutant {
  readonly name: string;
  readonly source: string;
}

function mutantsOf(source: string): Mutant[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    if (WORDS.test(line)) return [];
    return FLIPS.flatMap(([pattern, flipped]) =>
      [...line.matchAll(pattern)].map((match) => {
        const changed = line.slice(0, match.index) + flipped + line.slice(match.index + match[0].length);
        return {
          name: `line ${index + 1}: ${line.trim()}  ->  ${changed.trim()}`,
          source: [...lines.slice(0, index), changed, ...lines.slice(index + 1)].join('\n'),
        };
      }),
    );
  });
}

/** The policy that a source exports, or undefined when the change has made it no program any more. */
function policyOf(source: string, folder: string): Policy | undefined {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const exported: Record<string, unknown> = {};
  // A mutant takes its imports from where the policy does, by way of jest.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const load = (path: string): unknown => require(path.startsWith('.') ? join(folder, path) : path) as unknown;
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    new Function('require', 'exports', outputText)(load, exported);
  } catch {
    return undefined;
  }
  return Object.values(exported).find(
    (value): value is Policy => typeof value === 'object' && value !== null && 'id' in value,
  );
}

/** What a policy says of each of its fixtures; a policy that fails says so. */
function verdicts(policy: Policy, fixtures: readonly Fixture[]): string {
  const pack: Pack = {
    name: policy.id,
    policies: [{ policy, severity: 'error', parameters: policy.parameters ?? {} }],
  };
  return fixtures
    .map(({ manifests }) => {
      try {
        const { findings, errors } = judge(manifests, pack);
        return [
          ...errors.map(({ message }) => message),
          ...findings.map(({ path, object }) => `${object.kind} ${path}`),
        ].join();
      } catch (error) {
        return String(error);
      }
    })
    .join('\n');
}

test.each(POLICIES.map((policy) => [policy.id, policy] as const))(
  'a flipped comparison anywhere in %s is noticed by its good and bad files',
  (_, policy) => {
    const folder = folderOf(policy);
    const source = readFileSync(join(folder, 'policy.ts'), 'utf8');
    const fixtures = fixturesOf(policy);
    const expected = verdicts(policy, fixtures);
    expect(verdicts(policyOf(source, folder)!, fixtures)).toBe(expected);
    const survivors = mutantsOf(source).filter((mutant) => {
      const mutated = policyOf(mutant.source, folder);
      return mutated !== undefined && verdicts(mutated, fixtures) === expected;
    });
    expect(survivors.map(({ name }) => name)).toEqual([]);
  },
);
