import { nearMiss } from '../core/near-miss';
import { throwIfAny } from '../core/problem';
import type { Decision } from '../resolve/decision';
import { openProject, requireService, type ProjectOptions } from './project-command';
import { writeText } from './output-text';
import { colorsFor } from './terminal';

export interface ExplainOptions extends ProjectOptions {
  readonly format: 'pretty' | 'json';
}

/** `golden explain`: the decisions behind one service, or behind one part of it. */
export function explain(service: string, path: string | undefined, options: ExplainOptions): void {
  const { environment, rendering } = openProject(options);
  requireService(rendering, service);
  const { decisions, notes } = rendering.resolved(service);
  const wanted = path === undefined ? decisions : decisions.filter((decision) => isAtOrBelow(decision.path, path));
  if (wanted.length === 0) throwIfAny([unknownPath(service, path!, decisions)]);
  if (options.format === 'json') {
    writeText(`${JSON.stringify({ service, environment, decisions: wanted, notes }, null, 2)}\n`, options.out);
    return;
  }
  const colors = options.out === undefined ? colorsFor(process.stdout) : undefined;
  const bold = colors?.bold ?? String;
  const dim = colors?.dim ?? String;
  const lines = [`${bold(service)} in ${bold(environment)}`, ''];
  for (const decision of wanted) {
    lines.push(
      `${bold(decision.path)} = ${shownValue(decision.value)}  ${dim(decision.source)}`,
      `    ${decision.because}`,
    );
  }
  if (path === undefined && notes.length > 0) lines.push('', bold('to know'), ...notes.map((note) => `    ${note}`));
  writeText(`${lines.join('\n')}\n`, options.out);
}

function isAtOrBelow(path: string, wanted: string): boolean {
  return path === wanted || path.startsWith(`${wanted}.`) || path.startsWith(`${wanted}[`);
}

function shownValue(value: Decision['value']): string {
  return typeof value === 'object' && value !== null ? value.join(', ') : String(value);
}

function unknownPath(service: string, path: string, decisions: readonly Decision[]) {
  const paths = decisions.map((decision) => decision.path);
  const heads = new Set(paths.map((each) => each.split(/[.[]/)[0]!));
  const near = nearMiss(path, [...paths, ...heads]);
  return {
    code: 'unknown-path',
    kind: 'input' as const,
    subject: service,
    path,
    message: 'nothing was decided under this path',
    got: path,
    expected: `something below ${[...heads].join(', ')}`,
    ...(near === undefined ? {} : { fix: `did you mean ${near}` }),
  };
}
