import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Environment, readEnvironment, type Variables } from './env.ts';

const keyBytes = Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 37 + 200) % 256));
const key = keyBytes.toString('base64');
const weakKey = Buffer.alloc(32, 7).toString('base64');
const live = { LEVERET_MODE: 'live', PUBLIC_URL: 'https://orders.example.no' };
const read = (variables: Variables, isRoot = false) => readEnvironment(variables, '/srv/leveret', isRoot);

test('an empty environment gives a sandbox that runs', () => {
  const expected: Environment = {
    settings: {
      mode: 'sandbox',
      port: 8080,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:8080',
      snippetUrl: undefined,
      dataDirectory: '/srv/leveret/data',
      databaseUrl: undefined,
      databaseMemoryMegabytes: undefined,
      poolSize: 16,
      preparedStatements: true,
      sandboxPort: 8090,
      sandboxSmtpPort: 8025,
      shopPort: 8070,
      logLevel: 'info',
      smtp: {
        host: '127.0.0.1',
        port: 8025,
        user: undefined,
        from: 'leveret@localhost',
        bounceAddress: 'leveret@localhost',
        isSandbox: true,
      },
      linkSms: {
        baseUrl: 'http://127.0.0.1:8090/link',
        username: 'leveret',
        platformId: 'SANDBOX',
        platformPartnerId: '1',
        source: 'Leveret',
        gateId: 'messages',
      },
      blockedCidrs: [],
      providerAddresses: [],
      trustedProxies: [],
      failpoint: undefined,
      failpointLog: undefined,
    },
    installationKey: { kind: 'file', path: '/srv/leveret/data/leveret.key', former: [] },
    passwords: { smtpPassword: undefined, linkSmsPassword: 'link-demo-password', metricsToken: undefined },
  };
  assert.deepEqual(read({}), expected);
});

const accepted: [string, Variables, (environment: Environment) => unknown, unknown][] = [
  [
    'the port is in the public address',
    { PORT: '9000' },
    (e) => e.settings.publicUrl,
    'http://localhost:9000',
  ],
  [
    'a trailing slash is cut',
    { PUBLIC_URL: 'http://a.test:81/' },
    (e) => e.settings.publicUrl,
    'http://a.test:81',
  ],
  ['an empty variable is absent', { PORT: '', LEVERET_MODE: ' ' }, (e) => e.settings.port, 8080],
  ['a relative data folder', { LEVERET_DATA: '../x' }, (e) => e.settings.dataDirectory, '/srv/x'],
  ['an absolute data folder', { LEVERET_DATA: '/d' }, (e) => e.settings.dataDirectory, '/d'],
  ['free ports', { PORT: '0', SANDBOX_PORT: '0', SANDBOX_SMTP_PORT: '0' }, (e) => e.settings.sandboxPort, 0],
  [
    'a socket',
    { DATABASE_URL: 'postgresql:///l?host=/run' },
    (e) => e.settings.databaseUrl,
    'postgresql:///l?host=/run',
  ],
  ['statements', { DATABASE_PREPARED: 'off' }, (e) => e.settings.preparedStatements, false],
  [
    'memory of the database',
    { LEVERET_DATABASE_MEMORY: '2GB' },
    (e) => e.settings.databaseMemoryMegabytes,
    2048,
  ],
  ['the pool', { DATABASE_POOL_SIZE: '40' }, (e) => e.settings.poolSize, 40],
  [
    'ranges',
    { BLOCKED_CIDRS: '10.0.0.0/8, fd00::/8' },
    (e) => e.settings.blockedCidrs,
    ['10.0.0.0/8', 'fd00::/8'],
  ],
  [
    'an origin for snippets',
    { ...live, SNIPPET_URL: 'https://*.frames.example/' },
    (e) => e.settings.snippetUrl,
    'https://*.frames.example',
  ],
  [
    'addresses of providers',
    { PROVIDER_ADDRESSES: 'https://pay.example/, https://API.kustom.co' },
    (e) => e.settings.providerAddresses,
    ['https://pay.example', 'https://api.kustom.co'],
  ],
  [
    'a failpoint',
    { LEVERET_FAILPOINT: 'after commit x:3' },
    (e) => e.settings.failpoint,
    { name: 'after commit x', nth: 3 },
  ],
  [
    'a list of failpoints',
    { LEVERET_FAILPOINT_LOG: 'passed.txt' },
    (e) => e.settings.failpointLog,
    '/srv/leveret/passed.txt',
  ],
  [
    'a given key',
    { LEVERET_KEY: key },
    (e) => e.installationKey,
    { kind: 'given', key: keyBytes, former: [] },
  ],
  [
    'former keys',
    { LEVERET_KEY: key, LEVERET_FORMER_KEYS: `${weakKey}, ${key}` },
    (e) => e.installationKey.former,
    [Buffer.alloc(32, 7), keyBytes],
  ],
  [
    'a key that can be guessed, where nothing is real',
    { LEVERET_KEY: weakKey },
    (e) => e.installationKey.kind,
    'given',
  ],
  [
    'mail with a password',
    { SMTP_URL: 'smtp://ola:p%40ss@mail.test', SMTP_FROM: 'a@b.no' },
    (e) => [e.settings.smtp, e.passwords.smtpPassword],
    [
      {
        host: 'mail.test',
        port: 587,
        user: 'ola',
        from: 'a@b.no',
        bounceAddress: undefined,
        isSandbox: false,
      },
      'p@ss',
    ],
  ],
  ['bounces in a sandbox', {}, (e) => e.settings.smtp.bounceAddress, 'leveret@localhost'],
  [
    'bounces that nobody hears of',
    { SMTP_URL: 'smtp://mail.test', SMTP_FROM: 'a@b.no' },
    (e) => e.settings.smtp.bounceAddress,
    undefined,
  ],
  [
    'bounces',
    { SMTP_URL: 'smtp://mail.test', SMTP_FROM: 'a@b.no', SMTP_BOUNCE_ADDRESS: 'bounces@b.no' },
    (e) => e.settings.smtp.bounceAddress,
    'bounces@b.no',
  ],
  ['mail over TLS', { SMTP_URL: 'smtps://mail.test', SMTP_FROM: 'a@b.no' }, (e) => e.settings.smtp.port, 465],
  [
    'a token for the figures',
    { METRICS_TOKEN: ' 0123456789abcdef ' },
    (e) => e.passwords.metricsToken,
    '0123456789abcdef',
  ],
  ['live with the embedded database', live, (e) => e.installationKey.kind, 'file'],
  [
    'live elsewhere',
    { ...live, DATABASE_URL: 'postgres://h/d', LEVERET_KEY: key },
    (e) => e.installationKey.kind,
    'given',
  ],
  ['sandbox elsewhere', { DATABASE_URL: 'postgres://h/d' }, (e) => e.installationKey.kind, 'file'],
];

