import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listTargets, type Target } from '../../hostile/fuzz/targets.ts';
import { type ClientCall, clientCalls } from '../client-calls.ts';
import { nobodysIds } from '../owned-ids.ts';
import { type Sent, send, withoutRequestId } from '../send.ts';
import { type ForeignValue, foreignValuesOf, valueOf } from './foreign-values.ts';
import { openTown, strangersIds, strangersOffer, type Town } from './open-town.ts';
import { fits, type Place, placesOf } from './place-values.ts';
import { changesBetween, sizeOf } from './state-of-others.ts';

let town: Town;
let values: ForeignValue[];
let targets: Target[];
/** Where the owner's was answered otherwise than nobody's. */
const differences: string[] = [];
const counts = { rows: 0, places: 0, calls: 0 };

before(async () => {
  town = await openTown();
  const { given, owned, atRest, owner } = town;
  const cursors = await ownersCursors();
  values = [
    ...foreignValuesOf(atRest),
    ...Object.entries({ ...given, ...cursors }).map(([what, value]) => valueOf(what, value)),
    ...Object.entries(owned).map(([what, value]) => valueOf(what, value)),
  ].filter(({ value }) => value !== '' && value !== owner.token && value !== town.stranger.clientId);
  const all = (await listTargets()).filter((target) => target.needsToken);
  targets = all.toSorted((one, other) => placeOf(one) - placeOf(other));
});
after(async () => {
  await town.close();
});

/** A list of the owner's gives out where it goes on. */
async function ownersCursors(): Promise<Record<string, string>> {
  const cursors: Record<string, string> = {};
  for (const path of ['orders', 'events', 'callbacks', 'cases', 'acts']) {
    const { body } = await town.owner.get(`/capi/v1/client/${path}?limit=1`);
    const cursor = Object.entries(body).find(([name]) => /cursor/i.test(name))?.[1];
    if (typeof cursor === 'string') cursors[`cursor of ${path}`] = cursor;
  }
  return cursors;
}

function call(target: Target, made: ClientCall, more: Record<string, string> = {}): Promise<Sent> {
  const headers = { authorization: `Bearer ${town.stranger.client.token}`, ...more };
  counts.calls += 1;
  return send(town.fixture.url + made.path, target.method, {
    headers,
    ...(made.body && { body: made.body }),
  });
}

/** Words of the owner's that stand in a reply, and did not stand in the request. */
function assertNoLeak(made: ClientCall, sent: Sent, what: string): void {
  const asked = secretsIn(made);
  const told = `${sent.text} ${[...sent.headers.values()].join(' ')}`;
  for (const secret of town.secrets)
    assert.ok(
      planted.has(secret) || !told.includes(secret) || asked.includes(secret),
      `${what} tells ${secret}`,
    );
}

/** These keep what they are told, and may show it again: they come last. */
const keeping = new Set([
  ...['registerOrder', 'completeOrder', 'assignUser', 'correctCredential'],
  ...['changePublisher', 'createWebhook', 'saveMerchant', 'receiveWithdrawal'],
  ...['registerCustomer', 'changeCustomer', 'changeAddresses', 'attachCustomerUser'],
  ...['addExternalReference', 'changeExternalReference', 'saveConsentText', 'stateConsent'],
  ...['eraseCustomer', 'eraseUser'],
]);
/** Their bodies choose a code, or a customer's number: the stranger has one of the owner's from then on as well. */
const choosesCode = new Set(['addExternalReference', 'saveConsentText']);
const choosesNumber = new Set(['registerOrder', 'registerCustomer']);

/** What only asks comes first, and last what makes something that is asked for by a name that was chosen. */
function placeOf({ name }: Target): number {
  if (choosesNumber.has(name)) return 3;
  if (choosesCode.has(name)) return 2;
  return keeping.has(name) ? 1 : 0;
}
/** What one call changes of the stranger's own, the next one shows. */
const changesItself = new Set([
  ...['changePublisher', 'createWebhook', 'saveMerchant', 'assignUser'],
  ...['addExternalReference', 'changeExternalReference', 'attachCustomerUser', 'saveConsentText'],
]);
/** The owner's words that the stranger has had kept as its own. */
const planted = new Set<string>();

function secretsIn({ path, body }: ClientCall): string[] {
  const asked = `${decodeURIComponent(path)} ${JSON.stringify(body ?? {})}`;
  return town.secrets.filter((secret) => asked.includes(secret));
}

