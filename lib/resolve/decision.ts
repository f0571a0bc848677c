import { parsePath, valueAt } from '../core/data';

/** Which layer a value comes from. */
export type DecisionSource = 'platform' | 'tier' | 'spec' | 'derived' | 'locked';

/** A value and why it is what it is. */
export interface Decision {
  readonly path: string;
  readonly value: string | number | boolean | null | readonly string[];
  readonly because: string;
  readonly source: DecisionSource;
}

/** What holds when the spec says nothing. */
export interface Otherwise<T> {
  readonly value: T;
  readonly because: string;
  readonly source: 'platform' | 'tier' | 'derived';
}

/** Records every decision of one service. A decision has the path of the knob that would change it, where there is one. */
export class Decisions {
  private readonly recorded = new Map<string, Decision>();

  /** `overlay`: what the spec says for this environment only, to name the right place. */
  constructor(
    private readonly environment: string,
    private readonly overlay: unknown,
  ) {}

  /** The spec's own value if there is one, else what holds otherwise. `show` gives the spelling for people. */
  settle<T>(
    path: string,
    own: T | undefined,
    otherwise: Otherwise<T>,
    show: (value: T) => Decision['value'] = shownAsIs,
  ): T {
    if (own === undefined) {
      this.record(path, show(otherwise.value), otherwise.source, otherwise.because);
      return otherwise.value;
    }
    const place =
      valueAt(this.overlay, parsePath(path)) === undefined ? 'the spec' : `the spec for ${this.environment}`;
    const instead =
      show(otherwise.value) === show(own) ? 'the same as without it' : `instead of ${String(show(otherwise.value))}`;
    this.record(path, show(own), 'spec', `set in ${place}, ${instead} (${otherwise.because})`);
    return own;
  }

  /** A value without a knob. */
  record(path: string, value: Decision['value'], source: DecisionSource, because: string): void {
    this.recorded.set(path, { path, value, because, source });
  }

  all(): readonly Decision[] {
    return [...this.recorded.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

function shownAsIs(value: unknown): Decision['value'] {
  return value as Decision['value'];
}
