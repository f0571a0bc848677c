import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from '@pulumi/pulumi/automation';
import { binaryPath } from './binaries';
import { components } from './components';
import { providerPlugin } from './provider';
import { scratchFolder } from './suite';
import { waitUntil } from './wait';

/**
 * The real Pulumi engine with its state in a folder of its own. The Kubernetes provider is the plugin on PATH; where
 * there is none, the stand-in runs beside the engine.
 */
export class Engine {
  private constructor(
    private readonly home: string,
    private readonly env: Record<string, string>,
    private readonly standIn: ChildProcess | undefined,
  ) {}

  static async start(kubeconfig: string, path = process.env['PATH'] ?? ''): Promise<Engine> {
    const home = scratchFolder('engine');
    const bin = join(home, 'bin');
    for (const folder of ['bin', 'state', 'home', 'work']) mkdirSync(join(home, folder));
    symlinkSync(binaryPath(components.pulumi), join(bin, 'pulumi'));
    // A Pulumi installation brings the program that runs policy packs; ours is the engine alone.
    const runner = require.resolve('@pulumi/pulumi/cmd/run-policy-pack');
    const analyzer = join(bin, 'pulumi-analyzer-policy-nodejs');
    writeFileSync(analyzer, `#!/bin/sh\nexec "${process.execPath}" "${runner}" "$@"\n`);
    chmodSync(analyzer, 0o755);
    const standIn = providerPlugin(path) ? undefined : await startStandIn(kubeconfig);
    const env = {
      PATH: [bin, path].join(delimiter),
      KUBECONFIG: kubeconfig,
      PULUMI_HOME: join(home, 'home'),
      PULUMI_BACKEND_URL: `file://${join(home, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: '',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      ...(standIn && { PULUMI_DEBUG_PROVIDERS: `kubernetes:${standIn.port}` }),
    };
    return new Engine(home, env, standIn?.process);
  }

  get stateFolder(): string {
    return join(this.home, 'state');
  }

  async stack(project: string, program: PulumiFn): Promise<Stack> {
    return LocalWorkspace.createOrSelectStack(
      { projectName: project, stackName: 'test', program },
      {
        workDir: join(this.home, 'work'),
        envVars: this.env,
        pulumiCommand: await PulumiCommand.get({ root: this.home }),
      },
    );
  }

  stop(): void {
    this.standIn?.kill('SIGKILL');
    rmSync(this.home, { recursive: true, force: true });
  }
}

async function startStandIn(kubeconfig: string): Promise<{ process: ChildProcess; port: string }> {
  const script = join(__dirname, 'stand-in-provider.ts');
  const args = ['--import', 'tsx', script, kubeconfig, '--while-stdin-is-open'];
  const provider = spawn(process.execPath, args, { cwd: __dirname, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let errors = '';
  provider.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  provider.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const port = await waitUntil('the stand-in provider to tell its port', () => /^\d+$/m.exec(said)?.[0], {
    meanwhile: () => {
      if (provider.exitCode !== null) throw new Error(`the stand-in provider ended:\n${errors}`);
    },
  });
  return { process: provider, port };
}
