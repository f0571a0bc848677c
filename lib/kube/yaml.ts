import { formatPath } from '../core/data';
import type { Manifest } from './manifest';

// Our own printer, since a fleet has some 40,000 objects: the `yaml` package needs 10 s for them and js-yaml 4 s, this
// one a fraction of a second. It prints only the YAML that every reader, of version 1.1 and 1.2, takes alike.

/** Deeper than any Kubernetes object; what goes on below is an object that contains itself. */
const MAX_DEPTH = 200;

/** YAML allows 1,024 characters for `key:` on one line; a longer key needs the `? key` form. */
const MAX_KEY_LENGTH = 1000;

/**
 * A start that no number, date or indicator has, and nothing but printable ASCII after it: a name, a path, a flag,
 * or a quantity such as `100m` and `128Mi` (checked further by {@link LOOKS_NUMERIC}).
 */
const PLAIN = /^(?:[A-Za-z/]|--?[A-Za-z]|[0-9])[\x20-\x7e]*$/;

/** `key: value`, a comment, or something a reader would trim. */
const BREAKS_PLAIN = /: | #|[: ]$/;

/**
 * Only such characters as occur in some number, date or time of YAML 1.1: hexadecimal `0x1f`, octal `0o17`, sexagesimal
 * `22:22`, `1_000`, `1e3`, `2001-12-14t21:59:43Z`. Also `e3`, which the `yaml` package reads as NaN in version 1.1.
 * Wider than need be: quotes are cheap.
 */
const LOOKS_NUMERIC = /^-{0,2}(?:[0-9]|[eE][-+_0-9])[0-9A-Fa-f_.,:xXoOtTzZpP+ -]*$/;

/** Booleans, nulls and non-numbers of any YAML version in any case. */
const RESERVED = /^-{0,2}(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$/i;

/** Characters that JSON leaves as they are, but YAML takes for line breaks or forbids. */
const ESCAPE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Anything that a literal block cannot hold, or that an editor or a reader may change in it. */
const NOT_LITERAL = /(?![\t\n])\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff]|^[ \t\n]|[ \t]\n|\n\n$|[ \t]$|\p{Surrogate}/u;

/** One object as a YAML document in block style, keys in the given order; ends with a newline. */
export function toYaml(manifest: unknown): string {
  return new Printer().print(manifest);
}

/** Several objects as one file, separated by `---`; the empty text when there are none. */
export function toYamlDocuments(manifests: readonly Manifest[]): string {
  return manifests.map(toYaml).join('---\n');
}

class Printer {
  /** Joined once at the end: growing one string instead costs four times as much in garbage. */
  private readonly out: string[] = [];
  /** Where we are, for the message about a value that cannot be written. */
  private readonly path: (string | number)[] = [];

  print(value: unknown): string {
    if (this.isBlock(value)) this.printBlock(value, '');
    else this.printInline(value, '  ');
    this.out.push('\n');
    return this.out.join('');
  }

  /** The fields or items of `value`: the first where we are, the others on lines of their own at `indent`. */
  private printBlock(value: object, indent: string): void {
    if (this.path.length > MAX_DEPTH) throw this.refusal('an object nested too deeply, or in itself');
    if (Array.isArray(value)) this.printList(value, indent);
    else this.printMap(value as Readonly<Record<string, unknown>>, indent);
  }

  private printList(items: readonly unknown[], indent: string): void {
    const inner = `${indent}  `;
    // By index, since `forEach` passes over holes in silence.
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      this.path.push(index);
      this.out.push(index === 0 ? '- ' : `\n${indent}- `);
      if (this.isBlock(item)) this.printBlock(item, inner);
      else this.printInline(item, inner);
      this.path.pop();
    }
  }

  private printMap(map: Readonly<Record<string, unknown>>, indent: string): void {
    const inner = `${indent}  `;
    let separator = '';
    for (const key of Object.keys(map)) {
      const value = map[key];
      if (value === undefined) continue;
      this.path.push(key);
      this.out.push(separator, printKey(key, indent));
      separator = `\n${indent}`;
      if (this.isBlock(value)) {
        this.out.push(`\n${inner}`);
        this.printBlock(value, inner);
      } else {
        this.out.push(' ');
        this.printInline(value, inner);
      }
      this.path.pop();
    }
  }

  /** A scalar or an empty collection; `indent` is for the lines of a literal block. */
  private printInline(value: unknown, indent: string): void {
    if (typeof value === 'string') this.out.push(printText(value, indent));
    else if (typeof value === 'number') this.out.push(this.printNumber(value));
    else if (typeof value === 'boolean' || value === null) this.out.push(String(value));
    else if (typeof value === 'object') this.out.push(Array.isArray(value) ? '[]' : '{}');
    else throw this.refusal(value === undefined ? 'undefined' : `a ${typeof value}`);
  }

  private printNumber(value: number): string {
    if (!Number.isFinite(value)) throw this.refusal(String(value));
    // For YAML 1.1 a number with an exponent is a string unless it has a dot: 1.0e+21.
    const text = String(value);
    return /^-?\d+e/.test(text) ? text.replace('e', '.0e') : text;
  }

  /** True if `value` takes lines of its own. */
  private isBlock(value: unknown): value is object {
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.length > 0;
    const prototype: unknown = Object.getPrototypeOf(value);
    // `Object.prototype` of any realm is what has no prototype itself; all else (Date, Map, a class) is no plain data.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw this.refusal('an object of a class');
    for (const key in value) if ((value as Record<string, unknown>)[key] !== undefined) return true;
    return false;
  }

  private refusal(what: string): Error {
    const where = this.path.length > 20 ? [...this.path.slice(0, 20), '...'] : this.path;
    return new Error(`cannot be written as YAML: ${what}${where.length === 0 ? '' : ` at ${formatPath(where)}`}`);
  }
}

function printKey(key: string, indent: string): string {
  const text = isPlain(key) ? key : quote(key);
  return text.length > MAX_KEY_LENGTH ? `? ${text}\n${indent}:` : `${text}:`;
}

function printText(text: string, indent: string): string {
  if (isPlain(text)) return text;
  if (text.includes('\n') && !NOT_LITERAL.test(text)) return printLiteral(text, indent);
  return quote(text);
}

function printLiteral(text: string, indent: string): string {
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n');
  // Lines without text stay empty, so that no line ends in a space.
  return `${ended ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

/** Manifests say the same few words again and again: keys, labels, units. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 10_000;

function isPlain(text: string): boolean {
  const known = judged.get(text);
  if (known !== undefined) return known;
  const plain = PLAIN.test(text) && !BREAKS_PLAIN.test(text) && !LOOKS_NUMERIC.test(text) && !RESERVED.test(text);
  if (judged.size < MOST_JUDGED && text.length < 100) judged.set(text, plain);
  return plain;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(ESCAPE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
