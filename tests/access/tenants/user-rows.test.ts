import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import type { DemoClient } from '../../builders/demo-client.ts';
import { numberAt, textAt } from '../../builders/fields-of.ts';
import { complete } from '../../builders/orders.ts';
import { connectReader } from '../../builders/reader-client.ts';
import { listTargets, type Target } from '../../hostile/fuzz/targets.ts';
import type { ClientCall } from '../client-calls.ts';
import { type Sent, send, withoutRequestId } from '../send.ts';
import { prepareForReaders, type ReadersIds, userCalls } from '../user-calls.ts';
import { type ForeignValue, valueOf } from './foreign-values.ts';
import { openTown, ownersReader, type Town } from './open-town.ts';
import { fits, type Place, placesOf } from './place-values.ts';
import { changesBetween } from './state-of-others.ts';

/** Another reader, with an order of their own that every call can be good about. */
type Other = { name: string; reader: DemoClient; ids: ReadersIds; userId: number };

let town: Town;
let targets: Target[];
/** The reader whose things are put into the calls of others. */
let owner: DemoClient;
let values: ForeignValue[];
let secrets: string[];
const others: Other[] = [];
/** A row about the owner's account or order. */
let ofOwner: RegExp;
/** A row about the account of one of the others, who may change what is their own. */
const isOthersOwn = (change: string) =>
  others.some(
    ({ userId }) => change.startsWith('- accounts ') && change.includes(`"account_id": ${userId},`),
  );
let calls = 0;

const line = { productSpecType: 'article', articleDetail: { articleRef: 'own-article' }, unitPrice: 10 };
const orderOf = (externalOrderId: string, lastName: string) => ({
  paymentMethod: 'invoice',
  externalOrderId,
  payer: { lastName },
  orderLines: [line],
});

before(async () => {
  town = await openTown();
  for (const client of [town.owner, town.stranger.client]) await prepareForReaders(client);
  const rows = api.filter((row) => row.who === 'user');
  // What keeps what it is told comes last, since the reader's own searches find it.
  const keeps = new Map(rows.map(({ endpoint }) => [endpoint.operationId, endpoint.changes === true]));
  targets = (await listTargets())
    .filter(({ name }) => keeps.has(name))
    .toSorted((one, other) => Number(keeps.get(one.name)) - Number(keeps.get(other.name)));
  assert.equal(targets.length, rows.length);
  owner = await connectReader(town.fixture, ownersReader);
  await live();
  const { clientId, secret } = town.stranger;
  const site = { clientId, secret, redirectUri: 'http://localhost:3000/back' };
  for (const [name, reader] of [
    ['another reader of the same publisher', await connectReader(town.fixture, 'nabo@example.com')],
    ['the same person at another publisher', await connectReader(town.fixture, ownersReader, site)],
    ['a reader of another publisher', await connectReader(town.fixture, 'fjern@example.com', site)],
  ] as const) {
    const externalOrderId = `own-${others.length}`;
    const { body } = await reader.post('/capi/v1/order', orderOf(externalOrderId, 'Andersen'));
    const userId = numberAt((await reader.get('/capi/v1/customer/profile')).body, 'userId');
    others.push({ name, reader, ids: { orderId: numberAt(body, 'orderId'), externalOrderId }, userId });
  }
});
after(() => town.close());

/** The owner's reader buys, and is given everything that names it. */
async function live(): Promise<void> {
  const key = { 'idempotency-key': 'a key of the reader' };
  const registered = await owner.post('/capi/v1/order', orderOf('hemmelig-77', 'Hemmelighus'), key);
  const orderId = numberAt(registered.body, 'orderId');
  await complete(town.owner, orderId);
  await owner.post('/capi/v1/order', orderOf('hemmelig-77', 'Hemmelighus'));
  await owner.post('/capi/v1/customer/info', { name: { lastName: 'Hemmelighus' } });
  const home = { changeType: 'createPermanent', streetAddress: 'Lukkeveien', countryCode: 'NO' };
  const { body: kept } = await owner.post('/capi/v1/customer/address', home);
  const profile = await owner.get('/capi/v1/customer/profile');
  const list = await owner.get('/capi/v1/order/status?limit=1');
  const named = {
    orderId,
    externalOrderId: 'hemmelig-77',
    uniqueId: textAt(profile.body, 'uniqueId'),
    userId: numberAt(profile.body, 'userId'),
    customerNumber: numberAt(profile.body, 'customerNumber'),
    addressId: numberAt(kept, 'id'),
    email: ownersReader,
    cursor: textAt(list.body, 'nextCursor'),
    orderToken: textAt(registered.body, 'fulfillmentUrl').split('/').at(-1) ?? '',
    lastName: 'Hemmelighus',
  };
  const given = Object.entries({ ...named, ...town.given }).filter(([, value]) => value !== '');
  values = given.map(([what, value]) => valueOf(what, value));
  ofOwner = new RegExp(`"(account_id": ${named.userId}|order_id": ${orderId})\\b`);
  secrets = [...town.secrets, named.externalOrderId, named.uniqueId, named.orderToken];
}

