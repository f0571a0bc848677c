import type { Manifest } from '../../../lib/kube/manifest';
import type { Finding } from '../../../lib/policy/finding';
import type { Report } from '../../../lib/report/report';

const deployment: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web' } },
};

/** A name as somebody wrote it who wanted to see what it does to a terminal, to XML, to a table and to an annotation. */
const nasty: Manifest = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: '\u001b[31m<a href="x">|&::%', namespace: 'shop' },
};

const liveness: Finding = {
  policy: 'liveness-probe',
  category: 'reliability',
  severity: 'error',
  object: deployment,
  path: 'spec/template/spec/containers[name=web]/livenessProbe',
  message: 'is missing',
  fix: 'add one',
  at: { file: 'dist/prod/web/50 workload.yaml', line: 42, column: 11 },
  causedBy: { file: 'fleet.ts', line: 7, column: 1 },
};

const type: Finding = {
  policy: 'service-type',
  category: 'networking',
  severity: 'warning',
  object: nasty,
  path: 'spec/type',
  message: 'is NodePort, 100% open',
  fix: 'use ClusterIP',
  at: { file: 'a.yaml', line: 3 },
};

const waivedFinding: Finding = {
  ...liveness,
  object: { ...deployment, metadata: { ...deployment.metadata, name: 'old' } },
};

/** Something of everything that a report can hold. */
export const full: Report = {
  version: '0.1.0',
  pack: 'golden',
  titles: new Map([
    ['liveness-probe', 'What runs without an end has a liveness probe'],
    ['service-type', 'A Service is reached from inside'],
    ['quiet', 'Nothing to say'],
    ['idle', 'Nothing to judge'],
    ['broken', 'Cannot judge'],
  ]),
  objects: 3,
  findings: [liveness, type],
  waived: [
    {
      finding: waivedFinding,
      waiver: {
        policy: 'liveness-probe',
        target: { name: 'old' },
        reason: 'it is switched off in March | really',
        owner: 'team-shop',
        expires: '2026-12-31',
      },
    },
  ],
  errors: [{ policy: 'broken', object: deployment, message: 'no such key: spec' }],
  problems: [
    {
      code: 'not-yaml',
      kind: 'input',
      subject: 'b.yaml',
      path: '',
      message: 'this is not YAML: a <tab>',
      at: { file: 'b.yaml', line: 2, column: 1 },
    },
  ],
  notes: ['c.yaml:1 is no Kubernetes object (no apiVersion, no kind) and was passed over'],
  tallies: new Map([
    ['broken', { pass: 0, violation: 0, notApplicable: 0 }],
    ['idle', { pass: 0, violation: 0, notApplicable: 4 }],
    ['liveness-probe', { pass: 1, violation: 2, notApplicable: 0 }],
    ['quiet', { pass: 3, violation: 0, notApplicable: 0 }],
    ['service-type', { pass: 0, violation: 1, notApplicable: 0 }],
  ]),
};

export const clean: Report = {
  ...full,
  findings: [],
  waived: [],
  errors: [],
  problems: [],
  notes: [],
  tallies: new Map([['quiet', { pass: 3, violation: 0, notApplicable: 0 }]]),
};

/** As many findings as no screen and no GitHub shows. */
export function crowded(count: number): Report {
  const findings = Array.from({ length: count }, (_, index) => ({
    ...liveness,
    object: { ...deployment, metadata: { ...deployment.metadata, name: `web-${index}` } },
  }));
  return { ...clean, objects: count, findings: [...findings, type] };
}
