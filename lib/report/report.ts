import { createHash } from 'node:crypto';
import type { Problem } from '../core/problem';
import type { Finding, RuleError, Tally } from '../policy/finding';
import type { Severity } from '../policy/pack';
import type { WaivedFinding } from '../policy/waivers';

/** What a check has to say, in whatever form it is then written. */
export interface Report {
  /** Version of the program, for formats that name the tool. */
  readonly version: string;
  readonly pack: string;
  /** Title of each policy of the pack that was judged, by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** How many objects were judged. */
  readonly objects: number;
  readonly findings: readonly Finding[];
  /** Findings that a waiver lets pass. */
  readonly waived: readonly WaivedFinding[];
  /** Policies that failed. */
  readonly errors: readonly RuleError[];
  /** Input that could not be used, and waivers that break a rule. */
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
  readonly tallies: ReadonlyMap<string, Tally>;
}

/** 0 clean, 1 violations, 2 unusable input, 3 a policy that failed; the highest wins. Warnings and infos fail nothing. */
export function exitCode({ errors, problems, findings }: Report): 0 | 1 | 2 | 3 {
  if (errors.length > 0) return 3;
  if (problems.some(({ kind }) => kind === 'input')) return 2;
  return problems.length > 0 || findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** How many findings of each severity there are. */
export function counts(findings: readonly Finding[]): Record<Severity, number> {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) count[severity] += 1;
  return count;
}

/** `Deployment shop/web`. */
export function objectName({ kind, metadata }: Finding['object']): string {
  const name = metadata.name ?? metadata.generateName;
  return printable(`${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${name}`);
}

/** What is wrong, after the path where there is one. */
export function sentence({ path, message }: Pick<Finding, 'path' | 'message'>): string {
  return printable([path, message].filter((part) => part !== '').join(' '));
}

/** Names come from files of anybody, and a terminal obeys control characters. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

/** The same finding in the next run, wherever its line has moved to. */
export function fingerprint({ policy, object, path }: Finding): string {
  const { apiVersion, kind, metadata } = object;
  const identity = [policy, apiVersion.split('/').at(-2) ?? '', kind, metadata.namespace ?? '', metadata.name, path];
  return createHash('sha256').update(identity.join('\0')).digest('hex').slice(0, 32);
}

/** Findings of one policy, in the order of the report. */
export function byPolicy(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.policy);
    if (group) group.push(finding);
    else groups.set(finding.policy, [finding]);
  }
  return groups;
}
