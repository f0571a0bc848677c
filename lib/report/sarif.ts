import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import type { SourcePosition } from '../core/problem';
import type { Finding } from '../policy/finding';
import { byPolicy, fingerprint, objectName, sentence, type Report } from './report';

/** GitHub shows no more results of one run; what is over is told as one result for each policy. */
const MOST_RESULTS = 5_000;

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0, which GitHub shows as code scanning alerts. */
export function sarif(report: Report): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'golden', semanticVersion: report.version, rules: rulesOf(report) } },
        columnKind: 'utf16CodeUnits',
        results: resultsOf(report.findings),
        invocations: [
          {
            executionSuccessful: report.errors.length === 0 && report.problems.every(({ kind }) => kind !== 'input'),
            toolExecutionNotifications: [
              ...report.problems.map(({ message, code, at }) => ({
                level: 'error' as const,
                message: { text: `${message} [${code}]` },
                ...(at ? { locations: [locationOf(at)] } : {}),
              })),
              ...report.errors.map(({ policy, message }) => ({
                level: 'error' as const,
                message: { text: `the policy ${policy} failed: ${message}` },
              })),
            ],
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rulesOf({ findings, titles }: Report): ReportingDescriptor[] {
  return [...byPolicy(findings)].map(([id, [first]]) => ({
    id,
    shortDescription: { text: titles.get(id) ?? id },
    help: { text: first!.fix },
    defaultConfiguration: { level: LEVEL[first!.severity] },
    properties: { tags: [first!.category] },
  }));
}

function resultsOf(findings: readonly Finding[]): Result[] {
  if (findings.length <= MOST_RESULTS) return findings.map((finding) => resultOf(finding));
  const groups = [...byPolicy(findings).values()];
  const share = Math.max(1, Math.floor(MOST_RESULTS / groups.length));
  return groups.flatMap((group) =>
    group.length <= share
      ? group.map((finding) => resultOf(finding))
      : [
          ...group.slice(0, share - 1).map((finding) => resultOf(finding)),
          resultOf(group[share - 1]!, group.length - share),
        ],
  );
}

function resultOf(finding: Finding, more = 0): Result {
  const { policy, severity, object, path, message, at, causedBy } = finding;
  const others = more === 0 ? '' : ` (and ${more} more of the kind)`;
  // GitHub can show an alert only at a file of the repository: what somebody wrote comes before what was rendered.
  const places = [causedBy, at].filter((place) => place !== undefined);
  return {
    ruleId: policy,
    level: LEVEL[severity],
    message: { text: `${objectName(object)}: ${sentence({ path, message })}${others}` },
    locations: places.slice(0, 1).map(locationOf),
    ...(places.length > 1
      ? { relatedLocations: [{ ...locationOf(places[1]!), message: { text: 'as rendered' } }] }
      : {}),
    partialFingerprints: { 'golden/v1': fingerprint(finding) },
  };
}

function locationOf({ file, line, column }: SourcePosition): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('\\').join('/').split('/').map(encodeURIComponent).join('/') },
      ...(line === undefined
        ? {}
        : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
    },
  };
}
