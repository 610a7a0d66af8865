import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '@leveret/server/api.js';
import type { InputSchema } from '@leveret/server/kit/http/input-schema.js';
import { type PageCall, pageCallsOf } from '../access/page-calls.ts';
import { send } from '../access/send.ts';
import { userCalls } from '../access/user-calls.ts';
import { connectDemoClient } from '../builders/demo-client.ts';
import { numberAt, textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { kari } from '../builders/orders.ts';
import { connectReader } from '../builders/reader-client.ts';
import { misspellings } from './every-field/slips.ts';
import { takeSnapshot } from './every-field/snapshot.ts';

type Page = { method: string; operationId: string; parameters: readonly string[] };
const pages = api.flatMap((row): Page[] => {
  if (row.who !== 'browser') return [];
  const { operationId, parameters = [] } = row.endpoint;
  return [{ method: row.method, operationId, parameters }];
});

/** What trackers and others add to any address. */
const foreign = [
  ...['utm_source', 'utm_id', 'gclid', 'gbraid', 'wbraid', 'gad_campaignid', 'srsltid', 'fbclid', 'msclkid'],
  ...[
    'ttclid',
    'li_fat_id',
    'mc_cid',
    'mc_eid',
    '_hsenc',
    '_ga',
    '_gl',
    'ref',
    'lang',
    'testing',
    'state',
    'v',
  ],
];

let fixture: Fixture;
let calls: Record<string, PageCall>;

before(async () => {
  fixture = await buildFixture();
  const client = await connectDemoClient(fixture.url);
  const guide = { productSpecType: 'product', product: 'GUIDE' };
  const order = { paymentMethod: 'vippsEcommerce', payer: kari, orderLines: [guide] };
  const { body } = await client.post('/capi/v1/client/order', order);
  const orderToken = textAt(body, 'fulfillmentUrl').split('/').at(-1) ?? '';
  const orderId = numberAt(body, 'orderId');
  calls = pageCallsOf({ orderId, orderToken, linkToken: 'A'.repeat(22), credential: 'a@example.com' });
});
after(() => fixture.close());

function open({ method, operationId }: Page, parameter: string) {
  const call = calls[operationId];
  assert.ok(call, `${operationId} has no call`);
  const sign = call.path.includes('?') ? '&' : '?';
  const { form } = call;
  return send(fixture.url + call.path + sign + parameter, method, form === undefined ? {} : { body: form });
}

test('a misspelt parameter of a page is refused by both names, and nothing is done', async (t) => {
  const before = await takeChanges();
  let tried = 0;
  for (const page of pages) {
    for (const parameter of page.parameters) {
      for (const [kind, name] of [
        ...misspellings(parameter),
        ['with a line', snakeCase(parameter)] as const,
      ]) {
        // Some are written without capitals, and some pages take the name of another standard too.
        if (page.parameters.some((own) => own === name)) continue;
        // A short name is near to too many others.
        if (parameter.length < 6 && /letter/.test(kind) && kind !== 'in small letters') continue;
        const { status, text } = await open(page, `${name}=1`);
        const what = `${page.operationId} ${parameter} ${kind} (${name})`;
        assert.equal(status, 400, what);
        assert.match(text, new RegExp(`${name}.*${parameter}`), what);
        tried += 1;
      }
    }
  }
  assert.deepEqual(await takeChanges(), before);
  t.diagnostic(`${tried} addresses refused`);
  assert.ok(tried > 100, String(tried));
});

test('a misspelt parameter of a reader’s call is refused by both names, and so is what others add', async (t) => {
  const { token } = await connectReader(fixture, 'reader@example.com');
  const before = await takeChanges();
  let tried = 0;
  for (const row of api) {
    if (row.who !== 'user') continue;
    const { operationId, query } = row.endpoint;
    const call = userCalls[operationId]?.({ orderId: 1, externalOrderId: 'none' });
    assert.ok(call, `${operationId} has no call`);
    const [path = ''] = call.path.split('?');
    const refuse = async (name: string, meant: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const given = { headers, ...(call.body && { body: call.body }) };
      const { status, text } = await send(`${fixture.url}${path}?${name}=1`, row.method, given);
      const [told] = JSON.parse(text).fields;
      assert.deepEqual(
        [status, told.field, told.rule],
        [400, name, 'unknown_field'],
        `${operationId} ${name}`,
      );
      assert.match(told.message, new RegExp(meant));
      tried += 1;
    };
    const { properties = {} }: InputSchema = query ?? {};
    for (const parameter of Object.keys(properties))
      for (const [, name] of misspellings(parameter)) if (name !== parameter) await refuse(name, parameter);
    for (const name of ['utm_source', 'ref', 'state']) await refuse(name, name);
  }
  assert.deepEqual(await takeChanges(), before);
  t.diagnostic(`${tried} addresses refused`);
  assert.ok(tried > 30, String(tried));
});

/** Without the accounts at providers, which a node that starts makes known there. */
async function takeChanges() {
  const { payment_method_settings: _accounts, ...others } = await takeSnapshot(fixture.app.context.database);
  return others;
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test('what others add to an address passes', async () => {
  for (const page of pages) {
    const { status } = await open(page, 'utm_medium=x');
    assert.notEqual(status, 429);
    const all = foreign.map((name) => `${name}=1`).join('&');
    assert.equal((await open(page, all)).status, status, page.operationId);
  }
});
