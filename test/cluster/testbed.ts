import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { binaries, type Say } from './binaries';
import type { Api } from './api';
import { controlPlaneComponents } from './components';
import { startControlPlane } from './control-plane';
import { FakeKubelet } from './kubelet';
import { checkTools, provide, type Need } from './needs';
import { addNodes, makeNodes } from './nodes';
import { Processes, readMemory, type Memory } from './processes';
import { closeRun, openRun } from './runs';

export interface Testbed {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly api: Api;
  readonly seconds: { readonly build: number; readonly start: number };
  /** A line per component: what it takes of memory. */
  memory(): string[];
  /** Stops every process that was started; the logs of a failed run stay, and the place is returned. */
  stop(failed: boolean): Promise<string | undefined>;
}

/** Builds what is missing and starts a control plane with fake nodes in three zones. */
export async function startTestbed(name: string, needs: readonly Need[], say: Say): Promise<Testbed> {
  checkTools(needs);
  const begun = Date.now();
  const paths = await binaries(controlPlaneComponents, say);
  await provide(needs, say);
  const built = Date.now();
  const folder = await openRun(name);
  const processes = new Processes(folder);
  let kubelet: FakeKubelet | undefined;
  let stopped: Promise<string | undefined> | undefined;
  // Ctrl-C may come while the end of the tests is stopping everything already: once is enough for both.
  const stop = (failed: boolean): Promise<string | undefined> =>
    (stopped ??= (async () => {
      await kubelet?.stop();
      await processes.stop();
      return closeRun(folder, failed);
    })());
  onSignals(() => stop(false));
  try {
    const { api, kubeconfig } = await startControlPlane(folder, processes, paths);
    kubelet = new FakeKubelet(api);
    kubelet.start();
    await addNodes(api, makeNodes());
    const seconds = { build: (built - begun) / 1000, start: (Date.now() - built) / 1000 };
    return { folder, kubeconfig, api, seconds, stop, memory: () => memoryLines(folder, processes) };
  } catch (error) {
    const logs = await stop(true);
    if (error instanceof Error) error.message += `\nall logs are kept in ${logs}`;
    throw error;
  }
}

/** The processes of the run, and what suites have started in folders of their own in it. */
function memoryLines(folder: string, processes: Processes): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ended = folders.flatMap(({ name }) => readMemory(join(folder, name)));
  const lines = [...processes.memory(), ...ended].map(memoryLine);
  return lines.length > 0 ? lines : ['how much memory it took is not known on this system'];
}

export function memoryLine({ name, now, peak }: Memory): string {
  return `${name.padEnd(24)} ${now} MiB, at most ${peak} MiB`;
}

/** Ends the process by the signal's own exit code, after everything else has been stopped. */
function onSignals(stop: () => Promise<unknown>): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      void stop().finally(() => process.exit(code));
    });
  }
}
