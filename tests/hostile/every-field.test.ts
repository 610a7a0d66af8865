import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, sandboxApi } from '@leveret/server/api.js';
import type { InputSchema } from '@leveret/server/kit/http/input-schema.js';
import { clientCalls } from '../access/client-calls.ts';
import { type Ids, makeOwned } from '../access/owned-ids.ts';
import { type Sent, send } from '../access/send.ts';
import { prepareForReaders, userCalls } from '../access/user-calls.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, demoLine, kari, register, smsOrder } from '../builders/orders.ts';
import { connectReader } from '../builders/reader-client.ts';
import { until } from '../builders/until.ts';
import { type Field, fieldsOf, shownPath, withMember } from './every-field/fields.ts';
import { type Slip, slipsOf } from './every-field/slips.ts';
import { takeSnapshot } from './every-field/snapshot.ts';

type Row = {
  who: string;
  method: string;
  endpoint: { operationId: string; body?: InputSchema; query?: InputSchema };
};
const isCalled = (row: { who: string }) => ['client', 'user', 'anyone'].includes(row.who);
const rows = [...api, ...sandboxApi].filter(isCalled) as unknown as readonly Row[];

let fixture: Fixture;
let client: DemoClient;
let owned: Ids;
let readersToken: string;
let paidOrderId: number;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
  owned = await makeOwned(fixture, client);
  await prepareForReaders(client);
  readersToken = (await connectReader(fixture, owned.credential)).token;
  paidOrderId = await register(client, smsOrder('+4790000001'));
  await complete(client, paidOrderId);
  await until('the charge', async () => JSON.stringify(await shownPaid()).includes('payment pending'));
  await fixture.advance(5);
  await until('the payment', async () => (await shownPaid())['state'] === 'completed');
});
after(() => fixture.close());

async function shownPaid() {
  return (await client.get(`/capi/v1/client/order/${paidOrderId}`)).body;
}

/** A good call of the operation, about a paid order where money is moved. */
function baseOf({ who, endpoint }: Row): { path: string; body: object } {
  const { operationId } = endpoint;
  const line = { ...demoLine, receiver: kari };
  const order = { paymentMethod: 'invoice', payer: { ...kari, phoneNumbers: [] }, orderLines: [line] };
  if (operationId === 'registerOrder') return { path: '/capi/v1/client/order', body: order };
  if (operationId === 'registerOwnOrder') return { path: '/capi/v1/order', body: order };
  if (operationId === 'advanceClock') return { path: '/test/clock', body: { advanceSeconds: 0 } };
  if (who === 'anyone') return { path: '/health', body: {} };
  const ids = /^(refund|capture)Order$/.test(operationId) ? { ...owned, orderId: paidOrderId } : owned;
  const call = who === 'user' ? userCalls[operationId]?.(ids) : clientCalls[operationId]?.(ids);
  assert.ok(call, `${operationId} has no call`);
  return { path: call.path, body: call.body ?? {} };
}

type Told = { field: string; rule: string; message: string };
type Input = { row: Row; what: string; path: string; comesTo: Slip['comesTo']; send(): Promise<Sent> };

function sendTo(row: Row, path: string, body: object | undefined): Promise<Sent> {
  const headers = { authorization: bearerOf(row) };
  return send(fixture.url + path, row.method, { headers, ...(body && { body }) });
}

function bearerOf({ who }: Row): string {
  return `Bearer ${who === 'user' ? readersToken : client.token}`;
}

/** Every slip of every field of the row's body and query. */
function inputsOf(row: Row): Input[] {
  const { path, body } = baseOf(row);
  const [address = '', search = ''] = path.split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  const inBody = fieldsOf(row.endpoint.body).flatMap((field) =>
    slipsOf(field, body).map((slip) =>
      inputOf(row, field, slip, () => sendTo(row, path, withMember(body, field.path, slip))),
    ),
  );
  const inQuery = fieldsOf(row.endpoint.query).flatMap((field) =>
    slipsOf(field, query)
      .filter(({ kind }) => kind !== 'null' && kind !== 'an empty list')
      .map((slip) => {
        const { [field.name]: _replaced, ...others } = query;
        const sent = new URLSearchParams({ ...others, [slip.name]: String(slip.value) }).toString();
        const given = row.method === 'GET' ? undefined : body;
        return inputOf(row, field, slip, () => sendTo(row, `${address}?${sent}`, given));
      }),
  );
  return [...inBody, ...inQuery];
}

