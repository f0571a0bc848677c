import { isSecretName, isSecretValue } from './secret-names';

/** What was found: the name of the pattern, and the value masked so that a message may show it. */
export interface FoundSecret {
  readonly pattern: string;
  readonly shown: string;
}

interface SecretPattern {
  readonly name: string;
  /**
   * Group `prefix` is shown as it is and must hold nothing secret; group `secret`, where there is one, is the part that
   * may also be a placeholder. Every unbounded repetition starts behind a character it cannot itself match, so that a
   * long value is read once and not once per position.
   */
  readonly value: RegExp;
  /** Needed where the value alone looks like any other. */
  readonly key?: RegExp;
}

/** Formats that say of themselves what they are. The names are part of the public contract. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { name: 'private-key', value: /(?<prefix>-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----)/g },
  { name: 'aws-access-key-id', value: /(?<![A-Za-z0-9])(?<prefix>AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g },
  {
    name: 'aws-secret-access-key',
    value: /^(?<prefix>)[A-Za-z0-9/+]{40}$/g,
    key: /aws.{0,16}secret.{0,16}key|secret.{0,2}access.{0,2}key/i,
  },
  { name: 'github-token', value: /(?<![A-Za-z0-9])(?<prefix>gh[oprsu]_|github_pat_)[A-Za-z0-9_]{36,255}/g },
  {
    name: 'gitlab-token',
    value: /(?<![A-Za-z0-9])(?<prefix>gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-)[\w.-]{20,300}/g,
  },
  { name: 'slack-token', value: /(?<![A-Za-z0-9])(?<prefix>xox[abceoprs]-|xapp-)[A-Za-z0-9-]{10,255}/g },
  {
    name: 'slack-webhook',
    value: /(?<prefix>https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/]{20,255}/g,
  },
  { name: 'stripe-key', value: /(?<![A-Za-z0-9])(?<prefix>[rs]k_(?:live|test)_|whsec_)[A-Za-z0-9+/]{16,255}/g },
  { name: 'google-api-key', value: /(?<![\w-])(?<prefix>AIza)[\w-]{35}(?![\w-])/g },
  { name: 'google-oauth-secret', value: /(?<![\w-])(?<prefix>GOCSPX-)[\w-]{28}(?![\w-])/g },
  { name: 'jwt', value: /(?<![\w-])(?<prefix>eyJ)[\w-]{10,}\.eyJ[\w-]{5,}\.[\w-]*/g },
  { name: 'npm-token', value: /(?<![A-Za-z0-9])(?<prefix>npm_)[A-Za-z0-9]{36}(?![A-Za-z0-9])/g },
  { name: 'pypi-token', value: /(?<![A-Za-z0-9])(?<prefix>pypi-)AgE[\w-]{40,500}/g },
  { name: 'sendgrid-key', value: /(?<![A-Za-z0-9])(?<prefix>SG\.)[\w-]{16,32}\.[\w-]{16,64}/g },
  { name: 'twilio-key', value: /(?<![A-Za-z0-9])(?<prefix>SK)[0-9a-f]{32}(?![A-Za-z0-9])/g },
  {
    name: 'azure-connection-string',
    value: /(?<prefix>(?:Account|SharedAccess)Key=)[A-Za-z0-9+/]{40,120}={0,2}/gi,
  },
  { name: 'openai-key', value: /(?<![A-Za-z0-9])(?<prefix>sk-(?:proj|svcacct|admin)-)[\w-]{20,300}/g },
  { name: 'anthropic-key', value: /(?<![A-Za-z0-9])(?<prefix>sk-ant-)[\w-]{20,300}/g },
  { name: 'vault-token', value: /(?<![\w.])(?<prefix>hv[bs]\.)[\w-]{24,300}/g },
  { name: 'docker-token', value: /(?<![A-Za-z0-9])(?<prefix>dckr_(?:pat|oat)_)[\w-]{20,100}/g },
  { name: 'digitalocean-token', value: /(?<![A-Za-z0-9])(?<prefix>do[opr]_v1_)[0-9a-f]{64}/g },
  { name: 'grafana-token', value: /(?<![A-Za-z0-9])(?<prefix>glsa_)[A-Za-z0-9]{32}_[0-9a-f]{8}/g },
  { name: 'hugging-face-token', value: /(?<![A-Za-z0-9])(?<prefix>hf_)[A-Za-z]{34}(?![A-Za-z0-9])/g },
  { name: 'age-key', value: /(?<![A-Za-z0-9])(?<prefix>AGE-SECRET-KEY-1)[A-Z0-9]{58}/g },
  {
    name: 'url-password',
    value: /(?<![a-z0-9+.-])(?<prefix>[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#@:]{0,255}:(?<secret>[^\s/?#@]{1,1024})@/gi,
  },
  {
    name: 'authorization-header',
    value:
      /(?<prefix>authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:bearer|basic|token) )(?<secret>[\w.~+/=-]{12,4096})/gi,
  },
];