for (const [name, variables, pick, expected] of accepted) {
  test(`accepted: ${name}`, () => assert.deepEqual(pick(read(variables)), expected));
}

test('root keeps its data where the database server may reach it', () => {
  assert.equal(read({}, true).settings.dataDirectory, '/var/lib/leveret');
  assert.equal(read({ LEVERET_DATA: 'd' }, true).settings.dataDirectory, '/srv/leveret/d');
});

const refused: [Variables, RegExp][] = [
  [{ ...live, SNIPPET_URL: 'http://frames.example' }, /^SNIPPET_URL must be only/],
  [{ SNIPPET_URL: 'http://127.0.0.1:81/path' }, /^SNIPPET_URL must be only/],
  [{ SNIPPET_URL: 'http://a*.example' }, /^SNIPPET_URL may have a star only/],
  [{ SNIPPET_URL: 'http://localhost:81' }, /^SNIPPET_URL must have another host/],
  [{ ...live, SNIPPET_URL: 'https://pay.orders.example.no' }, /^SNIPPET_URL must have another host/],
  [{ ...live, SNIPPET_URL: 'https://*.example.no' }, /^SNIPPET_URL must have another host/],
  [{ PROVIDER_ADDRESSES: 'https://pay.example/api' }, /^PROVIDER_ADDRESSES has https:.*, which is more than/],
  [{ PROVIDER_ADDRESSES: 'pay.example' }, /^PROVIDER_ADDRESSES must be an address that starts with http/],
  [{ ...live, PROVIDER_ADDRESSES: 'http://pay.example' }, /^PROVIDER_ADDRESSES must be .* https:/],
  [{ ...live, PROVIDER_ADDRESSES: 'https://pay.example:8443' }, /^PROVIDER_ADDRESSES has .* port/],
  [{ PORT: '70000' }, /^PORT must be a whole number from 0 to 65535\.$/],
  [{ PORT: '80 80' }, /^PORT /],
  [{ SANDBOX_PORT: '8080' }, /^PORT must differ from SANDBOX_PORT\.$/],
  [{ SHOP_PORT: '8090' }, /^SANDBOX_PORT must differ from SHOP_PORT\.$/],
  [{ SHOP_PORT: 'shop' }, /^SHOP_PORT must be a whole number from 0 to 65535\.$/],
  [{ LEVERET_MODE: 'production' }, /^LEVERET_MODE must be one of sandbox, live\.$/],
  [{ LEVERET_MODE: 'live' }, /^PUBLIC_URL is required in live mode\.$/],
  [
    { ...live, PUBLIC_URL: 'http://orders.example.no' },
    /^PUBLIC_URL must be an address that starts with https:/,
  ],
  [{ PUBLIC_URL: 'https://a.no/shop' }, /^PUBLIC_URL must be only/],
  [{ PUBLIC_URL: 'a.no' }, /^PUBLIC_URL /],
  [{ DATABASE_URL: 'mysql://h/d' }, /^DATABASE_URL /],
  [{ ...live, DATABASE_URL: 'postgres://h/d' }, /^LEVERET_KEY is required/],
  [{ LEVERET_KEY: 'c2hvcnQ=' }, /^LEVERET_KEY must be 32 bytes in base64\.$/],
  [{ LEVERET_KEY: `${key.slice(0, -2)}!=` }, /^LEVERET_KEY /],
  [{ LEVERET_FORMER_KEYS: `${key},c2hvcnQ=` }, /^LEVERET_FORMER_KEYS must be keys of 32 bytes in base64/],
  [{ ...live, LEVERET_KEY: weakKey }, /^LEVERET_KEY can be guessed/],
  [{ ...live, LEVERET_KEY: Buffer.from('a phrase of 32 letters, not more').toString('base64') }, /guessed/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL /],
  [{ DATABASE_POOL_SIZE: '1' }, /^DATABASE_POOL_SIZE /],
  [{ LEVERET_DATABASE_MEMORY: '255MB' }, /^LEVERET_DATABASE_MEMORY /],
  [{ LEVERET_DATABASE_MEMORY: '2' }, /^LEVERET_DATABASE_MEMORY .*512MB/],
  [{ DATABASE_PREPARED: 'yes' }, /^DATABASE_PREPARED /],
  [{ BLOCKED_CIDRS: '10.0.0.0' }, /^BLOCKED_CIDRS /],
  [{ SMTP_URL: 'smtp://mail.test' }, /^SMTP_FROM is required/],
  [{ SMTP_BOUNCE_ADDRESS: 'mail.example.com' }, /^SMTP_BOUNCE_ADDRESS must be an address/],
  [{ SMTP_BOUNCE_ADDRESS: 'bounces+tag@mail.example.com' }, /^SMTP_BOUNCE_ADDRESS must be an address/],
  [{ SMTP_URL: 'https://mail.test', SMTP_FROM: 'a@b.no' }, /^SMTP_URL /],
  [{ SMTP_URL: 'smtp://mail.test:465', SMTP_FROM: 'a@b.no' }, /^SMTP_URL /],
  [{ SMTP_URL: 'smtp://:pass@mail.test', SMTP_FROM: 'a@b.no' }, /^SMTP_URL has a password and no user\.$/],
  [{ LEVERET_FAILPOINT: 'name' }, /^LEVERET_FAILPOINT /],
  [{ METRICS_TOKEN: 'short' }, /^METRICS_TOKEN must be 16 or more/],
  [{ METRICS_TOKEN: 'two words of some length' }, /^METRICS_TOKEN /],
  [{ ...live, LEVERET_FAILPOINT_LOG: 'x' }, /^LEVERET_FAILPOINT_LOG is refused in live mode\.$/],
  [{ ...live, LEVERET_FAILPOINT: 'name:1' }, /^LEVERET_FAILPOINT is refused in live mode\.$/],
];

for (const [variables, message] of refused) {
  test(`refused: ${JSON.stringify(variables)}`, () => {
    assert.throws(() => read(variables), { name: 'OperatorError', message });
  });
}

test('no refusal repeats a secret', () => {
  const secrets: Variables[] = [
    { LEVERET_KEY: 'a-secret' },
    { LEVERET_FORMER_KEYS: 'a-secret' },
    { SMTP_URL: 'https://u:a-secret@h', SMTP_FROM: 'a@b.no' },
    { DATABASE_URL: 'mysql://u:a-secret@h' },
    { PUBLIC_URL: 'http://u:a-secret@h' },
    { METRICS_TOKEN: 'a-secret' },
  ];
  for (const variables of secrets) {
    assert.throws(
      () => read(variables),
      (error: Error) => !error.message.includes('a-secret'),
    );
  }
});
