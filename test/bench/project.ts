import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { GeneratedFleet } from './generated-fleet';

const ROOT = join(__dirname, '..', '..');

const PROGRAM = `const { Fleet, ServiceBlueprint } = require('golden-path');
const fleet = new Fleet({ name: 'generated' });
for (const [name, spec] of Object.entries(require('./services.json'))) new ServiceBlueprint(fleet, name, spec);
module.exports = { fleet };
`;

/**
 * The fleet as a repository with a profile and an images lock: as a program that has its specs in memory, or as one
 * YAML spec for each service.
 */
export function writeProject(
  folder: string,
  { services, profile, images }: GeneratedFleet,
  as: 'program' | 'specs',
): void {
  const write = (path: string, data: unknown): void =>
    writeFileSync(join(folder, path), stringify(data, { lineWidth: 0 }));
  mkdirSync(join(folder, 'services'), { recursive: true });
  if (as === 'specs') for (const [name, spec] of Object.entries(services)) write(`services/${name}.yaml`, spec);
  else {
    writeFileSync(join(folder, 'services.json'), JSON.stringify(services));
    writeFileSync(join(folder, 'fleet.js'), PROGRAM);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules', 'golden-path'));
  }
  write('platform.yaml', profile);
  write('images.prod.lock', images);
  write('golden.yaml', {
    name: 'generated',
    fleet: as === 'specs' ? 'services' : 'fleet.js',
    profile: 'platform.yaml',
    environments: ['dev', 'prod'],
  });
}

/** Objects in the YAML files below a folder, those in folders named `without` left out. */
export function countObjects(folder: string, without?: string): number {
  return filesBelow(folder, '.yaml', without).reduce(
    (sum, file) => sum + (readFileSync(file, 'utf8').match(/^kind:/gm)?.length ?? 0),
    0,
  );
}

/** All objects of a folder rendered as JSON lists, as one list in one file. Answers how long it is, in MB. */
export function collectObjects(folder: string, target: string): number {
  const file = openSync(target, 'w');
  let written = writeSync(file, '[');
  for (const [index, path] of filesBelow(folder, '.json').entries()) {
    const { items } = JSON.parse(readFileSync(path, 'utf8')) as { items: unknown[] };
    written += writeSync(file, (index === 0 ? '' : ',') + items.map((item) => JSON.stringify(item)).join(','));
  }
  written += writeSync(file, ']');
  closeSync(file);
  return written / 1e6;
}

function filesBelow(folder: string, ending: string, without?: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === without ? [] : filesBelow(path, ending, without);
    // The index of an output folder is a hidden file.
    return path.endsWith(ending) && !entry.name.startsWith('.') ? [path] : [];
  });
}
