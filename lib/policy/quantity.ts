/** 10^9: a quantity has no finer digit than nano. */
const NANO = 1_000_000_000n;

const DECIMAL: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  '': NANO,
  k: NANO * 10n ** 3n,
  M: NANO * 10n ** 6n,
  G: NANO * 10n ** 9n,
  T: NANO * 10n ** 12n,
  P: NANO * 10n ** 15n,
  E: NANO * 10n ** 18n,
};

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: NANO << 10n,
  Mi: NANO << 20n,
  Gi: NANO << 30n,
  Ti: NANO << 40n,
  Pi: NANO << 50n,
  Ei: NANO << 60n,
};

/** A Kubernetes quantity such as `250m`, `1.5Gi` or `2e3`, exact to the nano, as the CEL library of the API server has it. */
export class Quantity {
  private constructor(readonly nano: bigint) {}

  /** Undefined for text that the API server would not take. */
  static parse(text: string): Quantity | undefined {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:(n|u|m|k|M|G|T|P|E|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/.exec(text);
    if (!match) return undefined;
    const [, sign = '', whole = '', fraction = '', suffix = '', exponent] = match;
    if (whole === '' && fraction === '') return undefined;
    const unit = BINARY[suffix] ?? DECIMAL[suffix]!;
    const power = Number(exponent ?? 0);
    const scaled = BigInt(`${whole}${fraction}`) * unit * (power > 0 ? 10n ** BigInt(power) : 1n);
    const divisor = 10n ** BigInt(fraction.length + (power < 0 ? -power : 0));
    // What is finer than nano is rounded up, away from zero.
    const nano = (scaled + divisor - 1n) / divisor;
    return new Quantity(sign === '-' ? -nano : nano);
  }

  static of(text: string): Quantity {
    const parsed = Quantity.parse(text);
    if (!parsed) throw new Error(`${JSON.stringify(text)} is not a quantity`);
    return parsed;
  }

  compareTo(other: Quantity): bigint {
    return this.nano < other.nano ? -1n : this.nano > other.nano ? 1n : 0n;
  }

  add(other: Quantity): Quantity {
    return new Quantity(this.nano + other.nano);
  }

  sub(other: Quantity): Quantity {
    return new Quantity(this.nano - other.nano);
  }

  /** Whether it is a whole number that an int of CEL can hold. */
  get isInteger(): boolean {
    return this.nano % NANO === 0n && BigInt.asIntN(64, this.nano / NANO) === this.nano / NANO;
  }

  /** @throws Error for any other number, as the API server does */
  get asInteger(): bigint {
    if (!this.isInteger) throw new Error('the quantity is no whole number');
    return this.nano / NANO;
  }

  get asFloat(): number {
    return Number(this.nano) / Number(NANO);
  }
}
