import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { throwIfAny } from '../core/problem';

const CATEGORIES = ['reliability', 'security', 'networking', 'hygiene'];

/** `golden policies new`: the folder of a policy, ready to be filled in. Nothing that exists is touched. */
export function newPolicy(category: string, id: string): void {
  const folder = join('policies', category, id);
  const problem = problemOf(category, id, folder);
  if (problem) throwIfAny([{ kind: 'input', subject: 'policies new', path: '', ...problem }]);
  for (const [file, text] of Object.entries(filesFor(category, id))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text, { flag: 'wx' });
    process.stdout.write(`made ${join(folder, file)}\n`);
  }
  process.stdout.write(
    [
      '',
      'next',
      `  write what must hold into ${join(folder, 'policy.ts')}, and what breaks it into bad/`,
      `  add it to ${join('policies', category, 'index.ts')} and to a pack in policies/packs`,
      `  npx jest test/policies -t ${id}`,
      '',
    ].join('\n'),
  );
}

function problemOf(category: string, id: string, folder: string) {
  if (!existsSync(join('policies', 'kinds.ts'))) {
    return {
      code: 'no-policies',
      message: 'there is no policies/kinds.ts here',
      fix: 'go to the root of the repository that holds the policies',
    };
  }
  if (!CATEGORIES.includes(category)) {
    return {
      code: 'invalid-value',
      message: 'there is no such category',
      got: category,
      expected: `one of ${CATEGORIES.join(', ')}`,
    };
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    return {
      code: 'invalid-name',
      message: 'this cannot be the name of a policy',
      got: id,
      expected: 'lower-case words with hyphens, such as liveness-probe',
    };
  }
  if (existsSync(folder)) return { code: 'name-taken', message: 'the folder exists already', got: folder };
  return undefined;
}

function filesFor(category: string, id: string): Record<string, string> {
  const name = id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const overlay = (value: string): string =>
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: web
spec:
  template:
    spec:
      hostname: ${value}
`;
  return {
    'policy.ts': `import { objectPolicy, podFieldWhere } from '../../../lib/policy';
import { SERVING } from '../../kinds';

export const ${name} = objectPolicy({
  id: '${id}',
  category: '${category}',
  title: 'What must hold, as a sentence',
  kinds: SERVING,
  offenders: podFieldWhere('has(variables.pod.hostname) && variables.pod.hostname == "bad"', 'hostname'),
  message: 'is wrong, and what follows from that',
  fix: 'what to do instead',
});
`,
    'policy.md': `# ${id}

What must hold, as a sentence.

## Avoid

\`\`\`yaml
hostname: bad
\`\`\`

## Prefer

\`\`\`yaml
hostname: good
\`\`\`

## Why

What happens otherwise, and where that is written.

## Configuration

None.
`,
    'good/kept.yaml': overlay('good'),
    'bad/broken.yaml': overlay('bad'),
  };
}
