import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { binaryPath } from './binaries';
import { components } from './components';
import type { KubeObject } from './objects';
import { scratchFolder } from './suite';

/** What `istioctl analyze` has to say. */
export interface Finding {
  readonly code: string;
  readonly level: 'Info' | 'Warning' | 'Error';
  readonly message: string;
  /** The object, such as `VirtualService shop/checkout`. */
  readonly origin: string;
}

/**
 * Has istioctl look at everything in the cluster, and at `files` as if they were applied. Without a cluster
 * (`--use-kube=false`) it does not read Services, pods and namespaces, and skips every check that wants them: a route to
 * a host that does not exist would pass.
 */
export function analyze(kubeconfig: string, files: readonly string[] = []): Finding[] {
  const args = ['analyze', '--kubeconfig', kubeconfig, '--all-namespaces', '--output', 'json', ...files];
  const { status, stdout, stderr } = run(binaryPath(components.istioctl), args);
  // A file that cannot be read is told beside the findings, and the exit code stays 0.
  if (status !== 0 || stderr.includes('Error(s) adding files')) throw new Error(`istioctl has failed:\n${stderr}`);
  return JSON.parse(stdout) as Finding[];
}

export interface RuleCheck {
  /** How many rules were looked at. */
  readonly rules: number;
  readonly findings: readonly string[];
}

/** Has promtool look at the rules in YAML files: rule files as Prometheus reads them, and PrometheusRule objects. */
export function checkRules(files: readonly string[]): RuleCheck {
  const folder = scratchFolder('rules');
  try {
    const checks = files.flatMap(ruleGroups).map(({ name, groups }, index) => {
      const file = join(folder, `${index}.yaml`);
      writeFileSync(file, stringify({ groups }));
      const { stdout, stderr } = run(binaryPath(components.promtool), [
        'check',
        'rules',
        '--lint=all',
        '--lint-fatal',
        file,
      ]);
      const found = /SUCCESS: (\d+) rules found/.exec(stdout)?.[1];
      const isClean = found !== undefined && stderr.trim() === '';
      return { rules: Number(found ?? 0), findings: isClean ? [] : [`${name}: ${said(stdout + stderr, file)}`] };
    });
    return {
      rules: checks.reduce((sum, { rules }) => sum + rules, 0),
      findings: checks.flatMap(({ findings }) => findings),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ruleGroups(file: string): { name: string; groups: unknown }[] {
  const documents = parseAllDocuments(readFileSync(file, 'utf8')).map((one) => one.toJS() as unknown);
  return documents.flatMap((document) => {
    const { kind, metadata, spec, groups } = (document ?? {}) as Partial<KubeObject> & { spec?: { groups?: unknown } };
    if (kind === 'PrometheusRule') return [{ name: `${file}: ${kind} ${metadata?.name}`, groups: spec?.groups }];
    return kind === undefined && groups !== undefined ? [{ name: file, groups }] : [];
  });
}

/** The words of promtool without its headings and our temporary file. */
function said(output: string, file: string): string {
  const lines = output.split('\n').map((line) => line.replaceAll(`${file}: `, '').trim());
  return lines.filter((line) => line && !line.startsWith('Checking ') && !/^(FAILED|SUCCESS)/.test(line)).join('; ');
}

function run(command: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: tmpdir() });
  if (error) throw error;
  return { status, stdout, stderr };
}
