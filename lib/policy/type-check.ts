import { nearMiss } from '../core/near-miss';
import type { AdmissionDocument } from './admission';
import { syntaxTree, type SyntaxNode } from './cel';
import table from './kubernetes-fields.json';
import type { ObjectKind } from './pod-carriers';

/** A field that an expression reads and that is not there in any object. */
export interface FieldComplaint {
  readonly document: string;
  /** Name of the variable, condition or part of the validation. */
  readonly expression: string;
  readonly kind: string;
  readonly message: string;
}

/** `string`, `number`, `boolean`, `dyn` for anything, `T[]`, `T{}` for a map, or the name of an entry of the table. */
type Type = string;
type Scope = ReadonlyMap<string, Type>;

const KINDS: Readonly<Record<string, Type>> = table.kinds;
const FIELDS: Readonly<Record<string, Readonly<Record<string, Type>>>> = table.types;

/**
 * Reads of a document that cannot be right for one of its kinds: a misspelt field, variable or name. An API server says
 * the same of a ValidatingAdmissionPolicy, in its status.
 */
export function fieldComplaints(document: AdmissionDocument): FieldComplaint[] {
  return document.kinds.flatMap((kind) => {
    const check = new Check(kind);
    const { expression, messageExpression } = document.validation;
    for (const condition of document.matchConditions) check.expression(condition.name, condition.expression);
    for (const variable of document.variables) check.variable(variable.name, variable.expression);
    check.expression('validation', expression);
    check.expression('message', messageExpression);
    return [...check.complaints].map(([message, name]) => ({
      document: document.name,
      expression: name,
      kind: kind.kind,
      message,
    }));
  });
}

/** What a macro makes of a list: `same` members, a list of what its body is, or a truth. */
const MACROS: Readonly<Record<string, 'same' | 'body' | 'boolean'>> = {
  all: 'boolean',
  exists: 'boolean',
  exists_one: 'boolean',
  filter: 'same',
  map: 'body',
};

/** Types of what functions and methods give back, where a member of it could be read. */
const RESULTS: Readonly<Record<string, Type>> = {
  findAll: 'string[]',
  split: 'string[]',
  find: 'string',
  join: 'string',
  replace: 'string',
  string: 'string',
  size: 'number',
  int: 'number',
  double: 'number',
};

/** Names of CEL that stand for types. */
const TYPE_NAMES = ['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'uint'];

class Check {
  /** Name of the first expression that makes each complaint. */
  readonly complaints = new Map<string, string>();
  private readonly globals: Scope;
  private readonly variables = new Map<string, Type>();
  private name = '';

  constructor({ group, version, kind }: ObjectKind) {
    const key = [group, version, kind].filter((part) => part !== '').join('/');
    this.globals = new Map([
      ['object', KINDS[key] ?? 'dyn'],
      ...TYPE_NAMES.map((name): [string, Type] => [name, 'dyn']),
    ]);
  }

  expression(name: string, text: string): Type {
    this.name = name;
    return this.typeOf(syntaxTree(text), this.globals);
  }

  /** Later expressions read it as `variables.<name>`. */
  variable(name: string, text: string): void {
    this.variables.set(name, this.expression(name, text));
  }

  private typeOf(node: SyntaxNode, scope: Scope): Type {
    switch (node.op) {
      case 'value':
        return typeof node.args === 'string' ? 'string' : typeof node.args === 'boolean' ? 'boolean' : 'dyn';
      case 'id':
        return this.typeOfName(node.args as string, scope);
      case '.':
      case '.?': {
        const [of, field] = node.args as [SyntaxNode, string];
        if (of.op === 'id' && of.args === 'variables') return this.typeOfVariable(field);
        return this.typeOfField(this.typeOf(of, scope), field);
      }
      case '[]':
      case '[?]': {
        const [of, index] = node.args as [SyntaxNode, SyntaxNode];
        this.typeOf(index, scope);
        return memberOf(this.typeOf(of, scope));
      }
      case 'list':
        return `${this.joined(node.args as SyntaxNode[], scope)}[]`;
      case '?:': {
        const [condition, ...branches] = node.args as SyntaxNode[];
        this.typeOf(condition!, scope);
        return this.joined(branches, scope);
      }
      case '+':
        return this.joined(node.args as SyntaxNode[], scope);
      case 'call':
      case 'rcall':
        return this.typeOfCall(node, scope);
      default:
        for (const child of nodesIn(node.args)) this.typeOf(child, scope);
        return 'dyn';
    }
  }

  private typeOfName(name: string, scope: Scope): Type {
    const type = scope.get(name);
    if (type === undefined) this.complain(`nothing has the name ${name}`, name, [...scope.keys(), 'variables']);
    return type ?? 'dyn';
  }

  private typeOfVariable(name: string): Type {
    const type = this.variables.get(name);
    if (type === undefined) this.complain(`there is no variable ${name} yet`, name, this.variables.keys());
    return type ?? 'dyn';
  }

  private typeOfField(type: Type, field: string): Type {
    if (type === 'dyn') return 'dyn';
    if (type.endsWith('{}')) return memberOf(type);
    const fields = FIELDS[type] ?? {};
    if (!Object.hasOwn(fields, field)) this.complain(`${type} has no field ${field}`, field, Object.keys(fields));
    return fields[field] ?? 'dyn';
  }

  private typeOfCall(node: SyntaxNode, scope: Scope): Type {
    const [name, ...rest] = node.args as [string, ...unknown[]];
    const nodes = rest.flatMap(nodesIn);
    const macro = node.op === 'rcall' && nodes.length > 2 ? MACROS[name] : undefined;
    if (macro === undefined) {
      for (const child of nodes) this.typeOf(child, scope);
      return RESULTS[name] ?? 'dyn';
    }
    const [of, member, ...bodies] = nodes as [SyntaxNode, SyntaxNode, ...SyntaxNode[]];
    const list = this.typeOf(of, scope);
    // A macro over a map goes through its keys; all maps of Kubernetes are of text to text.
    const inner = new Map(scope).set(member.args as string, memberOf(list));
    const body = bodies.map((one) => this.typeOf(one, inner)).at(-1)!;
    return macro === 'same' ? list : macro === 'body' ? `${body}[]` : 'boolean';
  }

  private joined(nodes: readonly SyntaxNode[], scope: Scope): Type {
    return nodes.map((node) => this.typeOf(node, scope)).reduce(common, nodes.length === 0 ? 'dyn' : '');
  }

  private complain(message: string, word: string, known: Iterable<string>): void {
    const near = nearMiss(word, known);
    const text = near === undefined ? message : `${message}, did you mean ${near}`;
    if (!this.complaints.has(text)) this.complaints.set(text, this.name);
  }
}

/** The type of either; an empty list is a list of whatever the other holds. */
function common(a: Type, b: Type): Type {
  if (a === '' || a === b) return b;
  if (a === 'dyn[]' && b.endsWith('[]')) return b;
  return b === 'dyn[]' && a.endsWith('[]') ? a : 'dyn';
}

function memberOf(type: Type): Type {
  return /^(.+)(\[\]|\{\})$/.exec(type)?.[1] ?? 'dyn';
}

/** Nodes in the arguments of another, in lists of whatever depth. */
function nodesIn(args: unknown): SyntaxNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as SyntaxNode] : [];
}
