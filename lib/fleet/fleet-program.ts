import { relative } from 'node:path';
import { createJiti } from 'jiti';
import { ProblemsError, type SourcePosition } from '../core/problem';
import { Fleet } from './fleet';

/** Runs a fleet program, TypeScript or JavaScript, by jiti, and takes the one Fleet that it exports. */
export function loadFleetProgram(path: string): Fleet {
  const name = relative(process.cwd(), path) || path;
  let exported: unknown;
  try {
    exported = createJiti(path)(path);
  } catch (error) {
    // What a blueprint in it has to say is already made for people.
    if (ProblemsError.is(error)) throw error;
    const at = thrownAt(error, path);
    throw new ProblemsError([
      {
        code: 'fleet-throws',
        kind: 'input',
        subject: name,
        path: '',
        message: `the fleet program failed: ${firstLine(error)}`,
        at: at ?? { file: name },
        fix: 'run it by itself, or check it with tsc',
      },
    ]);
  }
  const fleets = [...new Set(Object.values(exported ?? {}).filter((value) => Fleet.isFleet(value)))];
  if (fleets.length === 1) return fleets[0]!;
  throw new ProblemsError([
    {
      code: 'one-fleet-needed',
      kind: 'input',
      subject: name,
      path: '',
      message: 'a fleet program exports exactly one Fleet',
      got:
        fleets.length === 0
          ? `exports ${Object.keys(exported ?? {}).join(', ') || 'nothing'}`
          : `${fleets.length} of them`,
      fix: 'write: export const fleet = new Fleet({ name: "..." })',
      at: { file: name },
    },
  ]);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.slice(0, 300);
}

/** The first place in the stack that is in the program itself or beside it. */
function thrownAt(error: unknown, path: string): SourcePosition | undefined {
  if (!(error instanceof Error)) return undefined;
  const frame = (error.stack ?? '').split('\n').find((line) => line.includes(path));
  const match = /:(\d+):(\d+)\)?$/.exec(frame ?? '');
  if (!match) return undefined;
  return { file: relative(process.cwd(), path) || path, line: Number(match[1]), column: Number(match[2]) };
}
