import type { PackFile, Policy } from '../lib/policy';
import { hygiene } from './hygiene';
import { networking } from './networking';
import baseline from './packs/baseline.json';
import golden from './packs/golden.json';
import restricted from './packs/restricted.json';
import { reliability } from './reliability';
import { security } from './security';

/** Every policy there is. */
export const POLICIES: readonly Policy[] = [...reliability, ...security, ...networking, ...hygiene];

/** Every pack there is, by name. A pack is data: which policies hold, and how much each matters. */
export const PACKS: ReadonlyMap<string, PackFile> = new Map(
  [baseline, restricted, golden].map((pack) => [pack.name, pack as PackFile]),
);
