#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodeOf, formatProblems, ProblemsError } from '../core/problem';
import type { BaselineCommandOptions, CheckCommandOptions } from './check';
import type { ExportCommandOptions } from './policies';
import { CHECK_FORMATS, type CheckFormat } from './check-formats';
import type { ExplainOptions } from './explain';
import type { GraphOptions } from './graph';
import type { SynthOptions } from './synth';
import { colorsFor } from './terminal';
import { version } from './version';

/**
 * `golden`: each command lives in a file of its own, loaded only when it is asked for, so that help is immediate.
 * Exit codes: 0 fine, 1 a rule is broken, 2 the input cannot be used, 3 our own fault.
 */
function program(finish: (code: number) => void): Command {
  const golden = new Command('golden')
    .description(
      'The golden path as code for Kubernetes: what a service declares in, everything that keeps it alive out.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ showGlobalOptions: true })
    .option('-C, --project <dir>', 'folder with golden.yaml (default: here, or the nearest folder above)')
    .addHelpText(
      'after',
      `
Examples:
  golden synth                              render every service for the last environment in golden.yaml
  golden synth --env staging --out out      somewhere else
  golden check                              judge the fleet by its policies
  helm template . | golden check -          judge what somebody else renders
  golden explain checkout autoscaling       why these numbers
  golden graph --format svg --out calls.svg who calls whom, as a picture

Exit codes: 0 fine, 1 a rule is broken, 2 the input cannot be used, 3 a fault of golden itself`,
    )
    .showSuggestionAfterError()
    .exitOverride();

  const environment = () => new Option('-e, --env <name>', 'environment (default: the last one in golden.yaml)');
  const format = (...choices: [string, ...string[]]) =>
    new Option('-f, --format <format>', 'how it is written').choices(choices).default(choices[0]);
  const file = () => new Option('-o, --out <file>', 'file to write to (default: standard output)');

  golden
    .command('synth')
    .description('render manifests into <out>/<env>/<service>/')
    .addOption(environment())
    .option('-o, --out <dir>', 'folder to write to (default: dist beside golden.yaml)')
    .option('-s, --service <name>', 'only this service; everything else in the folder stays as it is')
    .addOption(format('yaml', 'json'))
    .action(async (_own: unknown, command: Command) => {
      const { synth } = await import('./synth');
      await synth(command.optsWithGlobals<SynthOptions>());
    });

  golden
    .command('check')
    .description('judge manifests by policies: of the fleet, or of any YAML and JSON')
    .argument('[path...]', 'files, folders, or - for standard input (default: the fleet in golden.yaml)')
    .addOption(
      new Option('-e, --env <name>', 'environment (default: all in golden.yaml; for paths: what waivers call it)'),
    )
    .option('-p, --pack <name>', 'baseline, restricted or golden, or a file (default: golden; for paths: restricted)')
    .addOption(
      new Option('-f, --format <format>', `${CHECK_FORMATS.join(', ')}; may be repeated, each with its --out`)
        .argParser(oneMore<CheckFormat>(CHECK_FORMATS))
        .default(undefined, 'pretty'),
    )
    .addOption(
      new Option('-o, --out <file>', 'file for a format, in their order (default: standard output)').argParser(
        oneMore<string>(),
      ),
    )
    .option('-w, --waivers <file>', 'who may break what, and until when (default: waivers.yaml beside golden.yaml)')
    .option('-b, --baseline <file>', 'what is broken already and fails nothing, as golden baseline wrote it')
    .option('--fix', 'mend in the YAML files what can be mended mechanically, then check')
    .option('--dry-run', 'with --fix: only say what would be mended')
    .option('--today <day>', 'judge waivers as on this day, such as 2026-12-31 (default: today)')
    .action(async (paths: string[], _own: unknown, command: Command) => {
      const { checkCommand } = await import('./check');
      finish(checkCommand(paths, command.optsWithGlobals<CheckCommandOptions>()));
    });

  golden
    .command('baseline')
    .description('write down what is broken today, so that only what is new fails; the list can only shrink')
    .argument('[path...]', 'files, folders, or - for standard input (default: the fleet in golden.yaml)')
    .option('-p, --pack <name>', 'baseline, restricted or golden, or a file (default: golden; for paths: restricted)')
    .option('-o, --out <file>', 'file to write to', 'golden-baseline.json')
    .action(async (paths: string[], _own: unknown, command: Command) => {
      const { baselineCommand } = await import('./check');
      finish(baselineCommand(paths, command.optsWithGlobals<BaselineCommandOptions>()));
    });

  const policies = golden.command('policies').description('the policies themselves');
  policies
    .command('list')
    .description('every policy, and what breaking it means in each pack')
    .addOption(format('pretty', 'json'))
    .addOption(file())
    .action(async (_own: unknown, command: Command) => {
      const { listPolicies } = await import('./policies');
      listPolicies(command.optsWithGlobals<{ format: 'pretty' | 'json'; out?: string }>());
    });
  policies
    .command('new')
    .description('the folder of a new policy, ready to be filled in')
    .argument('<category>', 'reliability, security, networking or hygiene')
    .argument('<id>', 'name of the policy, such as liveness-probe')
    .action(async (category: string, id: string) => {
      const { newPolicy } = await import('./policy-scaffold');
      newPolicy(category, id);
    });
  policies
    .command('export')
    .description('a pack as ValidatingAdmissionPolicies, for namespaces with the label golden-path.dev/enforce')
    .addOption(new Option('-f, --format <format>', 'how it is written').choices(['vap']).default('vap'))
    .option('-p, --pack <name>', 'baseline, restricted or golden, or a file', 'restricted')
    .option('--enforce', 'refuse what breaks an error, instead of warning about it')
    .option('-w, --waivers <file>', 'waivers to compile in')
    .option('-e, --env <name>', 'environment of the cluster: waivers of others are left out')
    .option('--today <day>', 'as on this day, such as 2026-12-31 (default: today)')
    .addOption(file())
    .action(async (_own: unknown, command: Command) => {
      const { exportPolicies } = await import('./policies');
      exportPolicies(command.optsWithGlobals<ExportCommandOptions>());
    });

  golden
    .command('explain')
    .description('why a service is rendered the way it is: every value, where it comes from, and its reason')
    .argument('<service>', 'name of a service')
    .argument('[path]', 'only values below this path, such as autoscaling or calls.payment.timeout')
    .addOption(environment())
    .addOption(format('pretty', 'json'))
    .addOption(file())
    .action(async (service: string, path: string | undefined, _own: unknown, command: Command) => {
      const { explain } = await import('./explain');
      explain(service, path, command.optsWithGlobals<ExplainOptions>());
    });

  golden
    .command('graph')
    .description('who calls whom')
    .addOption(environment())
    .addOption(format('mermaid', 'dot', 'svg', 'json'))
    .addOption(file())
    .action(async (_own: unknown, command: Command) => {
      const { graph } = await import('./graph');
      graph(command.optsWithGlobals<GraphOptions>());
    });

  golden
    .command('schema')
    .description('JSON Schema for editors: of a spec, the profile, golden.yaml, or the intent annotation')
    .argument('[name]', 'spec, profile, project or intent', 'spec')
    .addOption(file())
    .action(async (name: string, _own: unknown, command: Command) => {
      const { schema } = await import('./schema');
      schema(name, command.optsWithGlobals<{ out?: string }>());
    });

  for (const command of [...golden.commands, ...policies.commands]) command.exitOverride();
  return golden;
}

/** For an option that may be given several times. */
function oneMore<T extends string>(choices?: readonly T[]): (value: string, before: T[] | undefined) => T[] {
  return (value, before = []) => {
    if (choices && !choices.includes(value as T))
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    return [...before, value as T];
  };
}

async function main(): Promise<number> {
  let outcome = 0;
  try {
    await program((code) => (outcome = code)).parseAsync();
    return outcome;
  } catch (error) {
    return explainFailure(error);
  }
}

function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const colors = colorsFor(process.stderr);
  if (ProblemsError.is(error)) {
    process.stderr.write(
      `${formatProblems(error.problems, { strong: colors.bold, faint: colors.dim })}\n\nnothing was written\n`,
    );
    return exitCodeOf(error.problems);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${colors.red('this is a fault of golden itself, not of your input')}\n\n${stack}\n`);
  return 3;
}

// A reader that has seen enough (`golden explain … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

void main().then((code) => {
  process.exitCode = code;
});
