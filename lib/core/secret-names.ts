/** Last words of a name whose value is a secret. `KEY` alone is none: most keys are cache, sort or routing keys. */
const SECRET_ENDINGS = [
  ...[
    'PASSWORD',
    'PASSWD',
    'PASSPHRASE',
    'PASSCODE',
    'SECRET',
    'TOKEN',
    'CREDENTIAL',
    'APIKEY',
    'PRIVATEKEY',
    'SECRETKEY',
  ],
  ...['API KEY', 'PRIVATE KEY', 'SECRET KEY', 'ACCESS KEY', 'ENCRYPTION KEY', 'SIGNING KEY', 'MASTER KEY'],
  ...['ACCOUNT KEY', 'SHARED KEY', 'AUTH KEY', 'HMAC KEY'],
];

/** Whole words only: `BYPASS` is not about passwords. */
const SECRET_WORDS = ['PASS', 'PWD', 'CREDS', 'PAT'];

/** Words after the telling one that change nothing: `DB_PASSWORD_PROD`, `SECRET_KEY_BASE`, `API_TOKEN_2`. */
const QUALIFIERS = new Set(
  'PROD PRODUCTION STAGING STAGE DEV TEST LIVE OLD NEW CURRENT PREVIOUS NEXT PRIMARY SECONDARY BASE BASE64 B64 VALUE'.split(
    ' ',
  ),
);

/** The name of a Kubernetes Secret, not what is in it. */
const NAMES_AN_OBJECT = /(?:^| )(?:IMAGE PULL|PULL|EXISTING|TLS) SECRET$/;

/** Whatever does not hold one of these is settled at once; files have far more other names than these. */
const WORTH_A_LOOK = /pass|pwd|secret|token|cred|key|pat/i;

/** True when the last words of `key` say that its value is a secret, in any of the usual spellings. */
export function isSecretName(key: string): boolean {
  // Long before any real name ends, and so that a key cannot make this slow either.
  if (key.length > 256 || !WORTH_A_LOOK.test(key)) return false;
  const words = wordsOf(key);
  while (words.length > 1 && isQualifier(words.at(-1) ?? '')) words.pop();
  if (words.includes('PUBLIC')) return false;
  const last = words.at(-1) ?? '';
  const name = words.join(' ').replace(/(?<=[A-RT-Z])S$/, '');
  if (NAMES_AN_OBJECT.test(name)) return false;
  return SECRET_WORDS.includes(last) || SECRET_ENDINGS.some((ending) => name.endsWith(ending));
}

function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => word.replace(/(?<=^[A-Z]{4,})\d{1,2}$/, ''))
    .filter((word) => word !== '');
}

function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || /^\d+$/.test(word);
}

/** Values that stand where a secret would, and are none. */
const HARMLESS: readonly RegExp[] = [
  /^$/,
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|enabled?|disabled?|required|optional|auto|default)$/i,
  // Numbers, durations and sizes: a setting about the secret.
  /^[+-]?\d+(?:\.\d+)?(?: ?(?:[num]?s|m|h|d|w|min|sec|days?|hours?|minutes?|seconds?|[KMGT]i?B?|%))?$/i,
  // Paths.
  /^(?:~|\.{1,2})?\/[\w.@-]+(?:\/[\w.@-]+)*\/?$/,
  /^[A-Za-z]:\\/,
  // URLs: those with a password in them are refused before by their own pattern. Includes vault://, op:// and the like.
  /^[a-z][a-z0-9+.-]*:\/\//i,
  // References to something that is filled in elsewhere.
  /\$\{[^}]{0,200}\}|\$\([^)]{0,200}\)|\{\{|^\$[A-Za-z_]\w*$|^%\w+%$|^@[\w.]+@$/,
  /^(?:vault|env|file|secret|ssm|awssm|gcpsm|sops|ref\+\w+|arn:aws[\w-]*:(?:secretsmanager|ssm)|ENC)[:[]/,
  /^projects\/[\w-]+\/secrets\/[\w-]+/,
  // Placeholders and types.
  /^(?:<.*>|\[.*\]|x+|\*+|\.+|-+|_+|…|\?+)$/i,
  /^(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this)|(?:to[-_ ]?do|tbd|fix[-_ ]?me)|redacted|placeholder|example|dummy)$/i,
  /^(?:your|my|insert|enter|some)[-_ ][\w -]*(?:here|password|secret|token|key)$/i,
  /^(?:string|str|bytes|secretstr)$/i,
];

/** Under `*_SECRET` and `*_CREDENTIALS` a name such as `orders-db-credentials` is that of an object in the cluster. */
const OBJECT_NAME = /^[a-z0-9.-]+[.-](?:secrets?|creds?|credentials?|tokens?|keys?|tls|certs?)$/;

/** False for what cannot be a secret: nothing, a switch, a number, a path, a URL, a reference, a placeholder. */
export function isSecretValue(value: string, key = ''): boolean {
  const text = unquoted(value.trim());
  // A switch or a placeholder is short; only a short text is worth the closer look.
  if (text.length > 1000) return true;
  if (HARMLESS.some((pattern) => pattern.test(text))) return false;
  return !(/(?:secret|cred(?:ential)?)s?$/i.test(key) && OBJECT_NAME.test(text));
}

function unquoted(text: string): string {
  const quote = text.charAt(0);
  const quoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return quoted ? text.slice(1, -1) : text;
}
