import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { orderId } from '../kit/ids.ts';
import { type MoneyFixture, openMoneyFixture } from '../testing/money.ts';
import { receiveStatement } from './receive-statement.ts';
import { receiveWithdrawal } from './receive-withdrawal.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

const statementOf = (orderReference: string, receiptTo = 'anybody@example.com') => ({
  publisher: node.client.publisher,
  orderReference,
  named: undefined,
  name: 'Kari Nordmann',
  receiptTo,
  language: 'nb',
  statedAt: undefined,
  remark: undefined,
});
const state = (reference: number | string, address = '192.0.2.1', receiptTo?: string) =>
  receiveStatement(node.context, statementOf(String(reference), receiptTo), address);

/** The reader of the order says so, from its own address. */
const confirm = (id: number) =>
  node.context.database.transaction('test', (transaction) =>
    receiveWithdrawal(transaction, statementOf(String(id)), { id: orderId(id), proof: 'link' }),
  );

test('without proof it is kept with a case, and nothing moves; confirmed, it counts from its own day', async () => {
  const id = await fixture.captured([60]);
  const stated = await state(` ${id} `);
  assert.deepEqual([stated?.order_id, stated?.state, stated?.reason], [id, 'to_check', 'not proven']);
  assert.deepEqual(await fixture.caseStates(id), ['withdrawal to check open']);
  await node.runJobs();
  assert.equal((await fixture.booksOf(id)).refunded, 0);
  await node.advance(20 * 86_400);
  const confirmed = await confirm(id);
  assert.deepEqual([confirmed.state, confirmed.stated_at], ['accepted', stated?.stated_at]);
  assert.deepEqual(await fixture.caseStates(id), ['withdrawal to check resolved']);
  await node.runJobs();
  assert.equal((await fixture.booksOf(id)).refunded, 6000);
  const { withdrawals } = (await node.get(`/capi/v1/client/order/${id}/withdrawals`)).body as {
    withdrawals: { state: string }[];
  };
  assert.deepEqual(
    withdrawals.map((one) => one.state),
    ['accepted', 'repeated'],
  );
});

test('confirmed after the days, with nothing stated before, it waits for a person', async () => {
  const id = await fixture.captured([60]);
  await node.advance(20 * 86_400);
  assert.deepEqual([(await confirm(id)).reason], ['too late']);
});

test('the number of the site names the order too, and a number of nobody is kept with a case of its own', async () => {
  const id = await fixture.captured([60], { externalOrderId: 'site-77' });
  assert.equal((await state('site-77', '192.0.2.9'))?.order_id, id);
  const [one, other] = [await state('site-78', '192.0.2.9'), await state('999999999999', '192.0.2.9')];
  for (const row of [one, other]) {
    assert.deepEqual([row?.order_id, row?.reason], [null, 'order unknown']);
    const [open] = await node.rows<{ case_id: number }>(
      "SELECT case_id FROM cases WHERE withdrawal_id = $1 AND state = 'open'",
      [row?.withdrawal_id],
    );
    const path = `/capi/v1/client/cases/${open?.case_id}/resolve`;
    const accepted = await node.post(path, { outcome: 'accepted', evidence: 'asked' });
    assert.deepEqual([accepted.status, accepted.body['code']], [409, 'case_outcome_does_not_fit']);
    assert.equal((await node.post(path, { outcome: 'dismissed', evidence: 'asked' })).status, 200);
  }
  const open = (await node.get('/capi/v1/client/withdrawals?state=to_check')).body['withdrawals'];
  assert.ok(!(open as { orderReference: string }[]).some((row) => row.orderReference === 'site-78'));
});

test('one network states ten times an hour, whatever it names', async () => {
  const id = await fixture.captured([60]);
  const answers = [];
  for (let time = 0; time < 12; time += 1)
    answers.push(await state(time % 2 ? id : 900_000 + time, '198.51.100.7', `a${time}@example.com`));
  assert.equal(answers.filter((row) => row !== undefined).length, 10);
  assert.ok(await state(id, '203.0.113.7'));
  await node.advance(3601);
  assert.ok(await state(id, '198.51.100.7'));
});

test('one network has ten receipts a day written to one address, and others have theirs', async () => {
  const id = await fixture.captured([60]);
  const answers = [];
  for (let time = 0; time < 12; time += 1) {
    if (time === 6) await node.advance(3601);
    answers.push(await state(id, '198.51.77.7', time % 2 ? 'Victim@Example.com' : 'victim@example.com'));
  }
  assert.equal(answers.filter((row) => row !== undefined).length, 10);
  assert.ok(await state(id, '198.51.77.7', 'another@example.com'));
  assert.ok(await state(id, '203.0.77.7', 'victim@example.com'));
  await node.advance(86_401);
  assert.ok(await state(id, '198.51.77.7', 'victim@example.com'));
});