/** What a reply says, without what is new in each and without the value that was asked about. */
function saidIn(sent: Sent, asked: string | number): string {
  // A new order, secret or time differs each time; a refusal and an empty list do not.
  const isNew = sent.status < 300 && /"(orderId|webhookId|keyId|settings|customerNumber)":/.test(sent.text);
  const quoted = RegExp.escape(JSON.stringify(String(asked)).slice(1, -1));
  const text = withoutRequestId(sent).replace(new RegExp(`(?<!\\w)${quoted}(?!\\w)`, 'g'), '#');
  return `${sent.status} ${isNew ? 'something new' : text}`;
}

async function tryPlace(target: Target, place: Place): Promise<void> {
  const fitting = values.filter((one) => fits(one, place));
  // All at once would wait for one order, some for longer than a node lets them.
  for (let at = 0; at < fitting.length; at += 16)
    await Promise.all(fitting.slice(at, at + 16).map((value) => tryValue(target, place, value)));
}

async function tryValue(target: Target, place: Place, value: ForeignValue): Promise<void> {
  const what = `${target.name} ${place.what} = ${value.what} ${value.value}`;
  const foreign = place.put(value.value);
  if (keeping.has(target.name)) for (const secret of secretsIn(foreign)) planted.add(secret);
  const answered = await call(target, foreign);
  assert.ok(answered.status < 500, `${what} ${answered.status} ${answered.text}`);
  assertNoLeak(foreign, answered, what);
  if (!place.selects || (changesItself.has(target.name) && place.what.startsWith('body'))) return;
  const unknown = await call(target, place.put(value.twin));
  const [said, saidOfNobodys] = [saidIn(answered, value.value), saidIn(unknown, value.twin)];
  const isHeldBack = [answered, unknown].some(({ status }) => status === 429);
  if (said !== saidOfNobodys && !isHeldBack) differences.push(`${what}: ${said} instead of ${saidOfNobodys}`);
}

/** Calls that are good at the stranger's, with what only its own catalogue has. */
const ownCalls: typeof clientCalls = {
  registerOrder: ({ uniqueUserId }) => ({
    path: '/capi/v1/client/order',
    body: {
      paymentMethod: 'free',
      payer: { lastName: 'Svensson', emails: ['sven@example.com'] },
      receiver: { lastName: 'Svensson' },
      orderLines: [strangersOffer],
      uniqueUserId,
    },
  }),
  checkAccess: ({ credential }) => ({
    path: '/capi/v1/client/access',
    body: { product: 'ANDRE', credential, reason: true },
  }),
  listCoupons: () => ({ path: '/capi/v1/client/coupon/ANDRE' }),
  checkCouponPrice: () => ({
    path: '/capi/v1/client/coupon/price',
    body: { couponCode: 'ANDRE', couponNumber: 1 },
  }),
};

test('a call of the stranger’s own is good, but for what nobody has', async () => {
  const own = await strangersIds(town, nobodysIds);
  for (const name of Object.keys(ownCalls)) {
    const target = targets.find((one) => one.name === name);
    const made = ownCalls[name]?.(own);
    assert.ok(target && made);
    const sent = await call(target, made);
    assert.equal(sent.status, 200, `${name} ${sent.text}`);
  }
});

test('every operation, with everything of the owner’s in every place: no leak, no change', async (context) => {
  const own = await strangersIds(town, nobodysIds);
  for (const target of targets) {
    const made = ownCalls[target.name]?.(own) ?? clientCalls[target.name]?.(own);
    assert.ok(made, `${target.name} has no call`);
    const before = await town.state.read();
    const places = placesOf(target, made);
    for (const place of places) await tryPlace(target, place);
    assert.deepEqual(changesBetween(before, await town.state.read()), [], target.name);
    counts.rows += 1;
    counts.places += places.length;
  }
  assert.deepEqual(differences, []);
  assert.deepEqual(changesBetween(town.atRest, await town.state.read()), []);
  assert.ok(
    counts.rows === targets.length && counts.places > 100 && values.length > 25,
    JSON.stringify(counts),
  );
  context.diagnostic(
    `${counts.rows} operations, ${counts.places} places, ${values.length} values of the owner's, ` +
      `${counts.calls} calls, ${sizeOf(town.atRest)} rows compared: 0 leaks, 0 changes`,
  );
});

test('the operations with the owner’s ids all at once, and the owner’s idempotency key', async () => {
  const before = await town.state.read();
  for (const target of targets) {
    const made = clientCalls[target.name]?.(town.owned);
    assert.ok(made);
    const sent = await call(target, made, { 'idempotency-key': town.given.idempotencyKey });
    assert.equal(sent.headers.get('idempotency-replayed'), null, target.name);
    assertNoLeak(made, sent, target.name);
  }
  assert.deepEqual(changesBetween(before, await town.state.read()), []);
});
