import { Quantity } from '../quantity';
import { values, type Fill } from './fill';

/** Up to three digits and a suffix are as short as they can be; nearly all quantities that people write are such. */
const SHORTEST = /^(0|[1-9]\d{0,2}([mkMGTPE]|[KMGTPE]i)?)$/;

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 10n ** 9n;
const MILLI = 10n ** 6n;

/** A quantity as the API server writes it: `0.5` is `500m`, `1024Mi` is `1Gi`. */
export const quantity: Fill = (value) => canonical(value, 1n);

/** Amounts by resource. Nothing in them is finer than a thousandth. */
export const resourceList: Fill = values((value) => canonical(value, MILLI));

function canonical(value: unknown, finest: bigint): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value).trim();
  if (SHORTEST.test(text)) return text;
  const parsed = Quantity.parse(text);
  if (!parsed) return value;
  const nano = roundedUp(parsed.nano, finest);
  if (nano === 0n) return '0';
  const isBinary = text.endsWith('i') && nano % NANO === 0n && magnitude(nano) >= 1024n * NANO;
  if (isBinary) return shortened(nano / NANO, 1024n, BINARY);
  const decimal = shortened(nano, 1000n, DECIMAL);
  return /[eE][+-]?\d+$/.test(text) ? withExponent(decimal) : decimal;
}

/** A number without the factors that a suffix can say. */
function shortened(number: bigint, base: bigint, suffixes: readonly string[]): string {
  let rest = number;
  let index = 0;
  for (; index < suffixes.length - 1 && rest % base === 0n; index += 1) rest /= base;
  return `${rest}${suffixes[index]!}`;
}

/** What was written with an exponent keeps it: `5e3`, not `5k`. */
function withExponent(decimal: string): string {
  const suffix = decimal.replace(/[-\d]/g, '');
  const exponent = 3 * (DECIMAL.indexOf(suffix) - DECIMAL.indexOf(''));
  return `${decimal.slice(0, decimal.length - suffix.length)}${exponent === 0 ? '' : `e${exponent}`}`;
}

/** Away from zero: who asks for something gets something. */
function roundedUp(nano: bigint, finest: bigint): bigint {
  const rounded = ((magnitude(nano) + finest - 1n) / finest) * finest;
  return nano < 0n ? -rounded : rounded;
}

function magnitude(number: bigint): bigint {
  return number < 0n ? -number : number;
}
