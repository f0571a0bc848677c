import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { github } from '../../../lib/report/github';
import { json } from '../../../lib/report/json';
import { junit } from '../../../lib/report/junit';
import { markdown } from '../../../lib/report/markdown';
import { pretty } from '../../../lib/report/pretty';
import { exitCode, fingerprint } from '../../../lib/report/report';
import { sarif } from '../../../lib/report/sarif';
import { clean, crowded, full } from './fixture';

const FORMATS = { pretty, json, sarif, junit, github, markdown };

describe('the exit code', () => {
  test.each([
    ['nothing is wrong', {}, 0],
    ['there are only warnings', { findings: full.findings.filter(({ severity }) => severity !== 'error') }, 0],
    ['something is waived', { waived: full.waived }, 0],
    ['an error was found', { findings: full.findings }, 1],
    ['a waiver breaks a rule', { problems: [{ ...full.problems[0]!, kind: 'rule' as const }] }, 1],
    ['input cannot be used, whatever else was found', { problems: full.problems, findings: full.findings }, 2],
    ['a policy failed, whatever else was found', { errors: full.errors, problems: full.problems }, 3],
  ])('when %s', (_, changes, code) => {
    expect(exitCode({ ...clean, ...changes })).toBe(code);
  });
});

describe.each(Object.entries(FORMATS))('%s', (name, write) => {
  test('holds every finding, or says how many are left out', () => {
    const text = write(full);
    for (const part of ['liveness-probe', 'service-type', 'Deployment', 'web', 'livenessProbe', 'b.yaml'])
      expect(text).toContain(part);
    // What nobody can see cannot be trusted: JSON and SARIF write what failed, the others say it in words.
    expect(text).toMatch(/no such key: spec/);
  });

  test('is the same for the same report', () => {
    expect(write(full)).toBe(write(full));
  });

  test('lets no control character of a name through to a terminal', () => {
    expect(name === 'json' || !write(full).includes('\u001b')).toBe(true);
    expect(json(full)).not.toContain('\u001b');
  });
});

describe('pretty', () => {
  test('shows each policy once, with its findings, causes and way out', () => {
    expect(pretty(full)).toMatchInlineSnapshot(`
     "b.yaml: this is not YAML: a <tab> [not-yaml]
       at:       b.yaml:2:1

     error liveness-probe  What runs without an end has a liveness probe [1]
       dist/prod/web/50 workload.yaml:42:11  Deployment shop/web
         spec/template/spec/containers[name=web]/livenessProbe is missing
         caused by fleet.ts:7:1
       fix: add one

     warning service-type  A Service is reached from inside [1]
       a.yaml:3  Service shop/?[31m<a href="x">|&::%
         spec/type is NodePort, 100% open
       fix: use ClusterIP

     ! the policy broken failed at Deployment shop/web: no such key: spec

     waived
       liveness-probe  Deployment shop/old  until 2026-12-31, team-shop: it is switched off in March | really

     note: c.yaml:1 is no Kubernetes object (no apiVersion, no kind) and was passed over

     ✗ 3 objects judged by 5 policies of pack golden: 1 problem, 1 failed, 1 error, 1 warning, 1 waived
     "
    `);
  });

  test('says so when there is nothing to mend', () => {
    expect(pretty(clean)).toBe('✓ 3 objects judged by 1 policies of pack golden: nothing to mend\n');
  });

  test('shows a screen of each policy, and how many more there are', () => {
    const text = pretty(crowded(300));
    expect(text).toContain('and 280 more of the kind');
    expect(text.split('\n').length).toBeLessThan(100);
  });
});

describe('sarif', () => {
  const schema = JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  ) as Record<string, unknown>;
  // The schema is of draft 04; nothing in it but these two is read differently since.
  delete schema.$schema;
  delete schema.id;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  const run = (text: string) => (JSON.parse(text) as { runs: [Run] }).runs[0];

  interface Run {
    results: {
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region?: object } }[];
      relatedLocations?: unknown[];
      partialFingerprints: Record<string, string>;
    }[];
    invocations: [{ executionSuccessful: boolean }];
  }

  test.each([
    ['a full report', full],
    ['a clean one', clean],
    ['a crowded one', crowded(7_000)],
  ])('%s is valid SARIF 2.1.0', (_, report) => {
    validate(JSON.parse(sarif(report)));
    expect(validate.errors).toBeNull();
  });

  test('points at what somebody wrote, and at the rendered file beside it', () => {
    const [first, second] = run(sarif(full)).results;
    expect(first!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: 'fleet.ts' },
      region: { startLine: 7, startColumn: 1 },
    });
    expect(first!.relatedLocations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'dist/prod/web/50%20workload.yaml' },
          region: { startLine: 42, startColumn: 11 },
        },
        message: { text: 'as rendered' },
      },
    ]);
    expect(second!.locations[0]!.physicalLocation.artifactLocation.uri).toBe('a.yaml');
  });

  test('keeps the fingerprint of a finding whose line moves', () => {
    const [finding] = full.findings;
    const moved = { ...finding!, at: { file: 'other.yaml', line: 1 } };
    expect(fingerprint(moved)).toBe(fingerprint(finding!));
    expect(fingerprint({ ...finding!, path: 'spec' })).not.toBe(fingerprint(finding!));
  });

  test('holds no more results than GitHub shows, and counts the rest', () => {
    const { results } = run(sarif(crowded(7_000)));
    expect(results.length).toBeLessThanOrEqual(5_000);
    expect(results.some(({ message }) => message.text.includes('and 4500 more of the kind'))).toBe(true);
    expect(results.some(({ message }) => message.text.includes('NodePort'))).toBe(true);
  });

  test('says when the run was not a whole one', () => {
    expect(run(sarif(full)).invocations[0].executionSuccessful).toBe(false);
    expect(run(sarif(clean)).invocations[0].executionSuccessful).toBe(true);
  });
});

