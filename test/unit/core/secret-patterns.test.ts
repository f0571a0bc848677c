import { findSecret, SECRET_PATTERNS } from '../../../lib/core/secret-patterns';

/** Random-looking text of one length, so that no secret as such stands in this file. */
function noise(length: number, alphabet = 'aB3dE5gH7jK9mN2pQ4sT6vW8xZ'): string {
  return Array.from({ length }, (_, index) => alphabet[(index * 7 + (index >> 2)) % alphabet.length]).join('');
}

const HEX = '0123456789abcdef';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const pem = (kind: string): string => `-----BEGIN ${kind}-----\n${noise(64)}\n-----END ${kind}-----\n`;
const jwt = ['ey' + 'J' + noise(30), 'ey' + 'J' + noise(40), noise(43)].join('.');

const POSITIVES: [pattern: string, key: string, value: string][] = [
  ['aws-access-key-id', 'AWS_ACCESS_KEY_ID', 'AK' + 'IA' + noise(16, UPPER)],
  ['aws-access-key-id', 'ARGS', `--id=${'AS' + 'IA'}${noise(16, UPPER)} --verbose`],
  ['aws-secret-access-key', 'AWS_SECRET_ACCESS_KEY', noise(40)],
  ['aws-secret-access-key', 'awsSecretKey', noise(39) + '/'],
  ['aws-secret-access-key', 'credentials', `[default]\naws_secret_access_key = ${noise(40)}\n`],
  ['github-token', 'X', 'gh' + 'p_' + noise(36)],
  ['github-token', 'X', 'gh' + 'o_' + noise(36)],
  ['github-token', 'X', 'github' + '_pat_' + noise(22) + '_' + noise(59)],
  ['gitlab-token', 'X', 'gl' + 'pat-' + noise(20)],
  ['slack-token', 'X', 'xo' + 'xb-' + noise(12, '0123456789') + '-' + noise(24)],
  [
    'slack-webhook',
    'URL',
    'https://hooks.' + 'slack.com/services/T' + noise(8, UPPER) + '/B' + noise(8, UPPER) + '/' + noise(24),
  ],
  ['stripe-key', 'X', 'sk' + '_live_' + noise(24)],
  ['stripe-key', 'X', 'rk' + '_test_' + noise(24)],
  ['stripe-key', 'X', 'wh' + 'sec_' + noise(32)],
  ['google-api-key', 'X', 'AI' + 'za' + noise(35)],
  ['google-oauth-secret', 'X', 'GOC' + 'SPX-' + noise(28)],
  ['private-key', 'tls.key', pem('PRIVATE' + ' KEY')],
  ['private-key', 'id_rsa', pem('RSA PRIVATE' + ' KEY')],
  ['private-key', 'id_ed25519', pem('OPENSSH PRIVATE' + ' KEY')],
  ['private-key', 'gpg', pem('PGP PRIVATE' + ' KEY BLOCK')],
  ['private-key', 'config.json', JSON.stringify({ type: 'service_account', private_key: pem('PRIVATE' + ' KEY') })],
  ['jwt', 'X', jwt],
  ['jwt', 'config.yaml', `auth:\n  bearer: ${jwt}\n`],
  ['npm-token', '.npmrc', `//registry.npmjs.org/:_authToken=${'np' + 'm_'}${noise(36)}`],
  ['pypi-token', 'X', 'py' + 'pi-Ag' + 'E' + noise(60)],
  ['sendgrid-key', 'X', 'S' + 'G.' + noise(22) + '.' + noise(43)],
  ['twilio-key', 'X', 'S' + 'K' + noise(32, HEX)],
  ['secret-by-name', 'TWILIO_AUTH_TOKEN', noise(32, HEX)],
  [
    'azure-connection-string',
    'X',
    'DefaultEndpointsProtocol=https;AccountName=orders;Account' + 'Key=' + noise(86) + '==',
  ],
  ['openai-key', 'X', 'sk' + '-proj-' + noise(48)],
  ['anthropic-key', 'X', 'sk' + '-ant-' + noise(48)],
  ['vault-token', 'X', 'hv' + 's.' + noise(24)],
  ['docker-token', 'X', 'dckr' + '_pat_' + noise(27)],
  ['digitalocean-token', 'X', 'do' + 'p_v1_' + noise(64, HEX)],
  ['grafana-token', 'X', 'gl' + 'sa_' + noise(32) + '_' + noise(8, HEX)],
  ['hugging-face-token', 'X', 'h' + 'f_' + noise(34, LOWER)],
  ['age-key', 'X', 'AGE-SECRET' + '-KEY-1' + noise(58, UPPER)],
  ['url-password', 'DATABASE_URL', 'postgres://app:' + 'hunter2@db:5432/orders'],
  ['url-password', 'REDIS_URL', 'redis://:' + 'hunter2@cache:6379'],
  ['url-password', 'app.properties', 'spring.url=jdbc:postgresql://app:' + 'hunter2@db/orders'],
  ['url-password', 'URLS', 'amqp://app:${PASSWORD}@a amqp://app:' + 'hunter2@b'],
  ['authorization-header', 'ARGS', `Authorization: Bearer ${noise(30)}`],
  ['authorization-header', 'headers.json', `{"authorization": "Basic ${noise(24)}"}`],
  ['secret-by-name', 'DB_PASSWORD', 'hunter2'],
  ['secret-by-name', 'PASSWORD', 'password'],
  ['secret-by-name', 'PGPASSWORD', 'hunter2'],
  ['secret-by-name', 'SMTP_PASS', 'hunter2'],
  ['secret-by-name', 'DB_PASSWD', 'hunter2'],
  ['secret-by-name', 'dbPassword', 'hunter2'],
  ['secret-by-name', 'spring.datasource.password', 'hunter2'],
  ['secret-by-name', 'DB_PASSWORD_PROD', 'hunter2'],
  ['secret-by-name', 'SECRET_KEY_BASE', noise(64)],
  ['secret-by-name', 'API_KEY', noise(20)],
  ['secret-by-name', 'STRIPE_APIKEY', noise(20)],
  ['secret-by-name', 'apiKeys', 'one,two'],
  ['secret-by-name', 'OAUTH_CLIENT_SECRET', noise(20)],
  ['secret-by-name', 'AUTH_TOKEN_2', noise(20)],
  ['secret-by-name', 'JWT_SIGNING_KEY', noise(20)],
  ['secret-by-name', 'PRIVATE_KEY', noise(20)],
  ['secret-by-name', 'SERVICE_CREDENTIALS', '{"user":"a"}'],
  ['secret-by-name', '--db-password', 'hunter2'],
  ['secret-by-name', 'args', '--db-password=hunter2'],
  ['secret-by-name', 'args', 'mysql -uroot --password=hunter2 orders'],
  ['secret-by-name', 'config.yaml', 'db:\n  user: app\n  password: "hunter2"\n'],
  ['secret-by-name', 'config.yaml', 'db:\n  password: hunter2 # of the test system\n'],
  ['secret-by-name', 'config.json', '{"user": "app", "clientSecret": "hunter2"}'],
  ['secret-by-name', 'app.ini', '[db]\npassword = hunter2\n'],
  ['secret-by-name', 'CONNECTION', 'Server=db;User Id=app;Password=hunter2;'],
  ['secret-by-name', 'HOOK', 'https://example.com/hook?token=' + noise(20)],
];

