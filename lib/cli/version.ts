import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in package.json, which is the only place that has it. */
export function version(): string {
  const text = readFileSync(join(packageRoot(__dirname), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Sources and build lie at different depths below it. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
