import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '@leveret/server/testing/database.js';
import pg from 'pg';
import { connectDemoClient } from '../builders/demo-client.ts';
import { numberAt } from '../builders/fields-of.ts';
import { liveVariables, runCommand } from '../builders/run-command.ts';
import { startProductionNode, startSandboxNode } from './start-nodes.ts';

let sandbox: TestDatabase;
let folder: string;
let exported: string;
let oldSecret: string;
const publisher = '1000';

const run = (database: TestDatabase, ...parameters: string[]) =>
  runCommand(parameters, { DATABASE_URL: database.connectionString });
const runLive = (database: TestDatabase, ...parameters: string[]) =>
  runCommand(parameters, { DATABASE_URL: database.connectionString, ...liveVariables });

async function must(running: ReturnType<typeof runCommand>): Promise<string> {
  const ended = await running;
  assert.equal(ended.code, 0, `${ended.out}${ended.said}`);
  return ended.out;
}

const secretOf = (client: string, text: string) =>
  new RegExp(`client ${client.replaceAll('.', String.raw`\.`)} has the secret (\\S+) `).exec(text)?.[1];

/** A sandbox in which a publisher has tried things out, and is about to go live. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leveret-setup-'));
  exported = join(folder, 'setup.json');
  sandbox = await createTestDatabase();
  const node = await startSandboxNode(sandbox.connectionString);
  await node.stop();
  const home = 'https://www.avisa.example/*';
  const made = await must(run(sandbox, 'create-client', publisher, 'no.avisa.web', 'Web', home));
  oldSecret = secretOf('no.avisa.web', made) ?? '';
  assert.notEqual(oldSecret, '');
  await must(run(sandbox, 'client', 'set', publisher, 'no.avisa.web', 'rateLimit=none', 'allowsHttp=true'));
  await must(
    run(sandbox, 'publisher', 'set', publisher, 'name=Avisa', 'orderLifeDays=3', 'lateMoney=complete'),
  );
});
after(async () => {
  await sandbox.drop();
  await rm(folder, { recursive: true });
});

async function withDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

async function countRows(database: TestDatabase): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  const counts: Record<string, number> = {};
  for (const table of [
    'publishers',
    'clients',
    'client_secrets',
    'products',
    'offers',
    'issues',
    'articles',
  ]) {
    const { rows } = await client.query<{ times: string }>(`SELECT count(*) AS times FROM ${table}`);
    counts[table] = Number(rows[0]?.times);
  }
  await client.end();
  return counts;
}

test('a setup goes from a sandbox to a live database, which then takes a free order', async () => {
  await must(runLive(sandbox, 'export-setup', publisher, exported));
  const text = await readFile(exported, 'utf8');
  for (const word of [
    'no.leveret.demo',
    'leveret-demo-secret',
    oldSecret,
    '127.0.0.1',
    'localhost',
    'demo-password',
  ])
    assert.ok(!text.includes(word), `the file holds ${word}`);

  await withDatabase(async (live) => {
    const told = await must(runLive(live, 'import-setup', exported));
    const secret = secretOf('no.avisa.web', told);
    assert.ok(secret && secret !== oldSecret, told);
    assert.match(told, /vipps-epayment\/default: .*clientSecret/);
    const node = await startProductionNode(live.connectionString);
    const refused = await fetch(`${node.url}/user/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'no.avisa.web',
        client_secret: oldSecret,
      }),
    });
    assert.equal(refused.status, 401);
    const client = await connectDemoClient(node.url, { id: 'no.avisa.web', secret });
    const registered = await client.post('/capi/v1/client/order', {
      paymentMethod: 'free',
      payer: { lastName: 'Nordmann', emails: ['kari@example.com'] },
      orderLines: [{ productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 }],
    });
    assert.equal(registered.status, 200, JSON.stringify(registered.body));
    const orderId = numberAt(registered.body, 'orderId');
    const done = await client.post('/capi/v1/client/order/fulfillment', { orderId });
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.equal((await client.get(`/capi/v1/client/order/${orderId}`)).body['state'], 'completed');
    await node.stop();

    const again = join(folder, 'again.json');
    await must(runLive(live, 'export-setup', '1000', again));
    const withoutAccounts = (json: string) => ({ ...JSON.parse(json), paymentAccounts: [] });
    assert.deepEqual(withoutAccounts(await readFile(again, 'utf8')), withoutAccounts(text));
  });
});

test('a second import changes nothing and gives no new secret; a dry run writes nothing', async () => {
  await withDatabase(async (live) => {
    const empty = await countRows(live);
    const dry = await must(runLive(live, 'import-setup', exported, '--dry-run'));
    assert.match(dry, /would be made/);
    assert.match(dry, /Nothing was written/);
    assert.doesNotMatch(dry, /has the secret/);
    assert.deepEqual(await countRows(live), empty);
    await must(runLive(live, 'import-setup', exported));
    const once = await countRows(live);
    assert.equal(once['clients'], 1);
    const told = await must(runLive(live, 'import-setup', exported));
    assert.match(told, /no\.avisa\.web keeps its secret/);
    assert.deepEqual(await countRows(live), once);
  });
});

type Document = { publisher: Record<string, unknown>; clients: Record<string, unknown>[] };

test('a file that is half good is refused, with every row that is not, and nothing is written', async () => {
  await withDatabase(async (live) => {
    const empty = await countRows(live);
    const document = JSON.parse(await readFile(exported, 'utf8')) as Document;
    document.publisher['timeZone'] = 'Mars/Base';
    document.clients.push({ ...document.clients[0] });
    const file = join(folder, 'broken.json');
    await writeFile(file, JSON.stringify(document));
    const ended = await runLive(live, 'import-setup', file);
    assert.equal(ended.code, 1);
    assert.match(ended.said, /^publisher\.timeZone must be a time zone/m);
    assert.match(ended.said, /^clients\[1\]\.clientId names no\.avisa\.web twice$/m);
    assert.match(ended.said, /^Nothing was written\.$/m);
    assert.deepEqual(await countRows(live), empty);
  });
});
