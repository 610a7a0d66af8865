import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { after, before, test } from 'node:test';
import { type SentStatement, statementChannel } from '../database/connect.ts';
import { type MoneyFixture, openMoneyFixture } from '../testing/money.ts';
import { receiveStatement } from './receive-statement.ts';

/** A stranger counts through the numbers of orders, and states that each is withdrawn from. */

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
const placed: number[] = [];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
  for (let order = 0; order < 20; order += 1) placed.push(await fixture.captured([60, 40]));
});
after(() => fixture.close());

const state = (reference: number, address: string) => {
  const statement = {
    publisher: node.client.publisher,
    orderReference: String(reference),
    named: undefined,
    name: 'Somebody',
    receiptTo: `somebody${reference}@example.com`,
    language: undefined,
    statedAt: undefined,
    remark: undefined,
  };
  return receiveStatement(node.context, statement, address);
};

/** All that could have moved or ended. */
async function everything(): Promise<unknown> {
  const tables = ['orders', 'order_lines', 'grants', 'payments', 'payment_attempts', 'payment_operations'];
  const found = tables.map((table) =>
    node.rows<{ told: string }>(`SELECT string_agg(t::text, '\n' ORDER BY t::text) AS told FROM ${table} t`),
  );
  return Promise.all(found);
}

test('1,000 order numbers from 100 networks: nothing has moved, and each statement is kept', async () => {
  const before = await everything();
  const first = placed[0] ?? 0;
  let kept = 0;
  for (let batch = 0; batch < 1000; batch += 20) {
    const numbers = Array.from({ length: 20 }, (_, index) => first - 490 + batch + index);
    const address = (number: number) => `192.0.${number % 100}.7`;
    const rows = await Promise.all(numbers.map((number) => state(number, address(number))));
    kept += rows.filter((row) => row !== undefined).length;
  }
  await node.runJobs();
  assert.equal(kept, 1000);
  assert.deepEqual(await everything(), before);
  const [cases] = await node.rows<{ found: number; elsewhere: number }>(
    `SELECT count(*) FILTER (WHERE order_id IS NOT NULL)::integer AS found,
       count(*) FILTER (WHERE order_id IS NULL)::integer AS elsewhere
     FROM cases WHERE kind = 'withdrawal to check'`,
  );
  assert.deepEqual(cases, { found: placed.length, elsewhere: 1000 - placed.length });
});

test('an order that is there costs the same statements as one that is not', async () => {
  const sent = async (reference: number, address: string) => {
    const names: string[] = [];
    const note = (message: unknown) => names.push((message as SentStatement).name);
    subscribe(statementChannel, note);
    await state(reference, address);
    unsubscribe(statementChannel, note);
    return names;
  };
  const there = await sent(placed[3] ?? 0, '198.51.100.1');
  const notThere = await sent(77_000_000, '198.51.101.1');
  assert.ok(there.length > 3, there.join(' '));
  assert.deepEqual(there, notThere);
});
