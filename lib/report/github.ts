import type { SourcePosition } from '../core/problem';
import { objectName, sentence, type Report } from './report';

/** Commands that GitHub Actions turns into annotations of a pull request. */
export function github(report: Report): string {
  const lines = report.findings.map(({ severity, at, causedBy, policy, object, path, message, fix }) => {
    const command = severity === 'info' ? 'notice' : severity;
    return line(command, causedBy ?? at, policy, `${objectName(object)}: ${sentence({ path, message })}\nfix: ${fix}`);
  });
  for (const { code, message, at, fix } of report.problems) {
    lines.push(line('error', at, code, fix === undefined ? message : `${message}\nfix: ${fix}`));
  }
  for (const { policy, message } of report.errors)
    lines.push(line('error', undefined, policy, `the policy failed: ${message}`));
  return lines.map((one) => `${one}\n`).join('');
}

function line(command: string, at: SourcePosition | undefined, title: string, message: string): string {
  const properties = [
    ...(at ? [['file', at.file]] : []),
    ...(at?.line === undefined ? [] : [['line', String(at.line)]]),
    ...(at?.column === undefined ? [] : [['col', String(at.column)]]),
    ['title', title],
  ];
  return `::${command} ${properties.map(([key, value]) => `${key}=${property(value!)}`).join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
