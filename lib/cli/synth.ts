import { join, relative } from 'node:path';
import { throwIfAny } from '../core/problem';
import type { ManifestGroup } from '../fleet/manifest-group';
import type { FleetRendering, RenderedService } from '../fleet/rendering';
import { toYamlDocuments } from '../kube/yaml';
import { OutputTree, type OutputSummary } from './output-tree';
import { openProject, requireService, type ProjectOptions } from './project-command';
import { Progress } from './terminal';
import { summary, type SummaryRow, summaryRow } from './summary';

export interface SynthOptions extends ProjectOptions {
  readonly service?: string;
  readonly format: 'yaml' | 'json';
}

/** Objects that several services share; a service cannot have this name, because a name starts with a letter. */
const PLATFORM_FOLDER = '_platform';

/** `golden synth`: checks everything, then writes manifests whole or not at all, then says what came out. */
export async function synth(options: SynthOptions): Promise<void> {
  const { project, environment, rendering } = openProject(options);
  if (options.service !== undefined) requireService(rendering, options.service);
  const names = options.service === undefined ? rendering.names : [options.service];
  throwIfAny(rendering.problems(names));

  const target = join(options.out ?? join(project.folder, 'dist'), environment);
  const tree = await OutputTree.begin(target, options.service === undefined ? {} : { only: [options.service] });
  const stop = abortOnSignal(tree);
  const rows: SummaryRow[] = [];
  let written: OutputSummary;
  try {
    await writeServices(tree, rendering, names, options.format, rows);
    if (options.service === undefined) await writePlatform(tree, rendering, options.format, rows);
    written = await tree.commit();
  } catch (error) {
    await tree.abort();
    throw error;
  } finally {
    stop();
  }
  process.stdout.write(
    summary({
      rows,
      environment,
      fleet: rendering.fleet,
      profile: rendering.platform.name,
      target: relative('.', target) || '.',
      written,
      only: options.service,
    }),
  );
}

async function writeServices(
  tree: OutputTree,
  rendering: FleetRendering,
  names: readonly string[],
  format: SynthOptions['format'],
  rows: SummaryRow[],
): Promise<void> {
  const progress = new Progress('rendering', names.length);
  let pending: Promise<void>[] = [];
  for (const [index, name] of names.entries()) {
    const rendered: RenderedService = rendering.service(name);
    pending.push(...rendered.groups.map((group) => writeGroup(tree, name, group, format)));
    rows.push(summaryRow(rendered, rendering.platform.zones.length));
    progress.step(index + 1);
    // Lets the disk catch up, so that memory stays flat and Ctrl-C is heard.
    if (pending.length >= 256) {
      await Promise.all(pending);
      pending = [];
    }
  }
  await Promise.all(pending);
  progress.clear();
}

async function writePlatform(
  tree: OutputTree,
  rendering: FleetRendering,
  format: SynthOptions['format'],
  rows: SummaryRow[],
): Promise<void> {
  const { groups, operators } = rendering.platformGroups();
  await Promise.all(groups.map((group) => writeGroup(tree, PLATFORM_FOLDER, group, format)));
  await tree.write(`${PLATFORM_FOLDER}/OPERATORS.md`, operators);
  rows.push({ service: PLATFORM_FOLDER, objects: groups.reduce((sum, { manifests }) => sum + manifests.length, 0) });
}

async function writeGroup(
  tree: OutputTree,
  folder: string,
  { name, manifests }: ManifestGroup,
  format: SynthOptions['format'],
): Promise<void> {
  if (format === 'yaml') await tree.write(`${folder}/${name}.yaml`, toYamlDocuments(manifests));
  else
    await tree.write(
      `${folder}/${name}.json`,
      `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }, null, 2)}\n`,
    );
}

/** On Ctrl-C the folder stays as it was. The answer stops listening. */
function abortOnSignal(tree: OutputTree): () => void {
  const abort = (signal: NodeJS.Signals): void => {
    void tree.abort().finally(() => {
      // Over the progress line and the terminal's ^C.
      process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}stopped; nothing was written\n`);
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  };
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  return () => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  };
}
