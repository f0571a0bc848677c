// needs: crds, istioctl, promtool
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { analyze, checkRules, type Finding } from '../analyze';
import type { Api } from '../api';
import { installCrds } from '../crds';
import { applyAll, readManifests, removeAll, renderFleet } from '../fleet';
import { nameOf, type KubeObject } from '../objects';
import { connect, kubeconfigPath, makeNamespace, scratchFolder } from '../suite';

/** The tools of Istio and Prometheus themselves find nothing wrong with what is rendered. */
const api: Api = connect();
const namespace = 'analyze';
let folder: string;

beforeAll(async () => {
  await installCrds(api, 'istio');
  await makeNamespace(api, namespace, { 'istio-injection': 'enabled' });
  await api.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'checkout', namespace },
    spec: { ports: [{ name: 'http', port: 80 }] },
  });
  folder = scratchFolder('analyze');
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
});

function file(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, stringify(content));
  return path;
}

function routeTo(host: string): KubeObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'checkout', namespace },
    spec: { hosts: ['checkout'], http: [{ route: [{ destination: { host } }] }] },
  };
}

function ruleFile(expr: string, labels: object = { severity: 'page' }): object {
  return { groups: [{ name: 'checkout', rules: [{ alert: 'Errors', expr, labels }] }] };
}

function ruleObject(expr: string): object {
  const metadata = { name: 'checkout', namespace };
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata, spec: ruleFile(expr) };
}

/** What matters about the objects named: an Info does not. */
function serious(findings: readonly Finding[], isOurs: (origin: string) => boolean): string[] {
  return findings
    .filter(({ level, origin }) => level !== 'Info' && isOurs(origin))
    .map(({ code, origin, message }) => `${code} ${origin}: ${message}`);
}

const ofThisSuite = (origin: string): boolean => origin.includes(` ${namespace}/`);

describe('istioctl', () => {
  test('finds a route to a host that does not exist, in a file and in the cluster', async () => {
    const missing = [`IST0101 VirtualService ${namespace}/checkout: Referenced host not found: "nowhere"`];
    const route = file('nowhere.yaml', routeTo('nowhere'));
    expect(serious(analyze(kubeconfigPath(), [route]), ofThisSuite)).toEqual(missing);
    await api.apply(routeTo('nowhere'));
    expect(serious(analyze(kubeconfigPath()), ofThisSuite)).toEqual(missing);
    await api.remove(routeTo('nowhere'));
  });

  test('finds nothing about a route to a Service that exists', () => {
    const route = file('checkout.yaml', routeTo('checkout'));
    expect(serious(analyze(kubeconfigPath(), [route]), ofThisSuite)).toEqual([]);
  });

  test('does not pass over a file that it cannot read', () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'kind: [');
    expect(() => analyze(kubeconfigPath(), [broken])).toThrow('istioctl has failed');
  });
});

describe('promtool', () => {
  test.each([
    ['a rule file', ruleFile],
    ['a PrometheusRule', ruleObject],
  ])('finds a broken expression in %s', (_kind, rule) => {
    const { findings } = checkRules([file('broken-rule.yaml', rule('sum(rate(errors_total[5m]) > 0'))]);
    expect(findings).toEqual([expect.stringContaining('parse error: unclosed left parenthesis')]);
    expect(checkRules([file('good-rule.yaml', rule('sum(rate(errors_total[5m])) > 0'))])).toEqual({
      rules: 1,
      findings: [],
    });
  });

  test('finds a rule that is there twice', () => {
    const { groups } = ruleFile('vector(1)') as { groups: unknown[] };
    const [finding = ''] = checkRules([
      file('twice.yaml', { groups: [...groups, { ...Object(groups[0]), name: 'b' }] }),
    ]).findings;
    expect(finding).toContain('duplicate rule(s) found');
  });
});

describe('the rendered shop', () => {
  let objects: KubeObject[];
  let rendered: string;

  beforeAll(async () => {
    rendered = join(folder, 'shop');
    renderFleet('prod', rendered);
    objects = readManifests(rendered);
    await applyAll(api, objects);
  });

  afterAll(() => removeAll(api, objects));

  test('has nothing that istioctl warns of', () => {
    const names = new Set(objects.map(nameOf));
    const findings = serious(analyze(kubeconfigPath()), (origin) => names.has(origin));
    expect(findings).toEqual([]);
  });

  test('has nothing that promtool warns of, and every rule was looked at', () => {
    const files = readdirSync(rendered, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.yaml'));
    const { rules, findings } = checkRules(files.map((one) => join(rendered, one)));
    expect(findings).toEqual([]);
    expect(rules).toBe(rulesIn(objects));
  });
});

function rulesIn(objects: readonly KubeObject[]): number {
  const groups = objects
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => (spec as { groups: { rules: unknown[] }[] }).groups);
  return groups.reduce((sum, { rules }) => sum + rules.length, 0);
}
