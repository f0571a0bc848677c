import { formatPosition } from '../core/problem';
import { counted } from '../core/text';
import { byPolicy, counts, exitCode, objectName, sentence, type Report } from './report';

/** What a comment on a pull request shows of one policy; GitHub refuses comments over 65,536 characters. */
const MOST_ROWS = 10;
const LONGEST = 60_000;

/** For a comment on a pull request. */
export function markdown(report: Report): string {
  const { error, warning, info } = counts(report.findings);
  const found = `${counted(error, 'error')}, ${counted(warning, 'warning')}, ${info} to know, ${report.waived.length} waived`;
  const parts = [
    `## ${exitCode(report) === 0 ? '✅' : '❌'} golden check: ${found}`,
    `${counted(report.objects, 'object')} judged by ${report.tallies.size} policies of pack \`${report.pack}\`.`,
  ];
  if (report.problems.length > 0) {
    parts.push(
      [
        '### Cannot be used',
        ...report.problems.map(
          ({ message, at, code }) => `- ${cell(message)} \`${code}\`${at ? ` (${cell(formatPosition(at))})` : ''}`,
        ),
      ].join('\n'),
    );
  }
  for (const { policy, message } of report.errors) parts.push(`**The policy \`${policy}\` failed:** ${cell(message)}`);
  for (const [id, findings] of byPolicy(report.findings)) {
    const { severity, fix } = findings[0]!;
    const rows = findings.slice(0, MOST_ROWS).map(({ object, path, at, causedBy, message }) => {
      const place = causedBy ?? at;
      return `| ${cell(objectName(object))} | ${cell(sentence({ path, message }))} | ${place ? `\`${cell(formatPosition(place))}\`` : ''} |`;
    });
    const more = findings.length > MOST_ROWS ? [`\nand ${findings.length - MOST_ROWS} more of the kind`] : [];
    parts.push(
      [
        `### \`${id}\` (${severity}): ${report.titles.get(id) ?? ''}`,
        '',
        '| Object | What | Where |',
        '| --- | --- | --- |',
        ...rows,
        ...more,
        '',
        `**Fix:** ${fix}`,
      ].join('\n'),
    );
  }
  if (report.waived.length > 0) {
    const rows = report.waived.map(
      ({ finding, waiver }) =>
        `| \`${finding.policy}\` | ${cell(objectName(finding.object))} | ${cell(waiver.reason)} | ${cell(waiver.owner)} | ${waiver.expires} |`,
    );
    parts.push(
      [
        '### Waived',
        '',
        '| Policy | Object | Reason | Owner | Until |',
        '| --- | --- | --- | --- | --- |',
        ...rows,
      ].join('\n'),
    );
  }
  return `${shortened(parts)}\n`;
}

/** Whole parts only: half a table shows as garbage. */
function shortened(parts: readonly string[]): string {
  let length = 0;
  const fitting = parts.filter((part) => (length += part.length + 2) <= LONGEST);
  const left = parts.length - fitting.length;
  return [...fitting, ...(left > 0 ? [`and ${left} more sections, which the other formats hold`] : [])].join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\r?\n/g, ' ');
}