/** The others have looked at the whole text already. */
const KEYED_PATTERNS = SECRET_PATTERNS.filter(({ key }) => key !== undefined);

/** What a secret with no format of its own is called in reports: only its name gives it away. */
const BY_NAME = 'secret-by-name';

/** The start of `password: x`, `"apiKey": "x"`, `--db-password=x` and `?token=x`, wherever in a text they stand. */
const ASSIGNMENT = /(?<![\w.-])(?<key>[\w.-]{3,80})["']?[ \t]{0,8}(?<sign>=>|:=|[:=])(?<space>[ \t]{0,8})/g;

/** What follows: a text in quotes, or a word; `call` tells a word that is a value from one that makes one. */
const ASSIGNED =
  /"(?<double>[^"\n]{1,512})"|'(?<single>[^'\n]{1,512})'|(?<bare>[^\s"'=,;&<>()[\]{}|][^\s"',;&<>()[\]{}|]{0,511})(?<call>[([{]?)/y;

/** `config.password`, `secrets::get`: in a file that is source code the value is made elsewhere, as it is by a call. */
const CODE = /^[A-Za-z_]\w*(?:\.|::|->)[A-Za-z_]/;

/**
 * The first literal secret in `value`, or nothing. `key` is what the value is known by: an environment variable, a file
 * name, or for an argument the flag before it. A reference such as `${TOKEN}` is no secret, nor is a path to one.
 */
export function findSecret(key: string, value: string): FoundSecret | undefined {
  return byFormat(SECRET_PATTERNS, key, value) ?? byAssignment(value) ?? byName(key, value);
}

/** Nothing shorter has one of the formats, but for a URL with a password in it. */
const SHORTEST = 15;

function byFormat(patterns: readonly SecretPattern[], key: string, value: string): FoundSecret | undefined {
  if (value.length < SHORTEST && !value.includes('@')) return undefined;
  for (const pattern of patterns) {
    if (pattern.key && !pattern.key.test(key)) continue;
    for (const match of value.matchAll(pattern.value)) {
      const { prefix = '', secret } = match.groups ?? {};
      if (secret !== undefined && !isSecretValue(secret)) continue;
      return { pattern: pattern.name, shown: masked(prefix, match[0]) };
    }
  }
  return undefined;
}

function byName(key: string, value: string): FoundSecret | undefined {
  if (!isSecretName(key) || !isSecretValue(value, key)) return undefined;
  return { pattern: BY_NAME, shown: masked('', value.trim()) };
}

function byAssignment(text: string): FoundSecret | undefined {
  const secretNames = new Map<string, boolean>();
  for (const match of text.matchAll(ASSIGNMENT)) {
    const { key = '', sign = '', space = '' } = match.groups ?? {};
    const isSecret = secretNames.get(key) ?? isSecretName(key);
    secretNames.set(key, isSecret);
    if (!isSecret) continue;
    const value = assignedAt(text, match.index + match[0].length, sign, space);
    if (value === undefined || !isSecretValue(value, key)) continue;
    const found = byFormat(KEYED_PATTERNS, key, value) ?? { pattern: BY_NAME, shown: masked('', value) };
    return { ...found, shown: `${key}: ${found.shown}` };
  }
  return undefined;
}

function assignedAt(text: string, start: number, sign: string, space: string): string | undefined {
  ASSIGNED.lastIndex = start;
  const match = ASSIGNED.exec(text);
  const { double, single, bare, call } = match?.groups ?? {};
  if (match === null || bare === undefined) return double ?? single;
  // `arn:aws:secretsmanager:eu-west-1:1:secret:orders` assigns nothing.
  if (sign === ':' && space === '') return undefined;
  if (call !== '' || CODE.test(bare)) return undefined;
  return space !== '' && isProse(text, start + match[0].length) ? undefined : bare;
}

/** `# token: see the handbook`: more words on the line, so the first one is not a value. */
function isProse(text: string, after: number): boolean {
  return /^[ \t]+[^\s#]/.test(text.slice(after, after + 20));
}

function masked(prefix: string, whole: string): string {
  return `${prefix}…(${whole.length} characters)`;
}