describe('junit', () => {
  test('is a case for each policy and each unusable input', () => {
    expect(junit(full)).toMatchInlineSnapshot(`
     "<?xml version="1.0" encoding="UTF-8"?>
     <testsuites>
       <testsuite name="golden check" tests="6" failures="1" errors="2" skipped="1">
         <testcase name="b.yaml:2:1" classname="golden.input"><error message="this is not YAML: a &lt;tab&gt;"/></testcase>
         <testcase name="broken" classname="golden.golden"><error message="no such key: spec"/></testcase>
         <testcase name="idle" classname="golden.golden"><skipped message="nothing here is its business"/></testcase>
         <testcase name="liveness-probe" classname="golden.golden"><failure message="What runs without an end has a liveness probe">dist/prod/web/50 workload.yaml:42:11 Deployment shop/web spec/template/spec/containers[name=web]/livenessProbe is missing</failure></testcase>
         <testcase name="quiet" classname="golden.golden"/>
         <testcase name="service-type" classname="golden.golden"><system-out>a.yaml:3 Service shop/?[31m&lt;a href=&quot;x&quot;&gt;|&amp;::% spec/type is NodePort, 100% open</system-out></testcase>
       </testsuite>
     </testsuites>
     "
    `);
  });
});

describe('github', () => {
  test('is one annotation for each finding, with line breaks and commas written as GitHub reads them', () => {
    expect(github(full)).toMatchInlineSnapshot(`
     "::error file=fleet.ts,line=7,col=1,title=liveness-probe::Deployment shop/web: spec/template/spec/containers[name=web]/livenessProbe is missing%0Afix: add one
     ::warning file=a.yaml,line=3,title=service-type::Service shop/?[31m<a href="x">|&::%25: spec/type is NodePort, 100%25 open%0Afix: use ClusterIP
     ::error file=b.yaml,line=2,col=1,title=not-yaml::this is not YAML: a <tab>
     ::error title=broken::the policy failed: no such key: spec
     "
    `);
  });

  test('is nothing when nothing is wrong', () => {
    expect(github(clean)).toBe('');
  });
});

describe('markdown', () => {
  test('is a comment for a pull request', () => {
    expect(markdown(full)).toMatchInlineSnapshot(`
     "## ❌ golden check: 1 error, 1 warning, 0 to know, 1 waived

     3 objects judged by 5 policies of pack \`golden\`.

     ### Cannot be used
     - this is not YAML: a &lt;tab> \`not-yaml\` (b.yaml:2:1)

     **The policy \`broken\` failed:** no such key: spec

     ### \`liveness-probe\` (error): What runs without an end has a liveness probe

     | Object | What | Where |
     | --- | --- | --- |
     | Deployment shop/web | spec/template/spec/containers[name=web]/livenessProbe is missing | \`fleet.ts:7:1\` |

     **Fix:** add one

     ### \`service-type\` (warning): A Service is reached from inside

     | Object | What | Where |
     | --- | --- | --- |
     | Service shop/?[31m&lt;a href="x">\\|&::% | spec/type is NodePort, 100% open | \`a.yaml:3\` |

     **Fix:** use ClusterIP

     ### Waived

     | Policy | Object | Reason | Owner | Until |
     | --- | --- | --- | --- | --- |
     | \`liveness-probe\` | Deployment shop/old | it is switched off in March \\| really | team-shop | 2026-12-31 |
     "
    `);
  });

  test('never grows over what GitHub takes', () => {
    expect(markdown(crowded(5_000)).length).toBeLessThan(65_536);
    const many = { ...clean, findings: crowded(3_000).findings.map((one, index) => ({ ...one, policy: `p${index}` })) };
    expect(markdown(many).length).toBeLessThan(65_536);
    expect(markdown(many)).toMatch(/and \d+ more sections, which the other formats hold/);
  });
});
