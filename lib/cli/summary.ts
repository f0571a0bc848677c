import { counted } from '../core/text';
import type { RenderedService } from '../fleet/rendering';
import type { ResolvedService } from '../resolve/resolved-service';
import type { OutputSummary } from './output-tree';
import { plainTable } from './plain-table';
import { colorsFor } from './terminal';

/** A line of the table; `_platform` has objects only. */
export interface SummaryRow {
  readonly service: string;
  readonly objects: number;
  readonly facts?: readonly string[];
  readonly notes?: readonly string[];
}

/** Longer fleets are for machines to read: the table keeps to the totals. */
const LONGEST_TABLE = 60;

const HEAD = ['service', 'tier', 'replicas', 'HPA', 'PDB', 'zones', 'quota', 'calls'];

export function summaryRow({ service, groups }: RenderedService, zones: number): SummaryRow {
  return {
    service: service.name,
    objects: groups.reduce((sum, { manifests }) => sum + manifests.length, 0),
    facts: [
      service.kind === 'service' ? service.tier : `${service.tier} ${service.kind}`,
      replicas(service),
      service.scaling.mode === 'fixed' ? '–' : `${service.scaling.cpuTarget} % CPU`,
      service.disruption ? `${service.disruption.maxUnavailable} away` : '–',
      service.spread.zone ? String(zones) : '–',
      `${service.tenancy.pods} pods, ${cores(service.tenancy.cpu)} CPU, ${gibibytes(service.tenancy.memory)}`,
      calls(service),
    ],
    notes: [...service.notes, ...service.overrides.map(({ kind, reason }) => `override of ${kind}: ${reason}`)],
  };
}

/** Rounded for reading; the exact figures are in the quota and in `golden explain`. */
function cores(millicores: number): string {
  return String(Math.round(millicores / 100) / 10);
}

function gibibytes(bytes: number): string {
  return `${Math.round((bytes / 2 ** 30) * 10) / 10}Gi`;
}

function replicas({ scaling, kind }: ResolvedService): string {
  if (kind === 'cron') return 'on schedule';
  return scaling.min === scaling.max ? String(scaling.min) : `${scaling.min}-${scaling.max}`;
}

function calls({ calls: made, externals }: ResolvedService): string {
  const names = [
    ...made.map(({ callee, need }) => (need === 'soft' ? `(${callee})` : callee)),
    ...externals.map(({ host }) => host),
  ];
  if (names.length === 0) return '–';
  return names.join(', ');
}

export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly fleet: string;
  readonly profile: string;
  readonly environment: string;
  readonly target: string;
  readonly written: OutputSummary;
  readonly only: string | undefined;
}

/** What came out, what to know about it, and what to do next. */
export function summary({ rows, fleet, profile, environment, target, written, only }: Summary): string {
  const colors = colorsFor(process.stdout);
  const services = rows.filter(({ facts }) => facts);
  const objects = rows.reduce((sum, row) => sum + row.objects, 0);
  const heading = `${colors.bold(fleet)} for ${colors.bold(environment)}, profile ${profile}`;
  const lines: string[] = [];

  if (services.length <= LONGEST_TABLE) {
    const table = plainTable(
      HEAD,
      services.map(({ service, facts }) => [colors.bold(service), ...facts!]),
      HEAD.map((title) => (title === 'calls' ? callsWidth(services) : null)),
    );
    lines.push(heading, '', table, '', colors.dim('calls in (brackets) are soft: the service goes on without them'));
  } else {
    lines.push(heading);
  }

  const notes = notesOf(services);
  if (notes.length > 0) lines.push('', colors.bold('to know'), ...notes.map((note) => `  ${note}`));
  lines.push(
    '',
    `${colors.green('✓')} ${counted(services.length, 'service')}, ${counted(objects, 'object')} in ${target}/ (${change(written)})`,
    '',
    colors.bold('next'),
    ...next(target, environment, only).map((line) => `  ${line}`),
    '',
  );
  return lines.join('\n');
}

/** Notes that many services share are one line. */
function notesOf(rows: readonly SummaryRow[]): string[] {
  const users = new Map<string, string[]>();
  for (const { service, notes = [] } of rows) {
    for (const note of notes) users.set(note, [...(users.get(note) ?? []), service]);
  }
  return [...users].map(
    ([note, names]) => `${names.length <= 5 ? names.join(', ') : counted(names.length, 'service')}: ${note}`,
  );
}

function change({ written, removed, unchanged }: OutputSummary): string {
  if (unchanged) return 'unchanged';
  return [`${counted(written, 'file')} written`, ...(removed > 0 ? [`${removed} removed`] : [])].join(', ');
}

function next(target: string, environment: string, only: string | undefined): string[] {
  const commands = [
    ['golden check', 'judge it by the policies'],
    [`golden explain ${only ?? '<service>'} --env ${environment}`, 'why these numbers'],
    [`golden graph --env ${environment} --format svg --out calls.svg`, 'who calls whom'],
    [`kubectl apply --server-side -R -f ${target}`, 'bring it to a cluster; OPERATORS.md says what that needs'],
  ] as const;
  const width = Math.max(...commands.map(([command]) => command.length)) + 3;
  return commands.map(([command, why]) => command.padEnd(width) + why);
}

/** What is left of the terminal for the last column, so that long lists wrap instead of running on. */
function callsWidth(services: readonly SummaryRow[]): number {
  const longest = Math.max(5, ...services.map(({ facts }) => facts!.at(-1)!.length));
  const width = process.stdout.columns ?? 160;
  const others = HEAD.slice(0, -1).map((title, column) => {
    const cells = services.map(({ service, facts }) => (column === 0 ? service : facts![column - 1]!).length);
    return Math.max(title.length, ...cells) + 2;
  });
  const left = width - others.reduce((sum, each) => sum + each, 0);
  return Math.min(longest + 2, Math.max(24, left));
}
