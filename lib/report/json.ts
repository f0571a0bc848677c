import { compare } from '../core/canonical';
import { counts, exitCode, fingerprint, type Report } from './report';

/** For programs: everything, in a form that stays as it is (`version`). */
export function json(report: Report): string {
  const { pack, objects, findings, waived, errors, problems, notes, tallies } = report;
  const content = {
    version: 1,
    pack,
    objects,
    exitCode: exitCode(report),
    counts: { ...counts(findings), waived: waived.length },
    findings: findings.map(shownFinding),
    waived: waived.map(({ finding, waiver }) => ({ ...shownFinding(finding), waiver })),
    errors: errors.map(({ policy, object, message }) => ({ policy, object: object && identity(object), message })),
    problems,
    notes,
    policies: Object.fromEntries([...tallies].sort(([a], [b]) => compare(a, b))),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

type Finding = Report['findings'][number];

function shownFinding(finding: Finding) {
  const { object, ...rest } = finding;
  return { ...rest, object: identity(object), fingerprint: fingerprint(finding) };
}

function identity({ apiVersion, kind, metadata }: Finding['object']) {
  return { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}
