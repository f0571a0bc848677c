import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { golden, SHOP } from '../cli/run-golden';

const ROOT = join(__dirname, '..', '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const SCRATCH = join(__dirname, '.examples');

interface Example {
  readonly code: string;
  /** The text block that follows, if the README says that it is the output. */
  readonly output: string | undefined;
}

const examples: Example[] = [
  ...README.matchAll(/<!-- runs([^>]*)-->\n```ts\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g),
].map(([, note, code, output]) => ({ code: code!, output: note!.includes('output') ? output : undefined }));

beforeAll(() => {
  mkdirSync(SCRATCH, { recursive: true });
  examples.forEach(({ code }, index) => writeFileSync(join(SCRATCH, `example-${index}.ts`), code));
});
afterAll(() => rmSync(SCRATCH, { recursive: true, force: true }));

test('every TypeScript example in the README says that it runs', () => {
  expect(examples.length).toBeGreaterThanOrEqual(3);
  expect(README.match(/```ts\n/g)).toHaveLength(examples.length);
});

test('the examples pass the compiler as strictly as our own code', () => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const files = examples.map((_, index) => join(SCRATCH, `example-${index}.ts`));
  const found = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
  expect(
    found.map(
      ({ messageText, file }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    ),
  ).toEqual([]);
});

test('the examples run, and print what the README shows', () => {
  const printed = examples.map((_, index) => {
    const lines: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the file was written by this test
    require(join(SCRATCH, `example-${index}.ts`));
    log.mockRestore();
    return lines.join('\n');
  });
  const shown = examples.map(({ output }, index) => output?.trim() ?? printed[index]);
  expect(shown.some((text) => text !== '')).toBe(true);
  expect(printed).toEqual(shown);
});

test('the output of golden explain in the README is what it prints', () => {
  const { out } = golden(['explain', 'checkout', 'autoscaling', '--project', SHOP]);
  expect(README).toContain(`\`\`\`text\n${out}\`\`\``);
});

test('the rows of the shop in the README are rows that npm start prints', () => {
  const shown = /```text\n(service +tier[\s\S]*?)```/.exec(README)![1]!.trim().split('\n');
  const { out } = golden(['synth', '--project', SHOP, '--out', join(SCRATCH, 'dist')]);
  const printed = new Set(out.split('\n').map(squeezed));
  for (const row of shown.slice(0, -1)) expect(printed).toContain(squeezed(row));
});

function squeezed(row: string): string {
  return row.replaceAll(/\s+/g, ' ').trim();
}
