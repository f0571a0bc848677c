import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the user's cache that everything of the testbed lives in; nothing is written anywhere else. */
export function cacheDirectory(): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'golden-path', 'testbed');
}

/** One folder per started control plane: its data, credentials, logs and the list of its processes. */
export function runsDirectory(): string {
  return join(cacheDirectory(), 'runs');
}

/** The root of the repository, from the place of this file. */
export const repositoryRoot = join(__dirname, '..', '..');
