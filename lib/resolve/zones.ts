/**
 * What the loss of an availability zone does to a number of pods. Spread keeps the zones within one pod of each other,
 * so the fullest zone holds ceil(pods / zones).
 */

/** Pods that go with a zone, at worst. With one zone nothing is left to compute with: nothing goes. */
export function lostWithZone(pods: number, zones: number): number {
  return zones === 1 ? 0 : Math.ceil(pods / zones);
}

/**
 * The highest CPU target at which the survivors of a lost zone run at `load` percent or less, at every number of pods
 * from `min` to `max`, and never above `highest`. One pod alone survives no zone, so it has no say.
 */
export function zoneSafeTarget({ min, max, zones, highest, load }: ZoneSafety): {
  target: number;
  worst: number | null;
} {
  let target = highest;
  let worst: number | null = null;
  const first = Math.max(min, 2);
  // The share that survives is lowest right after a multiple of the zones, and each such low is higher than the one
  // before, so one round of zones from `first` on holds the worst.
  for (let pods = first; zones > 1 && pods <= Math.min(max, first + zones); pods++) {
    const allowed = Math.floor((load * (pods - lostWithZone(pods, zones))) / pods);
    if (allowed < target) [target, worst] = [allowed, pods];
  }
  return { target, worst };
}

export interface ZoneSafety {
  readonly min: number;
  readonly max: number;
  readonly zones: number;
  /** Percent. */
  readonly highest: number;
  /** Percent. */
  readonly load: number;
}

/** Fewest pods of which the survivors of a lost zone carry `peakRps` at `load` percent of their CPU request. */
export function podsForPeak(peakRps: number, rpsPerPod: number, zones: number, load: number): number {
  // In one division, and with the last bit forgiven: 7 rps at 1 per pod and 50 % are 14 pods and not 15.
  const needed = Math.max(1, Math.ceil((peakRps * 100) / (rpsPerPod * load) - 1e-9));
  // floor(N x (Z-1) / Z) pods survive, so this is the smallest N of which enough do.
  return zones === 1 ? needed : Math.ceil((needed * zones) / (zones - 1));
}

/** The next multiple of `zones`, so that no zone starts with more than its share. */
export function roundUpToZones(pods: number, zones: number): number {
  return Math.ceil(pods / zones) * zones;
}
