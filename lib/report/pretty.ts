import { formatPosition, formatProblem, type ProblemStyle } from '../core/problem';
import { counted } from '../core/text';
import type { Finding } from '../policy/finding';
import { byPolicy, counts, objectName, sentence, type Report } from './report';

/** Colours of a terminal; plain text by default. */
export interface Style extends ProblemStyle {
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly good: (text: string) => string;
}

const PLAIN: Style = { strong: String, faint: String, bad: String, warn: String, good: String };

/** One screen of findings for each policy is what somebody reads; the other formats hold all. */
const MOST_SHOWN = 20;

/** For a person at a terminal: what is wrong, policy by policy, each with its way out. */
export function pretty(report: Report, style: Style = PLAIN): string {
  const parts = report.problems.map((problem) => formatProblem(problem, style));
  for (const [id, findings] of byPolicy(report.findings)) parts.push(section(id, findings, report, style));
  for (const { policy, object, message } of report.errors) {
    const where = object === undefined ? '' : ` at ${objectName(object)}`;
    parts.push(`${style.bad('!')} the policy ${style.strong(policy)} failed${where}: ${message}`);
  }
  if (report.waived.length > 0) {
    const lines = report.waived.map(
      ({ finding, waiver }) =>
        `  ${finding.policy}  ${objectName(finding.object)}  until ${waiver.expires}, ${waiver.owner}: ${waiver.reason}`,
    );
    parts.push([style.strong('waived'), ...lines].join('\n'));
  }
  if (report.notes.length > 0) parts.push(report.notes.map((note) => style.faint(`note: ${note}`)).join('\n'));
  parts.push(summary(report, style));
  return `${parts.join('\n\n')}\n`;
}

function section(id: string, findings: readonly Finding[], report: Report, style: Style): string {
  const { severity, fix } = findings[0]!;
  const colour = severity === 'error' ? style.bad : severity === 'warning' ? style.warn : style.faint;
  const lines = [
    `${colour(severity)} ${style.strong(id)}  ${report.titles.get(id) ?? ''} ${style.faint(`[${findings.length}]`)}`,
  ];
  for (const finding of findings.slice(0, MOST_SHOWN)) {
    const at = finding.at ? `${formatPosition(finding.at)}  ` : '';
    lines.push(`  ${at}${objectName(finding.object)}`, `    ${sentence(finding)}`);
    if (finding.causedBy) lines.push(style.faint(`    caused by ${formatPosition(finding.causedBy)}`));
  }
  if (findings.length > MOST_SHOWN) lines.push(style.faint(`  and ${findings.length - MOST_SHOWN} more of the kind`));
  lines.push(`  ${style.faint('fix:')} ${fix}`);
  return lines.join('\n');
}

function summary({ findings, waived, tallies, objects, pack, problems, errors }: Report, style: Style): string {
  const { error, warning, info } = counts(findings);
  const found = [
    problems.length > 0 ? counted(problems.length, 'problem') : undefined,
    errors.length > 0 ? `${errors.length} failed` : undefined,
    error > 0 ? counted(error, 'error') : undefined,
    warning > 0 ? counted(warning, 'warning') : undefined,
    info > 0 ? `${info} to know` : undefined,
    waived.length > 0 ? `${waived.length} waived` : undefined,
  ].filter((part) => part !== undefined);
  const judged = `${counted(objects, 'object')} judged by ${tallies.size} policies of pack ${pack}`;
  const failed = error > 0 || problems.length > 0 || errors.length > 0;
  const mark = failed ? style.bad('✗') : style.good('✓');
  return `${mark} ${judged}: ${found.length === 0 ? 'nothing to mend' : found.join(', ')}`;
}
