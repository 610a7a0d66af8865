import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildCommandLine } from '@leveret/server/commands/command-line.js';
import { explainFailure } from '@leveret/server/commands/explain-failure.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import pg from 'pg';
import { connectDemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { complete, freeOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
before(async () => {
  fixture = await buildFixture();
});
after(() => fixture.close());

const demo = 'no.leveret.demo';
const allOfIt = { id: demo, secret: 'leveret-demo-secret' };

async function client(...parameters: string[]): Promise<void> {
  const line = buildCommandLine(() => readEnvironment({ DATABASE_URL: fixture.databaseUrl }, '/', false));
  await line.parseAsync(['client', ...parameters], { from: 'user' });
}

async function askForToken({ id, secret }: { id: string; secret: string }): Promise<number> {
  const reply = await fetch(`${fixture.url}/user/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
  });
  await reply.text();
  return reply.status;
}

const fiveSeconds = 6000;

test('a disabled client gets no token, its tokens end within five seconds, and its callbacks go out', async () => {
  const site = await connectDemoClient(fixture.url);
  await fetch(`${fixture.sandboxUrl}/control/publisher`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: 503, delayMilliseconds: 0, times: 1 }),
  });
  const orderId = await register(site, freeOrder());
  await complete(site, orderId, { callbackUrl: `${fixture.sandboxUrl}/publisher/callback/owed` });
  const seen = async (times: number) =>
    (await callbacksAt(fixture, '/publisher/callback/owed')).length >= times;
  await until('the first try', () => seen(1));

  await client('disable', '1000', demo);
  const status = async () => (await site.get('/capi/v1/client/orders')).status;
  await until('its tokens to end', async () => (await status()) === 401, fiveSeconds);
  assert.equal(await askForToken(allOfIt), 401);
  await until('the callback that it was owed', () => seen(2), 60_000);

  await client('enable', '1000', demo);
  await until('a token again', async () => (await askForToken(allOfIt)) === 200, fiveSeconds);
  assert.equal(await status(), 401, 'what it had stays ended');
});

test('a secret that leaked ends with its successor, one that is old works on beside it', async () => {
  await client('create', '1000', 'no.avisa.web', 'Web');
  const printed = await secretsPrinted(async () => {
    await client('rotate', '1000', 'no.avisa.web');
    await client('rotate', '1000', 'no.avisa.web', '--now');
  });
  const [second = '', third = ''] = printed;
  const statusOf = (secret: string) => askForToken({ id: 'no.avisa.web', secret });
  await until('the new secret', async () => (await statusOf(third)) === 200, fiveSeconds);
  assert.equal(await statusOf(second), 401);
});

/** The commands print to the terminal; what they print of secrets is read there. */
async function secretsPrinted(work: () => Promise<void>): Promise<string[]> {
  const { write } = process.stdout;
  let printed = '';
  process.stdout.write = (text) => {
    printed += String(text);
    return true;
  };
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return [...printed.matchAll(/has the secret (\S+) /g)].map((match) => match[1] ?? '');
}

test('a new client may read and write orders and nothing else, unless more is asked for', async () => {
  await client('create', '1000', 'no.avisa.least', 'Least');
  await client(
    'create',
    '1000',
    'no.avisa.more',
    'More',
    '--scopes',
    'access:read,cases:admin',
    '--profile=strict',
  );
  const database = new pg.Client({ connectionString: fixture.databaseUrl });
  await database.connect();
  const { rows } = await database.query(
    `SELECT client_id, scopes, profile FROM clients WHERE client_id IN ('no.avisa.least', 'no.avisa.more') ORDER BY 1`,
  );
  await database.end();
  assert.deepEqual(rows, [
    { client_id: 'no.avisa.least', scopes: ['orders:read', 'orders:write'], profile: 'original' },
    { client_id: 'no.avisa.more', scopes: ['access:read', 'cases:admin'], profile: 'strict' },
  ]);
});

const refused: [number, string[], RegExp][] = [
  [2, ['create', '1000', 'no.x', 'X', '--scope', 'orders:read'], /unknown option '--scope'\n.*--scopes/],
  [
    2,
    ['create', '1000', 'no.x', 'X', '--scopes', 'orders:eat'],
    /'orders:eat' is invalid\. It must be a list/,
  ],
  [2, ['create', '1000', 'no.x', 'X', '--scopes'], /'--scopes <a,b>' argument missing/],
  [2, ['create', '1000', 'no.x', 'X', '--profile', 'lax'], /It must be one of original, strict/],
  [2, ['create', '1000', 'no.x', 'X', 'somewhere'], /'somewhere' is invalid.*an absolute address/],
  [2, ['create', 'avisa', 'no.x', 'X'], /'avisa' is invalid.*The id of a publisher is a number/],
  [1, ['create', '999', 'no.x', 'X'], /^There is no publisher 999\.$/],
  [2, ['rotate', '1000', demo, '--nwo'], /unknown option '--nwo'\n.*--now/],
  [1, ['rotate', '1000', 'no.body'], /no client no\.body/],
  [1, ['rotate', '1001', demo], /no client no\.leveret\.demo/],
  [1, ['disable', '1000', 'no.body'], /no client no\.body/],
  [2, ['end-tokens', '1000', demo, 'now'], /too many arguments.*Expected 2 arguments but got 3/],
  [2, ['set', '1000', demo, 'name'], /'name' is invalid.*It is no NAME=VALUE/],
  [2, ['set', '1000', demo, 'name=A', 'name=B'], /name is given twice/],
  [1, ['set', '1000', demo, 'nmae=A'], /there is no setting nmae; did you mean name\?/],
  [1, ['list', '999'], /no publisher 999/],
  [2, ['stop', '1000', demo], /unknown command 'stop'/],
];

for (const [exitCode, parameters, says] of refused) {
  test(`refused: client ${parameters.join(' ')}`, async () => {
    await assert.rejects(client(...parameters), (error) => {
      const failure = explainFailure(error);
      assert.match(String(failure.says), says);
      assert.equal(failure.exitCode, exitCode);
      return true;
    });
  });
}
