import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The name under which the engine looks for the Kubernetes provider. */
const plugin = 'pulumi-resource-kubernetes';

/** Where the real Kubernetes provider of Pulumi is, when a folder of `path` has it: the engine would take the first, too. */
export function providerPlugin(path = process.env['PATH'] ?? ''): string | undefined {
  const folders = path.split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, plugin)).find(isExecutable);
}

/** Which provider the engine suites have, as a line for the person who reads what they have shown. */
export function providerLine(path?: string): string {
  const found = providerPlugin(path);
  if (found) return `Kubernetes provider of Pulumi: ${found}`;
  return `Kubernetes provider of Pulumi: the stand-in, since ${plugin} is not on PATH`;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
