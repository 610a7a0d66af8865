import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importCatalogue } from '../../catalogue/import-catalogue.ts';
import { createPool } from '../../database/connect.ts';
import { createDatabase, type Database } from '../../database/transaction.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { setClientDisabled } from '../../publishers/disable-client.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { createTestPublisher } from '../../testing/publisher.ts';
import { applySetup } from './apply-setup.ts';
import { gatherSetup } from './gather-setup.ts';
import { readSetup, writeSetup } from './setup-document.ts';

type Opened = { test: TestDatabase; database: Database };
let from: Opened;
let to: Opened;
let exported: string;

async function open(): Promise<Opened> {
  const made = await createTestDatabase();
  const pool = createPool({ connection: made.connection, poolSize: 2, preparedStatements: true }, () => {});
  const report = async () => {};
  return {
    test: made,
    database: createDatabase(pool, { preparedStatements: true, report, random: Math.random }),
  };
}

async function close({ test: made, database }: Opened): Promise<void> {
  await database.close();
  await made.drop();
}

const catalogue = {
  products: [
    {
      productCode: 'AVIS',
      description: 'Avisa',
      productType: 'subscription',
      price: 9.5,
      vatCode: 'standard',
      startsAt: '2026-01-01T00:00:00+01:00',
      categories: [{ categoryType: 'news', categoryCode: 'all' }],
      issues: [{ issueCode: '47', publishedAt: '2026-11-16T06:00:00+01:00', price: 49 }],
    },
  ],
  offers: [
    {
      offerCode: 'AVIS',
      offerNumber: 1,
      productCode: 'AVIS',
      description: 'A month',
      price: 99.9,
      periodLength: 1,
      periodType: 'months',
      renewal: { price: 0, periodLength: 1, periodType: 'years' },
      captureWhen: 'by hand',
      marketing: { project: 'p' },
    },
  ],
  articles: [{ articleRef: 'one', description: 'One', productCode: 'AVIS', price: 10 }],
};

before(async () => {
  [from, to] = await Promise.all([open(), open()]);
  const { publisherId } = await createTestPublisher(from.database, {
    publisher: { name: 'Avisa', settings: { orderLifeDays: 3 } },
    client: {
      clientId: 'no.avisa.web',
      profile: 'strict',
      scopes: ['orders:read'],
      returnAddresses: [{ match: 'loopback' }, { match: 'origin', url: 'https://avisa.example/' }],
      settings: { rateLimit: null, callbackPorts: [] },
    },
  });
  await importCatalogue(from, publisherId, catalogue);
  const setup = await gatherSetup(from.database, publisherId);
  assert.ok(setup);
  exported = writeSetup(setup);
});
after(async () => {
  await close(from);
  await close(to);
});

test('what is exported is the same again where it was imported, but for addresses of one machine', async () => {
  const setup = readSetup(exported);
  const applied = await applySetup(to.database, setup, false);
  const again = await gatherSetup(to.database, applied.publisherId);
  assert.ok(again);
  assert.equal(writeSetup(again), exported);
  assert.deepEqual(setup.clients[0]?.values, {
    name: 'Test site',
    profile: 'strict',
    scopes: ['orders:read'],
    returnAddresses: ['https://avisa.example/*'],
    rateLimit: 'none',
    callbackPorts: [],
  });
});

test('a client that is disabled stays so where it goes', async () => {
  const other = await open();
  const { publisherId } = await createTestPublisher(other.database, { client: { clientId: 'no.off' } });
  await setClientDisabled(other.database, publisherId, 'no.off', true);
  const setup = await gatherSetup(other.database, publisherId);
  assert.ok(setup);
  assert.equal(readSetup(writeSetup(setup)).clients[0]?.isDisabled, true);
  await close(other);
});

type Document = {
  publisher: Record<string, unknown>;
  clients: Record<string, unknown>[];
  catalogue: { products: Record<string, unknown>[]; offers: Record<string, unknown>[] };
  paymentAccounts: unknown;
};

const set = (entry: Record<string, unknown> | undefined, name: string, value: unknown) =>
  Object.assign(entry ?? {}, { [name]: value });

const broken: [string, (document: Document) => unknown, RegExp][] = [
  [
    'a zone',
    ({ publisher }) => set(publisher, 'timeZone', 'Mars/Base'),
    /^publisher\.timeZone must be a time zone/m,
  ],
  [
    'a setting',
    ({ publisher }) => set(publisher, 'orderLifeDay', 3),
    /^publisher\.orderLifeDay .*orderLifeDays/m,
  ],
  ['a country', ({ publisher }) => set(publisher, 'country', 'Norge'), /^publisher\.country must be/m],
  ['a scope', ({ clients }) => set(clients[0], 'scopes', ['orders:eat']), /^clients\[0\]\.scopes must be/m],
  [
    'a client twice',
    ({ clients }) => clients.push({ ...clients[0] }),
    /^clients\[1\]\.clientId names no\.avisa\.web twice/m,
  ],
  [
    'the demo client',
    ({ clients }) => set(clients[0], 'clientId', 'no.leveret.demo'),
    /^clients\[0\]\.clientId is the demo/m,
  ],
  [
    'a price',
    ({ catalogue: { offers } }) => set(offers[0], 'price', -1),
    /^catalogue\.offers\[0\]\.price must be/m,
  ],
  [
    'a product',
    ({ catalogue: { offers } }) => set(offers[0], 'productCode', 'NONE'),
    /^catalogue\.offers\[0\]\.productCode names the product NONE/m,
  ],
  [
    'a type',
    ({ catalogue: { products } }) => set(products[0], 'productType', 'book'),
    /^catalogue\.products\[0\]\.productType /m,
  ],
  ['a version', (document) => Object.assign(document, { leveretSetup: 2 }), /^leveretSetup must be 1/m],
];

for (const [name, spoil, message] of broken) {
  test(`a file is refused whole, and the row is named: ${name}`, async () => {
    const document = JSON.parse(exported) as Document;
    spoil(document);
    const apply = async () => applySetup(to.database, readSetup(JSON.stringify(document)), false);
    await assert.rejects(apply(), (error) => {
      assert.ok(error instanceof OperatorError);
      assert.match(error.message, message);
      assert.match(error.message, /^Nothing was written\.$/m);
      return true;
    });
  });
}

test('a file that was cut off is refused', () => {
  assert.throws(() => readSetup(exported.slice(0, -20)), /^OperatorError: The file is not JSON/);
});

test("a client's id that another publisher has is named, and so is a currency that differs", async () => {
  const other = await open();
  await createTestPublisher(other.database, { client: { clientId: 'no.avisa.web' } });
  await createTestPublisher(other.database, { client: { clientId: 'no.avisa.app' } });
  const document = JSON.parse(exported) as Document;
  document.clients.push({ ...document.clients[0], clientId: 'no.avisa.app' });
  set(document.publisher, 'currency', 'NOK');
  const setup = readSetup(JSON.stringify(document));
  await assert.rejects(applySetup(other.database, setup, false), (error: Error) => {
    assert.match(error.message, /^clients\[\d\]\.clientId is a client of the publisher \d+/m);
    assert.match(error.message, /^publisher\.currency is SEK here, and cannot be changed$/m);
    return true;
  });
  await close(other);
});
