import { App, Chart } from 'cdk8s';
import { denyAll } from '../blueprint/parts/network';
import { boundary } from '../blueprint/parts/tenancy';
import { compare } from '../core/canonical';
import { priorityClass } from '../kube/objects';
import { render } from '../kube/render';
import type { Platform } from '../platform/profile';
import { larger } from '../resolve/container';
import { priorityClassName } from '../resolve/own-facts';
import type { ResolvedService, ResolvedTenancy } from '../resolve/resolved-service';
import type { ManifestGroup } from './manifest-group';

const MEANING = {
  critical: 'without it the business stops',
  standard: 'users notice when it is away',
  'best-effort': 'may be away for a while',
} as const;

/** What services refer to and no single one of them owns. */
export function platformObjects(
  platform: Platform,
  fleet: string,
  services: readonly ResolvedService[],
): { groups: ManifestGroup[]; operators: string } {
  const labels = { 'app.kubernetes.io/managed-by': 'golden-path', 'app.kubernetes.io/part-of': fleet };
  const priorities = new Chart(new App(), 'priorities', { disableResourceNameHashes: true });
  for (const tier of ['critical', 'standard', 'best-effort'] as const) {
    const name = priorityClassName(tier);
    priorityClass(
      priorities,
      name,
      { name, labels },
      { value: platform.tiers[tier].priority, description: `tier ${tier}: ${MEANING[tier]}` },
    );
  }
  const groups: ManifestGroup[] = [
    { name: '00-priorities', manifests: render(priorities).map(({ manifest }) => manifest) },
  ];

  for (const team of teamsOf(services)) {
    const members = services.filter((service) => service.namespace.name === team);
    const chart = new Chart(new App(), team, { disableResourceNameHashes: true });
    const teamLabels = { ...labels, 'golden-path.dev/team': team };
    boundary(
      chart,
      team,
      teamLabels,
      members.map((member) => member.tenancy).reduce(together),
      platform.mesh !== false,
    );
    denyAll(chart, team, teamLabels);
    groups.push({ name: `10-namespace-${team}`, manifests: render(chart).map(({ manifest }) => manifest) });
  }
  return { groups, operators: operatorsPage(platform, services) };
}

/** Names of the namespaces that several services share. */
function teamsOf(services: readonly ResolvedService[]): string[] {
  return [
    ...new Set(services.filter(({ namespace }) => namespace.scope === 'team').map(({ namespace }) => namespace.name)),
  ].sort(compare);
}

/** The quota of a shared namespace is the sum of what its services need at their worst moments. */
function together(a: ResolvedTenancy, b: ResolvedTenancy): ResolvedTenancy {
  return {
    pods: a.pods + b.pods,
    cpu: a.cpu + b.cpu,
    cpuLimit: a.cpuLimit === null || b.cpuLimit === null ? null : a.cpuLimit + b.cpuLimit,
    memory: a.memory + b.memory,
    largest: larger(a.largest, b.largest),
    fallback: larger(a.fallback, b.fallback),
  };
}

/** What must run in the cluster before these objects mean anything. */
function operatorsPage(platform: Platform, services: readonly ResolvedService[]): string {
  const needed = [
    {
      operator: 'External Secrets',
      version: platform.operators.externalSecrets,
      kind: 'ExternalSecret',
      users: services.filter(({ secrets }) => secrets.length > 0),
    },
    {
      operator: 'KEDA',
      version: platform.operators.keda,
      kind: 'ScaledObject',
      users: services.filter(({ scaling }) => scaling.mode === 'keda'),
    },
  ].filter(({ users }) => users.length > 0);
  const lines = [
    '# What the cluster must offer',
    '',
    `Kubernetes ${platform.kubernetes} or newer, nodes in ${platform.zones.length} zone(s) labelled \`topology.kubernetes.io/zone\`,`,
    'a network plugin that enforces NetworkPolicy, and metrics-server for the autoscalers.',
    '',
  ];
  if (needed.length === 0) lines.push('No operator is needed.');
  else {
    lines.push('| Operator | Version | Because of | Used by |', '| --- | --- | --- | --- |');
    for (const { operator, version, kind, users } of needed) {
      lines.push(`| ${operator} | ${version} | ${kind} | ${users.map(({ name }) => name).join(', ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
