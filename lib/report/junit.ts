import { compare } from '../core/canonical';
import { formatPosition } from '../core/problem';
import { byPolicy, objectName, sentence, type Report } from './report';

/** JUnit XML: a test case for each policy, which fails with its findings. Warnings and infos are output, not failures. */
export function junit(report: Report): string {
  const groups = byPolicy(report.findings);
  const cases = [...report.tallies.entries()]
    .sort(([a], [b]) => compare(a, b))
    .map(([id, { pass, violation }]) => {
      const findings = groups.get(id) ?? [];
      const errors = report.errors.filter(({ policy }) => policy === id);
      const text = findings
        .map(({ at, object, path, message }) =>
          [at && formatPosition(at), objectName(object), sentence({ path, message })].filter(Boolean).join(' '),
        )
        .join('\n');
      const name = `name="${escaped(id)}" classname="golden.${escaped(report.pack)}"`;
      if (errors.length > 0)
        return `    <testcase ${name}><error message="${escaped(errors[0]!.message)}"/></testcase>`;
      if (findings.some(({ severity }) => severity === 'error'))
        return `    <testcase ${name}><failure message="${escaped(report.titles.get(id) ?? id)}">${escaped(text)}</failure></testcase>`;
      if (pass + violation === 0)
        return `    <testcase ${name}><skipped message="nothing here is its business"/></testcase>`;
      return text === ''
        ? `    <testcase ${name}/>`
        : `    <testcase ${name}><system-out>${escaped(text)}</system-out></testcase>`;
    });
  const problems = report.problems.map(
    ({ code, message, at }) =>
      `    <testcase name="${escaped(at ? formatPosition(at) : code)}" classname="golden.input"><error message="${escaped(message)}"/></testcase>`,
  );
  const all = [...problems, ...cases];
  const count = (element: string): number => all.filter((one) => one.includes(`<${element} `)).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="golden check" tests="${all.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}">`,
    ...all,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // XML has no way to write these at all.
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?')
  );
}
