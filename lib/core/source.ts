import { fileURLToPath } from 'node:url';
import type { SourcePosition } from './problem';

/** Answers where a path of some input was written; as exactly as it knows. */
export type Locate = (path: string) => SourcePosition | undefined;

/** Where the nearest caller outside of `constructor` stands: the `new …` that a person wrote. */
export function callSite(constructor: new (...args: never[]) => unknown): SourcePosition | undefined {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, constructor);
  Error.stackTraceLimit = limit;
  const match = /\(?((?:file:\/\/)?[^()\s][^()]*?):(\d+):(\d+)\)?$/m.exec(
    holder.stack?.split('\n')[1]?.replace(/^\s*at (?:.* \()?/, '') ?? '',
  );
  if (!match) return undefined;
  const file = match[1]!.startsWith('file://') ? fileURLToPath(match[1]!) : match[1]!;
  return { file, line: Number(match[2]), column: Number(match[3]) };
}
