/** CEL about probes. `probe` is an expression for one that is there; defaults are those of the API server. */
const secondsOf = (probe: string, field: string, otherwise: number): string =>
  `(has(${probe}.${field}) ? int(${probe}.${field}) : ${otherwise})`;

/** Seconds from the first failed try to the last that is forgiven. */
export const patienceOf = (probe: string): string =>
  `(${secondsOf(probe, 'periodSeconds', 10)} * ${secondsOf(probe, 'failureThreshold', 3)})`;

/** Seconds that a container has until a probe gives up on it, from its start on. */
export const budgetOf = (probe: string): string =>
  `(${secondsOf(probe, 'initialDelaySeconds', 0)} + ${patienceOf(probe)})`;