const NEGATIVES: [key: string, value: string][] = [
  ['DISABLE_TOKEN_CACHE', '1'],
  ['TOKEN_TTL', '3600'],
  ['TOKEN_LIFETIME', '1h30m'],
  ['SECRET_NAME', 'my-secret'],
  ['DB_SECRET', 'orders-db-credentials'],
  ['TLS_SECRET', 'orders'],
  ['IMAGE_PULL_SECRET', 'regcred'],
  ['existingSecret', 'orders'],
  ['PASSWORD_FILE', '/run/secrets/password'],
  ['PASSWORD', '/run/secrets/password'],
  ['TOKEN', './token'],
  ['CREDENTIALS', 'C:\\secrets\\app.json'],
  ['GOOGLE_APPLICATION_CREDENTIALS', '/var/run/secrets/google/key.json'],
  ['PUBLIC_KEY', noise(64)],
  ['NEXT_PUBLIC_API_KEY', noise(20)],
  ['jwt.pub', '-----BEGIN PUBLIC KEY-----\n' + noise(64) + '\n-----END PUBLIC KEY-----'],
  ['ca.crt', '-----BEGIN CERTIFICATE-----\n' + noise(64) + '\n-----END CERTIFICATE-----'],
  ['JWT_ISSUER', 'https://accounts.example.com'],
  ['OAUTH_TOKEN', 'https://accounts.example.com/token'],
  ['TOKEN_URL', 'https://accounts.example.com/oauth/token?grant=password'],
  ['PASSWORD', ''],
  ['PASSWORD', '  '],
  ['PASSWORD', '${DB_PASSWORD}'],
  ['PASSWORD', '$(DB_PASSWORD)'],
  ['PASSWORD', '$DB_PASSWORD'],
  ['PASSWORD', '{{ .Values.password }}'],
  ['PASSWORD', '<password>'],
  ['PASSWORD', 'changeme'],
  ['PASSWORD', 'CHANGE_ME'],
  ['PASSWORD', '********'],
  ['API_KEY', 'your-api-key-here'],
  ['API_KEY', 'xxxxxxxx'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['REQUIRE_TOKEN', 'true'],
  ['USE_SECRET', '"false"'],
  ['MAX_TOKENS', '4096'],
  ['API_KEY', 'vault:secret/data/orders#key'],
  ['API_KEY', 'op://team/orders/key'],
  ['API_KEY', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders'],
  ['API_KEY', 'projects/shop/secrets/api-key/versions/latest'],
  ['PASSWORD_HASH', '$2b$12$' + noise(53)],
  ['CACHE_KEY', 'orders:v2'],
  ['PARTITION_KEY', 'customerId'],
  ['BYPASS', 'orders'],
  ['COMPASS', 'north'],
  ['CSRF_TOKEN_HEADER', 'X-CSRF-Token'],
  ['AUTHOR', 'somebody'],
  ['DATABASE_URL', 'postgres://db:5432/orders'],
  ['DATABASE_URL', 'postgres://app@db:5432/orders'],
  ['DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db:5432/orders'],
  ['DATABASE_URL', 'postgres://app:${DB_PASSWORD}@db:5432/orders'],
  ['URL', 'http://example.com:8080/@orders'],
  ['URL', 'http://example.com:8080?mail=a@example.com'],
  ['GIT', 'git@github.com:shop/orders.git'],
  ['IMAGE', 'registry.example.com:5000/orders@sha256:' + noise(64, HEX)],
  ['COMMIT', noise(40, HEX)],
  ['CHECKSUM', noise(40)],
  ['STRIPE_KEY', 'pk' + '_live_' + noise(24)],
  ['args', '--password-file=/run/secrets/password'],
  ['args', '--token-ttl=1h'],
  ['args', '--token=$(TOKEN)'],
  ['config.yaml', 'db:\n  password: ${DB_PASSWORD}\n  passwordFile: /run/secrets/db\n'],
  ['config.yaml', '# token: see the handbook\nport: 80\n'],
  ['config.yaml', 'secret:\n  name: orders\n  secretName: orders-db\n'],
  ['config.js', 'const password = process.env.DB_PASSWORD;\nconst token = readToken();\n'],
  ['schema.json', '{"password": {"type": "string"}, "token": null}'],
  ['api.ts', 'interface Login { password: string; token: string }'],
  ['nginx.conf', 'proxy_pass http://orders:8080;\nproxy_set_header Authorization $http_authorization;'],
  ['headers', 'Authorization: Bearer ${TOKEN}'],
  ['LOG_FORMAT', '%d [%t] %-5level %logger - %msg%n'],
];

describe('findSecret', () => {
  test('has a corpus worth the name', () => {
    expect(POSITIVES.length).toBeGreaterThanOrEqual(40);
    expect(NEGATIVES.length).toBeGreaterThanOrEqual(40);
    const tested = new Set(POSITIVES.map(([pattern]) => pattern));
    expect(SECRET_PATTERNS.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });

  test.each(POSITIVES)('finds %s in %s', (pattern, key, value) => {
    expect(findSecret(key, value)?.pattern).toBe(pattern);
  });

  test.each(NEGATIVES)('lets %s=%j pass', (key, value) => {
    expect(findSecret(key, value)).toBeUndefined();
  });

  test.each(POSITIVES)('never shows the secret of %s in %s', (_, key, value) => {
    const { shown = '' } = findSecret(key, value) ?? {};
    expect(shown).not.toContain('hunter2');
    const parts = shown.replace(/…\(\d+ characters\)$/, '');
    // What is left is a prefix or the name of the field, neither of which is random.
    expect(parts).not.toContain(noise(6));
    expect(parts.length).toBeLessThan(45);
    expect(shown).toMatch(/…\(\d+ characters\)$/);
  });

  test('shows what kind of secret it is and how long', () => {
    expect(findSecret('X', 'gh' + 'p_' + noise(36))?.shown).toBe('ghp_…(40 characters)');
    expect(findSecret('DB_PASSWORD', 'hunter2')?.shown).toBe('…(7 characters)');
    expect(findSecret('args', '--db-password=hunter2')?.shown).toBe('--db-password: …(7 characters)');
    expect(findSecret('URL', 'redis://:' + 'hunter2@cache')?.shown).toBe('redis://…(17 characters)');
  });

  test('finds the same twice: no pattern remembers where it was', () => {
    const value = `a ${'gh' + 'p_'}${noise(36)}`;
    expect(findSecret('X', value)).toEqual(findSecret('X', value));
  });

  const MEGABYTE = 1_000_000;
  const repeated = (text: string): string => text.repeat(Math.ceil(MEGABYTE / text.length)).slice(0, MEGABYTE);

  test.each([
    'a',
    'A',
    '0',
    ' ',
    '\n',
    '=',
    ':',
    '"',
    "'",
    '-',
    '_',
    '.',
    '/',
    '://',
    'a://',
    'a://b:',
    'a://:',
    'eyJ',
    'eyJa.',
    'ghp_',
    'xoxb-',
    'SK',
    'AKIA',
    '-----BEGIN ',
    'A ',
    'password',
    'password=',
    'password: ',
    'password="',
    'token:\t',
    'Authorization: Bearer ',
    'AccountKey=',
    'x-',
    'a.',
    'key = value\n',
    '${',
    '$(',
    '{{',
    'pypi-AgE',
    'my-',
    'password: 1\n',
    'password: ${A}\n',
    'abc:',
    '"token":"',
  ])('reads a megabyte of %j in no time', (text) => {
    const value = repeated(text);
    const spent = (key: string): number => {
      const start = process.cpuUsage();
      findSecret(key, value);
      return process.cpuUsage(start).user / 1000;
    };
    for (const key of ['config.yaml', 'DB_PASSWORD']) {
      // Time of the processor, and the best of three: other tests run on the same machine.
      expect(Math.min(spent(key), spent(key), spent(key))).toBeLessThan(1_000);
    }
    findSecret(value, 'x');
  });
});
