import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, freeOrder, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;
let orderId: number;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
  orderId = await register(client, smsOrder('+4790000001'));
  await complete(client, orderId);
  await until('the payment', async () => (await shown(orderId))['state'] === 'completed');
});
after(() => fixture.close());

async function shown(id: number) {
  return (await client.get(`/capi/v1/client/order/${id}`)).body;
}

/** What must stay as it is while nothing is understood: the money, and what the provider booked. */
async function money(): Promise<string> {
  const ledger = await fetch(`${fixture.sandboxUrl}/control/ledger`);
  const { payment, state } = await shown(orderId);
  return JSON.stringify([payment, state, JSON.parse(await ledger.text()).refunds]);
}

/** A body as it is sent, and the field and rule that its refusal names. */
const unclear: [string, string, string][] = [
  ['null', 'body', 'object'],
  ['[]', 'body', 'object'],
  ['"x"', 'body', 'object'],
  ['{"amount":null}', 'amount', 'null'],
  ['{"amount":""}', 'amount', 'empty'],
  ['{"amount":" "}', 'amount', 'empty'],
  ['{"amount":[]}', 'amount', 'empty'],
  ['{"Amount":10}', 'Amount', 'unknown_field'],
  ['{"amuont":10}', 'amuont', 'unknown_field'],
  ['{"amount ":10}', 'amount ', 'unknown_field'],
  ['{"sum":10}', 'sum', 'unknown_field'],
  ['{"amount":10,"amount":20}', 'amount', 'repeated'],
  ['{"__proto__":{"amount":10}}', '__proto__', 'unknown_field'],
  ['{"constructor":{"amount":10}}', 'constructor', 'unknown_field'],
  ['{"lines":null}', 'lines', 'null'],
  ['{"lines":[]}', 'lines', 'empty'],
  ['{"lines":""}', 'lines', 'empty'],
  ['{"lines":"1"}', 'lines', 'array'],
  ['{"lines":"[1]"}', 'lines', 'array'],
  ['{"Lines":[{"lineNumber":1}]}', 'Lines', 'unknown_field'],
  ['{"line":[{"lineNumber":1}]}', 'line', 'unknown_field'],
  ['{"access":null}', 'access', 'null'],
  ['{"access":"end-now"}', 'access', 'enum'],
  ['{"acces":"keep"}', 'acces', 'unknown_field'],
];
const unclearLines: [string, string, string][] = [
  ['{"lines":[null]}', 'lines[0]', 'null'],
  ['{"lines":[{"lineNumber":1,"amount":null}]}', 'lines[0].amount', 'null'],
  ['{"lines":[{"lineNumber":1,"amuont":1}]}', 'lines[0].amuont', 'unknown_field'],
  ['{"lines":[{"lineNumber":1,"Amount":1}]}', 'lines[0].Amount', 'unknown_field'],
  ['{"lines":[{"lineNumber":1,"amount":1,"amount":2}]}', 'lines[0].amount', 'repeated'],
  ['{"lines":[{"linenumber":1}]}', 'lines[0].linenumber', 'unknown_field'],
];

function post(path: string, body: string | undefined, type = 'application/json') {
  return fetch(`${fixture.url}/capi/v1/client/order/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.token}`, ...(body !== undefined && { 'content-type': type }) },
    body: body ?? null,
  });
}

async function assertRefused(reply: Response, field: string, rule?: string): Promise<void> {
  const text = await reply.text();
  assert.equal(reply.status, 400, text);
  const { code, fields } = JSON.parse(text) as { code: string; fields: { field: string; rule: string }[] };
  assert.deepEqual([code, fields[0]?.field], ['input_is_invalid', field], text);
  if (rule !== undefined) assert.equal(fields[0]?.rule, rule, text);
}

for (const [body, field, rule] of [...unclear, ...unclearLines]) {
  test(`a refund by ${body} is refused and moves nothing`, async () => {
    const before = await money();
    await assertRefused(await post(`${orderId}/refund`, body), field, rule);
    assert.equal(await money(), before);
  });
}

const forCapture = unclear.filter(([body]) => !body.includes('acces') && !body.includes('"line"'));
for (const [body, field] of forCapture) {
  test(`a capture by ${body} is refused`, async () => {
    await assertRefused(await post(`${orderId}/capture`, body), field);
  });
}

test('a part in the address, or in a body of another type, is refused too', async () => {
  const before = await money();
  await assertRefused(await post(`${orderId}/refund?amount=10`, undefined), 'amount', 'unknown_field');
  await assertRefused(await post(`${orderId}/refund?amount=10`, '{"amount":10}'), 'amount', 'unknown_field');
  await assertRefused(await post(`${orderId}/capture?lines=1`, '{}'), 'lines', 'unknown_field');
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    assert.equal((await post(`${orderId}/refund`, 'amount=10', type)).status, 415);
  }
  assert.equal(await money(), before);
});

test('a cancel that names a part, or nothing that is known, cancels nothing', async () => {
  const open = await register(client, freeOrder());
  for (const body of ['null', '[]', '{"lines":null}', '{"amount":null}', '{"Lines":[1]}', '{"line":1}']) {
    assert.equal((await post(`${open}/cancel`, body)).status, 400, body);
  }
  assert.equal((await post(`${open}/cancel?line=1`, '{}')).status, 400);
  assert.equal((await shown(open))['state'], 'registered');
  assert.equal((await post(`${open}/cancel`, undefined)).status, 200);
});

test('neither amount nor lines is all that is left', async () => {
  const reply = await post(`${orderId}/refund`, '{"access":"keep","reason":""}');
  assert.equal(reply.status, 202, await reply.clone().text());
  const { operations } = (await reply.json()) as { operations: { amount: number }[] };
  assert.equal(operations[0]?.amount, 149);
});
