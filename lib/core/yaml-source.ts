import { LineCounter, parseAllDocuments } from 'yaml';
import { parsePath } from './data';
import { shown, type Problem } from './problem';
import type { Locate } from './source';
import { yamlLocator } from './yaml-position';

/** A YAML file read as data, with the way back from a path to the line it was written on. */
export interface YamlSource {
  readonly data: unknown;
  readonly problems: readonly Problem[];
  readonly locate: Locate;
}

/** More aliases than any file of ours needs; few enough to stop one that multiplies itself. */
const MOST_ALIASES = 100;
/** Larger than any spec; reading more would take seconds. */
const LONGEST = 2_000_000;

/** Reads one document. Everything that is wrong with the text itself becomes a problem with its line. */
export function readYaml(text: string, file: string, subject: string): YamlSource {
  const failed = (problem: Omit<Problem, 'kind' | 'subject' | 'path'>): YamlSource => ({
    data: undefined,
    problems: [{ kind: 'input', subject, path: '', at: { file }, ...problem }],
    locate: () => ({ file }),
  });
  if (text.length > LONGEST) {
    return failed({
      code: 'file-too-large',
      message: 'the file is larger than any spec',
      got: `${text.length} characters`,
      expected: `at most ${LONGEST}`,
    });
  }
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    if ('empty' in documents)
      return failed({
        code: 'empty-file',
        message: 'the file is empty',
        fix: 'write a map of keys and values, or remove the file',
      });
    const [document, second] = documents;
    const errors = documents.flatMap((one) => [...one.errors, ...one.warnings]);
    if (errors.length > 0) {
      return {
        data: undefined,
        locate: () => ({ file }),
        problems: errors.map((error) => {
          const { line, col } = lines.linePos(error.pos[0]);
          return {
            code: 'not-yaml',
            kind: 'input',
            subject,
            path: '',
            message: `this is not YAML: ${lowerFirst(error.message)}`,
            at: { file, line, column: col },
          };
        }),
      };
    }
    if (second) {
      const { line } = lines.linePos(second.range[0]);
      return failed({
        code: 'several-documents',
        message: 'the file holds more than one document',
        at: { file, line },
        fix: 'one file for each',
      });
    }
    // Parsed again when something is wrong: the trees of a whole fleet, kept for that, would be most of its memory.
    let locate: Locate | undefined;
    return {
      data: document!.toJS({ maxAliasCount: MOST_ALIASES }) as unknown,
      problems: [],
      locate: (path) => (locate ??= locator(text, file))(path),
    };
  } catch (error) {
    // Nesting without end overflows the parser's stack; aliases without end make it refuse.
    const message =
      error instanceof RangeError
        ? 'the file is nested too deeply'
        : `this cannot be read: ${lowerFirst(error instanceof Error ? error.message : shown(error))}`;
    return failed({ code: 'not-yaml', message });
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function locator(text: string, file: string): Locate {
  const find = yamlLocator(text);
  return (path) => ({ file, ...find(parsePath(path)) });
}
