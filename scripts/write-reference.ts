import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformProfile } from '../lib/platform/profile';
import { resolvePack } from '../lib/policy';
import { PACKS, POLICIES } from '../policies';
import { describeSchemas, type FieldDescription } from './describe-schemas';

/** The reference pages, written from the comments on the schemas and the defaults in them, and from the policies. */

const DOCS = join(__dirname, '..', 'docs');

const NOTE = '<!-- Written by `npm run describe` from the comments in lib/; change those. -->';

export function referencePages(): Record<string, string> {
  const { spec, profile, project } = describeSchemas();
  const settled = platformProfile.parse({});
  return {
    'spec.md': [
      '# Fields of a service spec',
      NOTE,
      '',
      'The same in TypeScript (`new ServiceBlueprint(fleet, name, spec)`) and in YAML. `*` stands for a name of your choice,',
      '`[]` for an item of a list. Any field may also stand under `environments.<env>`, where it is laid over the rest.',
      '',
      ...table(spec!, ({ default: standard, optional }) => (optional ? (standard ?? '–') : 'required')),
    ].join('\n'),
    'policy-index.md': [
      '# All policies',
      NOTE,
      '',
      `${POLICIES.length} policies; what breaking one means in each pack, and whether admission in the cluster can judge it.`,
      '',
      ...CATEGORIES.flatMap((category) => [`## ${category}`, '', ...policyTable(category), '']),
    ].join('\n'),
    'platform-profile.md': [
      '# Fields of the platform profile',
      NOTE,
      '',
      'A YAML file named by `profile` in `golden.yaml`, or `new Fleet({ name, profile })`. It says only what differs from the',
      'built-in profile; any field may also stand under `environments.<env>`. The environments that are named there are the',
      'only ones there are; without any they are dev, staging and prod.',
      '',
      ...table(profile!, (_, path) => shownDefault(settled, path)),
      '',
      '## golden.yaml',
      '',
      ...table(project!, ({ default: standard, optional }) => (optional ? (standard ?? '–') : 'required')),
    ].join('\n'),
  };
}

const CATEGORIES = ['reliability', 'security', 'networking', 'hygiene'] as const;

function policyTable(category: string): string[] {
  const packs = [...PACKS.keys()].map((name) => resolvePack(name, PACKS, POLICIES));
  const rows = POLICIES.filter((policy) => policy.category === category)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((policy) => {
      const severities = packs.map(({ policies }) => policies.find((one) => one.policy === policy)?.severity ?? '–');
      const page = `[${policy.id}](../policies/${category}/${policy.id}/policy.md)`;
      return `| ${[page, cell(policy.title), ...severities, policy.type === 'object' ? 'yes' : 'no'].join(' | ')} |`;
    });
  const head = ['Policy', 'What holds', ...packs.map(({ name }) => name), 'In the cluster'];
  return [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows];
}

function table(
  fields: Record<string, FieldDescription>,
  standardOf: (field: FieldDescription, path: string) => string,
): string[] {
  const rows = Object.entries(fields)
    .filter(([path]) => !path.startsWith('environments.'))
    .map(([path, field]) => `| \`${path}\` | ${cell(field.text)} | ${cell(standardOf(field, path))} |`);
  return ['| Field | Meaning | Default |', '| --- | --- | --- |', ...rows, ''];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function shownDefault(settled: unknown, path: string): string {
  let value: unknown = settled;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !(step in value)) return '–';
    value = (value as Record<string, unknown>)[step];
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return '';
  return `\`${JSON.stringify(value)}\``;
}

if (require.main === module) {
  for (const [name, text] of Object.entries(referencePages())) writeFileSync(join(DOCS, name), text);
}
