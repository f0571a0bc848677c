import { PACKS, POLICIES } from '../../policies';
import { selectPack } from '../check/pack-file';
import { readWaivers } from '../check/waiver-file';
import { admissionPolicies, outsideAdmission } from '../policy/admission-export';
import { resolvePack } from '../policy/pack';
import { toYamlDocuments } from '../kube/yaml';
import { today } from './day';
import { writeText } from './output-text';
import { plainTable } from './plain-table';

/** `golden policies list`: every policy, and what it means in each pack. */
export function listPolicies({ format, out }: { readonly format: 'pretty' | 'json'; readonly out?: string }): void {
  const packs = [...PACKS.keys()].map((name) => resolvePack(name, PACKS, POLICIES));
  const rows = [...POLICIES]
    .sort((a, b) => (a.category + a.id < b.category + b.id ? -1 : 1))
    .map((policy) => ({
      policy,
      severities: packs.map(({ policies }) => policies.find((one) => one.policy === policy)?.severity ?? '–'),
    }));
  if (format === 'json') {
    const content = rows.map(({ policy: { id, category, type, title, fix, parameters = {} }, severities }) => ({
      id,
      category,
      type,
      title,
      fix,
      parameters,
      packs: Object.fromEntries(packs.map(({ name }, index) => [name, severities[index]])),
    }));
    writeText(`${JSON.stringify(content, null, 2)}\n`, out);
    return;
  }
  const table = plainTable(
    ['policy', ...packs.map(({ name }) => name), 'what holds'],
    rows.map(({ policy, severities }) => [policy.id, ...severities, policy.title]),
  );
  writeText(`${table}\n\n${POLICIES.length} policies\n`, out);
}

export interface ExportCommandOptions {
  readonly pack: string;
  readonly env?: string;
  readonly enforce?: boolean;
  readonly waivers?: string;
  readonly today?: string;
  readonly out?: string;
}

/** `golden policies export`: the pack for the cluster, and what stays outside of it. */
export function exportPolicies(options: ExportCommandOptions): void {
  const pack = selectPack(options.pack, PACKS, POLICIES);
  const waivers = options.waivers === undefined ? [] : readWaivers(options.waivers).waivers;
  const manifests = admissionPolicies(pack, {
    enforce: options.enforce === true,
    today: today(options.today),
    waivers: waivers.filter(({ env }) => env === undefined || env === options.env),
  });
  const outside = outsideAdmission(pack);
  const header = [
    `# Pack ${pack.name} for admission: ${manifests.length / 2} policies, each with its binding.`,
    '# They hold in namespaces with the label golden-path.dev/enforce.',
    ...(outside.length === 0 ? [] : ['#', '# Not in it, because admission sees one object at a time:']),
    ...outside.map(({ id, reason }) => `#   ${id}: ${reason}`),
  ];
  writeText(`${header.join('\n')}\n${toYamlDocuments(manifests)}`, options.out);
}
