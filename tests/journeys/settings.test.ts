import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createPublisherDirectory } from '@leveret/server/publishers/find-publisher.js';
import { testDatabaseVariables } from '@leveret/server/testing/database.js';
import { connectStranger } from '../access/stranger.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { firstOf, numberAt, textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';

const path = '/capi/v1/client/publisher';
const main = fileURLToPath(new URL('../../../server/build/main.js', import.meta.url));

let fixture: Fixture;
let site: DemoClient;
before(async () => {
  fixture = await buildFixture({ realTime: false });
  site = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

type Ended = { status: number; stdout: string; stderr: string };

/** Runs beside the node, which shares this process and must go on answering. */
function command(...parameters: string[]): Promise<Ended> {
  const env = { ...process.env, ...testDatabaseVariables(), DATABASE_URL: fixture.databaseUrl };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...parameters], { env }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

async function demoPublisherId(): Promise<string> {
  return String(numberAt((await site.get(path)).body, 'publisherId'));
}

test('a publisher reads every setting with its rule, default and help', async () => {
  const { status, body } = await site.get(path);
  assert.equal(status, 200);
  const { about, publisherId, country, currency, ...values } = body;
  assert.deepEqual([typeof publisherId, country, currency], ['number', 'NO', 'NOK']);
  assert.ok(typeof about === 'object' && about !== null && !Array.isArray(about));
  assert.deepEqual(Object.keys(values).sort(), Object.keys(about).sort());
  assert.equal(values.lateMoney, 'complete if no refund');
});

test('what is named changes, null gives the default again, and the rest stays', async () => {
  const first = await site.patch(path, {
    lateMoney: 'give back',
    legalName: ' Demo Avis AS ',
    smsPerDay: '9',
  });
  assert.equal(first.status, 200);
  const { lateMoney, legalName, smsPerDay } = first.body;
  assert.deepEqual([lateMoney, legalName, smsPerDay], ['give back', 'Demo Avis AS', 9]);
  const { body } = await site.patch(path, { lateMoney: null, name: 'Demoavisa' });
  const { name } = body;
  assert.deepEqual(
    [body.lateMoney, body.legalName, name],
    ['complete if no refund', 'Demo Avis AS', 'Demoavisa'],
  );
  assert.deepEqual((await site.get(path)).body, body);
});

const refused: [what: string, body: unknown, field: string, says: RegExp][] = [
  ['a misspelt name', { lateMony: 'complete' }, 'lateMony', /did you mean lateMoney/],
  ['a wrongly cased name', { latemoney: 'complete' }, 'latemoney', /did you mean lateMoney/],
  ['an unknown word', { lateMoney: 'give it back' }, 'lateMoney', /one of complete, give back/],
  ['an empty name', { name: ' ' }, 'name', /1 to 100/],
  ['no name', { name: null }, 'name', /1 to 100/],
  ['a number out of range', { orderLifeDays: 0 }, 'orderLifeDays', /from 1 to 365/],
  ['an address without TLS', { homeUrl: 'http://avis.example' }, 'homeUrl', /https/],
  ['what is fixed', { currency: 'SEK' }, 'currency', /no setting currency/],
  ['a setting of a client', { bareIdCompletes: true }, 'bareIdCompletes', /no setting/],
];

for (const [what, body, field, says] of refused)
  test(`${what} is refused by name, and nothing beside it is changed`, async () => {
    const before = await site.get(path);
    const reply = await site.patch(path, { address: 'Storgata 1', ...Object(body) });
    assert.equal(reply.status, 400);
    assert.equal(reply.body.code, 'setting_is_invalid');
    assert.match(JSON.stringify(reply.body.fields), new RegExp(`"field":"${field}"`));
    assert.match(textAt(reply.body, 'detail'), says);
    assert.deepEqual((await site.get(path)).body, before.body);
  });

for (const body of [[], 'text', 7, [{ lateMoney: 'complete' }]])
  test(`${JSON.stringify(body)} is no body of settings`, async () => {
    const reply = await site.patch(path, body);
    assert.deepEqual([reply.status, firstOf(reply, 'fields').field], [400, 'body']);
  });

test('a change is the own publisher’s alone', async () => {
  const stranger = await connectStranger(fixture);
  const before = await site.get(path);
  assert.equal((await stranger.client.patch(path, { legalName: 'Fremmed AS' })).status, 200);
  assert.deepEqual((await site.get(path)).body, before.body);
});

test('the operator sets by command what the API shows, and is told what is wrong', async () => {
  const id = await demoPublisherId();
  const set = await command(
    'publisher',
    'set',
    id,
    'smsCountries=NO,se',
    'organisationNumber=987654321',
    'legalName=',
  );
  assert.equal(set.status, 0, set.stderr);
  await fixture.app.context.publishers.refresh();
  const { smsCountries, organisationNumber, legalName } = (await site.get(path)).body;
  assert.deepEqual([smsCountries, organisationNumber, legalName], [['NO', 'SE'], '987654321', '']);
  const wrong = await command('publisher', 'set', id, 'smsContries=NO', 'smsPerDay=many');
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /did you mean smsCountries/);
  assert.match(wrong.stderr, /smsPerDay must be/);
  assert.match((await command('publisher', 'show', id)).stdout, /^smsCountries=NO,SE$/m);
  assert.match((await command('publisher', 'set', '999999', 'legalName=A')).stderr, /no publisher 999999/);
});

test('settings of a client are set by command, of the own publisher only', async () => {
  const { clientId, client: other } = await connectStranger(fixture);
  const id = String(numberAt((await other.get(path)).body, 'publisherId'));
  const changes = ['bareIdOpens=true', 'rateLimit={"perSecond":5,"perMinute":50}', 'profile=strict'];
  const set = await command('client', 'set', id, clientId, ...changes, 'returnAddresses=https://a.example/*');
  assert.equal(set.status, 0, set.stderr);
  const directory = createPublisherDirectory({ database: fixture.app.context.database });
  const client = await directory.findClient(clientId);
  assert.deepEqual(
    [client?.settings.bareIdOpens, client?.settings.bareIdCompletes, client?.settings.rateLimit?.perMinute],
    [true, false, 50],
  );
  assert.deepEqual(
    [client?.profile, client?.returnAddresses],
    ['strict', [{ match: 'origin', url: 'https://a.example/' }]],
  );
  const elsewhere = await command('client', 'set', await demoPublisherId(), clientId, 'profile=original');
  assert.match(elsewhere.stderr, /no client/);
  assert.equal((await createPublisherDirectory(fixture.app.context).findClient(clientId))?.profile, 'strict');
  assert.match((await command('client', 'set', id, clientId, 'rateLimit=fast')).stderr, /rateLimit must be/);
});
