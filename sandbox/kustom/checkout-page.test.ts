import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFrozen, type Tried } from '../testing/frozen-sandbox.ts';

const authorization = `Basic ${Buffer.from('kco-demo:kustom-demo-password').toString('base64')}`;

function session(changes: object = {}): object {
  const line = { name: 'Guide & <map>', quantity: 1, unit_price: 12_500, tax_rate: 2500 };
  return {
    purchase_country: 'NO',
    purchase_currency: 'NOK',
    locale: 'nb-NO',
    order_amount: 12_500,
    order_tax_amount: 2500,
    order_lines: [{ ...line, total_amount: 12_500, total_tax_amount: 2500 }],
    merchant_urls: {
      terms: 'https://shop.example/terms',
      checkout: 'https://shop.example/checkout',
      confirmation: 'https://shop.example/return?order={checkout.order.id}&a=1',
      push: 'http://127.0.0.1:1/push',
    },
    ...changes,
  };
}

async function begin(sandbox: Tried, changes: object = {}): Promise<string> {
  const path = '/kustom/checkout/v3/orders';
  const reply = await sandbox.call('POST', path, session(changes), { authorization });
  assert.equal(reply.status, 201, reply.text);
  assert.match(reply.headers.get('location') ?? '', new RegExp(`${path}/${String(reply.json['order_id'])}$`));
  return String(reply.json['order_id']);
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const press = (sandbox: Tried, id: string, choice: string, email = '') =>
  sandbox.call('POST', `/pay/kustom/${id}`, new URLSearchParams({ choice, email }).toString(), form);

test('the frame shows what is bought, may stand in any page, and runs the sandbox’s scripts only', async (t) => {
  const sandbox = await startFrozen(t);
  const page = await sandbox.call('GET', `/pay/kustom/${await begin(sandbox)}`);
  assert.match(page.text, /125\.00 NOK/);
  assert.match(page.text, /Guide &amp; &lt;map>/);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /frame-ancestors/);
  assert.match((await sandbox.call('GET', '/kustom/checkout.js')).text, /createElement\('iframe'\)/);
});

test('approving leads to the confirmation address with the order’s id in it', async (t) => {
  const sandbox = await startFrozen(t);
  const id = await begin(sandbox);
  const page = await press(sandbox, id, 'approve');
  assert.ok(page.text.includes(`href="https://shop.example/return?order=${id}&amp;a=1"`), page.text);
  assert.match(page.text, /<script src="\/kustom\/leave\.js">/);
  assert.match((await press(sandbox, id, 'approve')).text, /closed/);
});

const presses: [choice: string, email: string, says: RegExp, state: string][] = [
  ['deny', '', /denied/, 'declined'],
  ['approve', 'kari+denied@example.com', /denied/, 'declined'],
  ['leave', '', /left without paying/, 'unknown'],
  ['pend-accept', '', /Thank you/, 'unknown'],
  ['pend-reject', '', /Thank you/, 'unknown'],
];

test('every choice is booked as what it is', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [choice, email, says, state] of presses) {
    const id = await begin(sandbox);
    assert.match((await press(sandbox, id, choice, email)).text, says, choice);
    const charge = (await sandbox.ledger()).charges.find((one) => one.id === id);
    assert.equal(charge?.state, state, choice);
  }
  await sandbox.advance(300);
  const states = (await sandbox.ledger()).charges.map((one) => one.state);
  assert.deepEqual(states.slice(-2), ['reserved', 'declined']);
});

const refused: [name: string, changes: object][] = [
  ['sums that differ', { order_amount: 12_400 }],
  ['a tax sum that differs', { order_tax_amount: 2400 }],
  ['no addresses', { merchant_urls: undefined }],
  ['no lines', { order_lines: [] }],
  ['a field that is not there', { order_total: 1 }],
  ['a locale that is none', { locale: 'norsk' }],
];

test('what breaks the contract is refused in Kustom’s form, counted, and books nothing', async (t) => {
  const sandbox = await startFrozen(t);
  for (const [name, changes] of refused) {
    const reply = await sandbox.call('POST', '/kustom/checkout/v3/orders', session(changes), {
      authorization,
    });
    assert.deepEqual([reply.status, reply.json['error_code']], [400, 'BAD_VALUE'], name);
  }
  const { json } = await sandbox.call('GET', '/control/violations');
  assert.equal((json['violations'] as unknown[]).length, refused.length);
  assert.equal((await sandbox.ledger()).charges.length, 0);
});

test('an order can be changed until it is completed, and needs a login', async (t) => {
  const sandbox = await startFrozen(t);
  const id = await begin(sandbox);
  const path = `/kustom/checkout/v3/orders/${id}`;
  const change = { merchant_reference1: 'mine' };
  assert.equal((await sandbox.call('POST', path, change, { authorization })).status, 200);
  await sandbox.call('POST', `/control/payments/${id}/approve`);
  const late = await sandbox.call('POST', path, change, { authorization });
  assert.deepEqual([late.status, late.json['error_code']], [403, 'READ_ONLY_ORDER']);
  assert.equal((await sandbox.call('GET', path)).status, 401);
});

test('a sandbox that is started again goes on: sessions, keys, pushes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-kustom-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const dataFile = join(folder, 'sandbox.jsonl');
  const first = await startFrozen(t, { dataFile });
  const id = await begin(first);
  await first.call('POST', `/control/payments/${id}/approve`);
  const path = `/kustom/ordermanagement/v1/orders/${id}/captures`;
  const headers = { authorization, 'klarna-idempotency-key': 'one' };
  const body = { captured_amount: 5000 };
  const captured = await first.call('POST', path, body, headers);
  await first.close();
  const second = await startFrozen(t, { dataFile });
  const again = await second.call('POST', path, body, headers);
  assert.equal(again.headers.get('capture-id'), captured.headers.get('capture-id'));
  assert.equal((await second.ledger()).charges[0]?.capturedMinor, 5000);
  await second.close();
});
