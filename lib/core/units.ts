/**
 * Text with a unit, parsed once into a number. Every parser answers `undefined` for what it cannot read: the caller
 * knows the path and says so, and no NaN ever travels on.
 */

/** A time span: `250ms`, `5s`, `2m`, `1h`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`;

const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of a {@link Duration}. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text);
  if (!match) return undefined;
  const milliseconds = Number(match[1]) * MILLISECONDS[match[2] as keyof typeof MILLISECONDS];
  return Number.isInteger(milliseconds) ? milliseconds : undefined;
}

/** The shortest exact spelling of a time span given in milliseconds. */
export function formatDuration(milliseconds: number): Duration {
  for (const unit of ['h', 'm', 's'] as const) {
    if (milliseconds > 0 && milliseconds % MILLISECONDS[unit] === 0)
      return `${milliseconds / MILLISECONDS[unit]}${unit}`;
  }
  return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
}

/** Millicores of a CPU quantity: `250m`, `1`, `0.5`. Kubernetes accepts nothing finer than `1m`. */
export function parseCpu(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(m?)$/.exec(text);
  if (!match) return undefined;
  const millicores = match[2] === 'm' ? Number(match[1]) : Math.round(Number(match[1]) * 1_000);
  return Number.isInteger(millicores) && millicores > 0 ? millicores : undefined;
}

export function formatCpu(millicores: number): string {
  return millicores % 1_000 === 0 ? String(millicores / 1_000) : `${millicores}m`;
}

const BYTES = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
} as const;

/** Bytes of a memory quantity: `128Mi`, `1Gi`, `512M`. `m` is refused: it means thousandths of a byte. */
export function parseMemory(text: string): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,3})?)(k|M|G|T|Ki|Mi|Gi|Ti|)$/.exec(text);
  if (!match) return undefined;
  const bytes = Number(match[1]) * BYTES[match[2] as keyof typeof BYTES];
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

export function formatMemory(bytes: number): string {
  // As the API server stores it: the largest suffix that divides, powers of two first.
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki', 'T', 'G', 'M', 'k'] as const) {
    if (bytes % BYTES[unit] === 0) return `${bytes / BYTES[unit]}${unit}`;
  }
  return String(bytes);
}
