import { randomUUID } from 'node:crypto';
import { importCatalogue } from '@leveret/server/catalogue/import-catalogue.js';
import pg from 'pg';
import { connectDemoClient, type DemoClient } from '../../builders/demo-client.ts';
import { numberAt, textAt } from '../../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../../builders/fixture.ts';
import { linkIn, linksTo, type SeenMessage } from '../../builders/ledgers.ts';
import { complete, freeOrder, prepaidOrder, register } from '../../builders/orders.ts';
import { until } from '../../builders/until.ts';
import { type Ids, makeOwned } from '../owned-ids.ts';
import { connectStranger, type Stranger } from '../stranger.ts';
import { openStateReader, type State, type StateReader } from './state-of-others.ts';

/** Two publishers in one fixture, each with a life of its own, and nothing that happens by itself. */
export type Town = {
  fixture: Fixture;
  owner: DemoClient;
  owned: Ids;
  stranger: Stranger;
  /** What only the owner and its reader were given: tokens, links, and the key of a request. */
  given: { orderToken: string; linkToken: string; code: string; idempotencyKey: string };
  /** What the stranger's own reader was given. */
  strangersLink: string;
  /** Words of the owner's that may stand in no reply to anyone else. */
  secrets: readonly string[];
  state: StateReader;
  atRest: State;
  close(): Promise<void>;
};

export const ownersReader = 'hemmelig.leser@example.com';

const payer = {
  firstName: 'Solveig',
  lastName: 'Hemmelighus',
  street: 'Lukkeveien 7',
  emails: [ownersReader],
  phoneNumbers: ['48765432'],
};

export async function openTown(): Promise<Town> {
  const fixture = await buildFixture();
  const owner = await connectDemoClient(fixture.url);
  const stranger = await connectStranger(fixture);
  await importCatalogue(fixture.app.context, stranger.publisherId, strangersCatalogue);
  const owned = await makeOwned(fixture, owner);
  const given = await live(fixture, owner);
  await giveLongOrderNumbers(fixture.databaseUrl);
  const strangersLink = await makeReader(fixture, stranger);
  const secrets = ['Hemmelighus', 'Solveig', 'Lukkeveien', '48765432', ownersReader, ...Object.values(given)];
  const reader = await openStateReader(fixture.databaseUrl, stranger);
  await fixture.rest();
  return {
    fixture,
    owner,
    owned,
    stranger,
    given,
    strangersLink,
    secrets: [...secrets, owned.externalOrderId, owned.credential, owned.uniqueUserId],
    state: reader,
    atRest: await reader.read(),
    async close() {
      await reader.close();
      await fixture.close();
    },
  };
}

/** The stranger makes a thousand orders: none may have the number of a code, or of the owner's next order. */
async function giveLongOrderNumbers(databaseUrl: string): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query("SELECT setval('order_ids', 1000000000)");
  await database.end();
}

/** The owner's reader buys and gets a message; a second order waits at its address. */
async function live(fixture: Fixture, owner: DemoClient): Promise<Town['given']> {
  const idempotencyKey = `owners key ${randomUUID()}`;
  const key = { 'idempotency-key': idempotencyKey };
  const first = await owner.post('/capi/v1/client/order', prepaidOrder({ payer }), key);
  await complete(owner, Number(first.body['orderId']), { credential: ownersReader });
  const message = await firstMessage(fixture, ownersReader);
  const waiting = await owner.post('/capi/v1/client/order', freeOrder({ payer }));
  const code = /\b(\d{3}) ?(\d{3})\b/.exec(message.text);
  return {
    idempotencyKey,
    linkToken: tokenIn(message),
    code: code ? `${code[1]}${code[2]}` : '',
    orderToken: textAt(waiting.body, 'fulfillmentUrl').split('/').at(-1) ?? '',
  };
}

async function makeReader(fixture: Fixture, { client }: Stranger): Promise<string> {
  const orderId = await register(client, { ...freeOrder(), orderLines: [strangersLine] });
  await complete(client, orderId, { credential: 'other.reader@example.com' });
  return tokenIn(await firstMessage(fixture, 'other.reader@example.com'));
}

function firstMessage(fixture: Fixture, to: string): Promise<SeenMessage> {
  return until('the message', async () => (await linksTo(fixture, to))[0]);
}

function tokenIn(message: SeenMessage): string {
  return linkIn(message).split('/').at(-1) ?? '';
}

const strangersCatalogue = {
  products: [
    {
      productCode: 'ANDRE',
      companyCode: 'ANDRE',
      description: 'The other paper',
      productType: 'subscription',
      currency: 'SEK',
      vatCode: 'press',
    },
  ],
  offers: [
    {
      offerCode: 'ANDRE',
      offerNumber: 1,
      productCode: 'ANDRE',
      description: 'The other paper, a month at a time',
      price: 79,
      currency: 'SEK',
      periodLength: 1,
      periodType: 'months',
      renewal: { price: 79, periodLength: 1, periodType: 'months' },
    },
  ],
};

/** The stranger's own of everything that it can make by one call; the rest is nobody's. */
export async function strangersIds(town: Town, nobodys: Ids): Promise<Ids> {
  const order = { ...freeOrder(), orderLines: [strangersLine] };
  const { client } = town.stranger;
  const credential = 'strangers@example.com';
  const orderId = await register(client, order);
  const assigned = await client.post(`/capi/v1/client/order/${orderId}/user`, { credential });
  const shown = await client.get(`/capi/v1/client/order/${orderId}`);
  return {
    ...nobodys,
    orderId,
    customerNumber: numberAt(shown.body, 'customerNumber'),
    openOrderId: await register(client, order),
    externalOrderId: 'strangers-1',
    uniqueUserId: textAt(assigned.body, 'uniqueUserId'),
    credential,
    clientId: town.stranger.clientId,
  };
}

export const strangersOffer = {
  productSpecType: 'coupon',
  productSpecCode: 'ANDRE',
  productSpecNo: 1,
  allowAccessProduct: 'ANDRE',
  allowAccessSeconds: 3600,
};

const strangersLine = {
  productSpecType: 'article',
  articleDetail: { articleRef: 'own-article' },
  unitPrice: 10,
};