function inputOf(row: Row, field: Field, slip: Slip, sending: () => Promise<Sent>): Input {
  const path = shownPath([...field.path.slice(0, -1), slip.name]);
  const what = `${row.endpoint.operationId} ${shownPath(field.path)} ${slip.kind} (${slip.name})`;
  return { row, what, path, comesTo: slip.comesTo, send: sending };
}

/** Says what is wrong with the answer to an input; nothing where it is right. */
function judge({ what, path, comesTo }: Input, { status, text }: Sent): string[] {
  const { fields = [], warnings = [] }: { fields?: Told[]; warnings?: Told[] } = JSON.parse(text);
  const refused = fields.find((one) => one.field === path);
  const wrong = (why: string) => [`${what}: ${why}; ${status} ${text.slice(0, 300)}`];
  if (comesTo === 'refused') {
    if (status !== 400 || !refused) return wrong('must be refused by name');
    if (!['null', 'empty', 'unknown_field'].includes(refused.rule)) return wrong('names another rule');
    const isNear = refused.rule !== 'unknown_field' || refused.message.includes('did you mean ');
    return isNear ? [] : wrong('names no near field');
  }
  if (status >= 500) return wrong('must not break the server');
  // What is absent may still be missed by a rule of the order, which answers with a code of its own.
  if (refused && isOfReader(refused.rule)) return wrong('must not be refused');
  const isTold = status >= 300 || comesTo === 'absent' || warnings.some((one) => one.field === path);
  return isTold ? [] : wrong('must be told in a warning');
}

function isOfReader(rule: string): boolean {
  const types = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'enum'];
  return [...types, 'null', 'empty', 'unknown_field', 'minLength', 'minItems', 'minimum'].includes(rule);
}

async function tryAll(inputs: readonly Input[]): Promise<string[]> {
  const wrong: string[] = [];
  for (let at = 0; at < inputs.length; at += 8) {
    const some = inputs.slice(at, at + 8);
    const judged = await Promise.all(some.map(async (input) => judge(input, await input.send())));
    wrong.push(...judged.flat());
  }
  return wrong;
}

test('what narrows is refused by name when it is misspelt, wrongly cased, null or empty, and nothing changes', async (t) => {
  const inputs = rows.flatMap(inputsOf).filter(({ comesTo }) => comesTo === 'refused');
  const before = await takeSnapshot(fixture.app.context.database);
  assert.deepEqual(await tryAll(inputs), []);
  assert.deepEqual(await takeSnapshot(fixture.app.context.database), before);
  t.diagnostic(`${inputs.length} inputs of ${rows.length} operations refused`);
  assert.ok(inputs.length > 900, String(inputs.length));
});

test('what only describes is kept out with a warning, or absent', async (t) => {
  const inputs = rows.flatMap(inputsOf).filter(({ comesTo }) => comesTo !== 'refused');
  assert.deepEqual(await tryAll(inputs), []);
  t.diagnostic(`${inputs.length} inputs taken`);
});

test('a parameter or member that is given twice is refused, and so is one where none is taken', async (t) => {
  const before = await takeSnapshot(fixture.app.context.database);
  let tried = 0;
  for (const row of rows) {
    if (row.endpoint.operationId === 'showHealth' || row.endpoint.operationId === 'showReady') continue;
    const { path, body } = baseOf(row);
    const sign = path.includes('?') ? '&' : '?';
    const names = [...Object.keys(row.endpoint.query?.properties ?? {}), 'unknown'];
    for (const name of names) {
      const sent = await sendTo(
        row,
        `${path}${sign}${name}=1&${name}=1`,
        row.method === 'GET' ? undefined : body,
      );
      assert.deepEqual([sent.status, JSON.parse(sent.text).fields[0].field], [400, name], `${path} ${name}`);
    }
    for (const given of [[], 'x', 1, null]) {
      const headers = { authorization: bearerOf(row), 'content-type': 'application/json' };
      const text = JSON.stringify(given);
      if (row.method === 'GET') continue;
      const sent = await send(fixture.url + path, row.method, { headers, body: text });
      assert.equal(sent.status, 400, `${row.endpoint.operationId} ${text} ${sent.text}`);
      tried += 1;
    }
    tried += names.length;
  }
  assert.deepEqual(await takeSnapshot(fixture.app.context.database), before);
  t.diagnostic(`${tried} inputs refused`);
});
