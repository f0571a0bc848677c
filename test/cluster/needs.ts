import { binaries, type Say } from './binaries';
import { components, type ComponentName } from './components';
import { installEnvoy } from './envoy';
import { providerLine } from './provider';

/** What a suite may ask for in its line `// needs: NAME, NAME`, beyond the control plane. */
export type Need = ComponentName | 'envoy';

export function parseNeeds(source: string): Need[] {
  const line = /^\/\/ needs: (.*)$/m.exec(source)?.[1] ?? '';
  const names = line.split(',').map((name) => name.trim());
  return names.filter(Boolean).map((name) => {
    if (name in components || name === 'envoy') return name as Need;
    throw new Error(`a suite needs "${name}": there are envoy, ${Object.keys(components).join(', ')}`);
  });
}

export async function provide(needs: readonly Need[], say: Say): Promise<void> {
  await binaries(
    needs.filter((need): need is ComponentName => need !== 'envoy'),
    say,
  );
  if (needs.includes('envoy')) await installEnvoy(say);
  if (needs.includes('pulumi')) say(providerLine());
}