function call(target: Target, { reader }: Other, made: ClientCall, more = {}): Promise<Sent> {
  const headers = { authorization: `Bearer ${reader.token}`, ...more };
  calls += 1;
  return send(town.fixture.url + made.path, target.method, {
    headers,
    ...(made.body && { body: made.body }),
  });
}

/** Everything that the owner can see, which nobody else may change. */
async function seenByOwner(): Promise<unknown[]> {
  const asked = [
    ...['customer/profile', 'customer/product', 'order/status', 'customer/order/product/history'],
    ...['customer/info', 'customer/address'],
  ];
  const seen = await Promise.all(asked.map((path) => owner.get(`/capi/v1/${path}`)));
  const found = await owner.post('/capi/v1/order/status', { externalOrderId: 'hemmelig-77' });
  return [...seen, found].map(({ status, body }) => [status, body]);
}

/** What a reply says, without what is new in each and without the value that was asked about. */
function saidIn(sent: Sent, asked: string | number): string {
  const isNew = sent.status < 300 && /"(fulfillmentUrl|id)":/.test(sent.text);
  const quoted = RegExp.escape(JSON.stringify(String(asked)).slice(1, -1));
  const text = withoutRequestId(sent).replace(new RegExp(`(?<!\\w)${quoted}(?!\\w)`, 'g'), '#');
  return `${sent.status} ${isNew ? 'something new' : text}`;
}

/** What the reader is called themselves is no secret to them, nor what stands in their own question. */
function assertNoLeak(other: Other, made: ClientCall, sent: Sent, what: string): void {
  const asked = `${decodeURIComponent(made.path)} ${JSON.stringify(made.body ?? {})}`;
  const isSamePerson = other.name.startsWith('the same person');
  for (const secret of secrets) {
    if (asked.includes(secret) || (isSamePerson && secret === ownersReader)) continue;
    assert.ok(!sent.text.includes(secret), `${what} tells ${secret}`);
  }
}

/** Answers how the value was answered otherwise than nobody's; nothing where it was not. */
async function tryValue(target: Target, other: Other, place: Place, value: ForeignValue): Promise<string[]> {
  const what = `${other.name}: ${target.name} ${place.what} = ${value.what} ${value.value}`;
  const foreign = place.put(value.value);
  const answered = await call(target, other, foreign);
  assert.ok(answered.status < 500, `${what} ${answered.status} ${answered.text}`);
  assertNoLeak(other, foreign, answered, what);
  if (!place.selects) return [];
  const unknown = await call(target, other, place.put(value.twin));
  const [said, saidOfNobodys] = [saidIn(answered, value.value), saidIn(unknown, value.twin)];
  return said === saidOfNobodys ? [] : [`${what}: ${said} instead of ${saidOfNobodys}`];
}

const isPosition = (place: Place) => place.what.endsWith('cursor');

test('every operation, with all of a reader’s in every place, as any other: no leak, no change', async (context) => {
  const before = { seen: await seenByOwner(), state: await town.state.read() };
  let places = 0;
  for (const other of others) {
    for (const target of targets) {
      const made = userCalls[target.name]?.(other.ids);
      assert.ok(made, `${target.name} has no call`);
      const own = await call(target, other, made);
      assert.equal(own.status, 200, `${other.name}: ${target.name} ${own.text}`);
      for (const place of placesOf(target, made)) {
        places += 1;
        // Where a page begins says nothing of whose list it is.
        const fitting = values.filter(
          (one) => fits(one, place) && !(isPosition(place) && one.what === 'cursor'),
        );
        const found = await Promise.all(fitting.map((value) => tryValue(target, other, place, value)));
        assert.deepEqual(found.flat(), []);
      }
    }
    assert.deepEqual(await seenByOwner(), before.seen, other.name);
  }
  const after = await town.state.read();
  // A neighbour's rows are added to the same publisher's; none that was there may go or change.
  const changes = changesBetween(before.state, after).filter(
    (change) => (change.startsWith('- ') && !isOthersOwn(change)) || ofOwner.test(change),
  );
  assert.deepEqual(changes, []);
  context.diagnostic(
    `${targets.length} operations, ${places} places, ${values.length} values, ${calls} calls`,
  );
  assert.ok(places > 300 && values.length > 10, `${places} ${values.length}`);
});

test('a reader’s idempotency key is nobody else’s, though the same site sends it', async () => {
  const target = targets.find(({ name }) => name === 'registerOwnOrder');
  assert.ok(target);
  const made = { path: '/capi/v1/order', body: orderOf('hemmelig-77', 'Hemmelighus') };
  for (const other of others) {
    const sent = await call(target, other, made, { 'idempotency-key': 'a key of the reader' });
    assert.equal(sent.status, 200, sent.text);
    assert.equal(sent.headers.get('idempotency-replayed'), null, other.name);
    const order = JSON.parse(sent.text).orderId;
    assert.ok(!values.some(({ value }) => value === order), other.name);
  }
});
