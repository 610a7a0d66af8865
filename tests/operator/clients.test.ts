import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clientCommand } from '@leveret/server/commands/client.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { OperatorError } from '@leveret/server/kit/operator-error.js';
import pg from 'pg';
import { connectDemoClient } from '../builders/demo-client.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { complete, freeOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let house: House;
before(async () => {
  house = await buildHouse();
});
after(() => house.close());

const demo = 'no.leveret.demo';
const allOfIt = { id: demo, secret: 'leveret-demo-secret' };

async function client(...parameters: string[]): Promise<void> {
  const environment = readEnvironment({ DATABASE_URL: house.databaseUrl }, '/', false);
  await clientCommand(environment, parameters);
}

async function askForToken({ id, secret }: { id: string; secret: string }): Promise<number> {
  const reply = await fetch(`${house.url}/user/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
  });
  await reply.text();
  return reply.status;
}

const fiveSeconds = 6000;

test('a disabled client gets no token, its tokens end within five seconds, and its callbacks go out', async () => {
  const site = await connectDemoClient(house.url);
  await fetch(`${house.sandboxUrl}/control/publisher`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: 503, delayMilliseconds: 0, times: 1 }),
  });
  const orderId = await register(site, freeOrder());
  await complete(site, orderId, { callbackUrl: `${house.sandboxUrl}/publisher/callback/owed` });
  const seen = async (times: number) =>
    (await callbacksAt(house, '/publisher/callback/owed')).length >= times;
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
  const database = new pg.Client({ connectionString: house.databaseUrl });
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

const refused: [string[], RegExp][] = [
  [
    ['create', '1000', 'no.x', 'X', '--scope', 'orders:read'],
    /does not know --scope; options: --scopes, --profile/,
  ],
  [['create', '1000', 'no.x', 'X', '--scopes', 'orders:eat'], /^scopes must be/],
  [['create', '1000', 'no.x', 'X', '--scopes'], /^--scopes needs a value/],
  [['create', '1000', 'no.x', 'X', '--profile', 'lax'], /^profile must be one of original, strict/],
  [['rotate', '1000', demo, '--nwo'], /does not know --nwo; options: --now/],
  [['rotate', '1000', 'no.body'], /no client no\.body/],
  [['rotate', '1001', demo], /no client no\.leveret\.demo/],
  [['disable', '1000', 'no.body'], /no client no\.body/],
  [['end-tokens', '1000', demo, 'now'], /does not know now/],
  [['list', '999'], /no publisher 999/],
  [['stop', '1000', demo], /actions: list, create, show, set, rotate, end-tokens, disable, enable/],
];

for (const [parameters, message] of refused) {
  test(`refused: client ${parameters.join(' ')}`, async () => {
    await assert.rejects(client(...parameters), (error) => {
      assert.ok(error instanceof OperatorError);
      assert.match(error.message, message);
      return true;
    });
  });
}
