import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { sweepCaptureDue } from './sweep-capture-due.ts';
import { sweepOperations } from './sweep-operations.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

const inHours = (hours: number) => new Date(node.context.clock.now().getTime() + hours * 3_600_000);

test('each line is captured by the rule of its offer: with the access, at the start, or by API', async () => {
  const orderId = await fixture.reserved([50, 30, 20, 10], ['access', inHours(5), 'dispatched', 'by hand']);
  assert.equal((await fixture.booksOf(orderId)).captured, 5000);
  assert.deepEqual(await fixture.operationsOf(orderId), ['capture succeeded 5000', 'capture created 3000']);
  await node.advance(6 * 3600);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 8000);
  const one = await fixture.capture(orderId, { lines: [3] });
  assert.deepEqual([one.status, one.body['captured'], one.body['pending']], [202, 80, 20]);
  await node.runJobs();
  const rest = await fixture.capture(orderId);
  assert.deepEqual(
    (rest.body['operations'] as { amount: number }[]).map((each) => each.amount),
    [10],
  );
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 11_000);
  const more = await fixture.capture(orderId);
  assert.deepEqual([more.status, more.body['code']], [409, 'nothing_to_capture']);
  const lines = (await fixture.show(orderId))['orderLines'] as { captured: number }[];
  assert.deepEqual(
    lines.map((line) => line.captured),
    [50, 30, 20, 10],
  );
});

const manual = (count: number) => Array<string>(count).fill('by hand');

test('an amount is captured, then another, and never more than is reserved', async () => {
  const orderId = await fixture.reserved([350, 250], manual(2));
  const first = await fixture.capture(orderId, { amount: 200 });
  assert.deepEqual([first.status, first.body['captured'], first.body['pending']], [202, 0, 200]);
  const beyond = await fixture.capture(orderId, { amount: 400.01 });
  assert.deepEqual([beyond.status, beyond.body['code']], [409, 'capture_exceeds_reservation']);
  assert.equal(beyond.body['detail'], 'The order has 400.00 NOK left to capture.');
  assert.equal((await fixture.capture(orderId, { amount: 150 })).status, 202);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), [
    'capture succeeded 20000',
    'capture succeeded 15000',
  ]);
  assert.equal((await fixture.capture(orderId)).status, 202);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 60_000);
});

test('two captures of 400 of 600 at once: one is accepted, the other refused', async () => {
  const orderId = await fixture.reserved([600], manual(1));
  const replies = await Promise.all([1, 2, 3].map(() => fixture.capture(orderId, { amount: 400 })));
  assert.deepEqual(
    replies.map((one) => one.status).toSorted((one, other) => one - other),
    [202, 409, 409],
  );
  const codes = replies.flatMap((one) => (one.status === 409 ? one.body['code'] : []));
  assert.deepEqual(codes, ['capture_exceeds_reservation', 'capture_exceeds_reservation']);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 40_000);
});

test('an amount makes room for itself in what is planned, and the rest of that is captured on its day', async () => {
  const orderId = await fixture.reserved([300, 300], ['by hand', inHours(48)]);
  assert.equal((await fixture.capture(orderId, { amount: 400 })).status, 202);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 40_000);
  const part = await fixture.capture(orderId, { lines: [{ lineNumber: 2, amount: 50 }] });
  assert.equal(part.status, 202, JSON.stringify(part.body));
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 45_000);
  await node.advance(72 * 3600);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 60_000);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});

test('a part that leaves less than the provider captures is refused before anything is planned anew', async () => {
  const orderId = await fixture.reserved([0.5, 300], ['by hand', inHours(48)]);
  for (const body of [{ lines: [{ lineNumber: 2, amount: 299.5 }] }, { amount: 300 }, { lines: [1] }]) {
    const reply = await fixture.capture(orderId, body);
    assert.deepEqual([reply.status, reply.body['code']], [400, 'amount_is_invalid'], JSON.stringify(body));
  }
  assert.deepEqual(await fixture.operationsOf(orderId), ['capture created 30000']);
  assert.equal((await fixture.capture(orderId)).status, 202);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['capture failed 30000', 'capture succeeded 30050']);
  assert.equal((await fixture.booksOf(orderId)).captured, 30_050);
});

test('after a part was captured, a refund gives that back and releases the rest', async () => {
  const orderId = await fixture.reserved([600], manual(1));
  await fixture.capture(orderId, { amount: 200 });
  await node.runJobs();
  assert.equal((await fixture.refund(orderId)).status, 202);
  await node.runJobs();
  const { captured, refunded, cancelled } = await fixture.booksOf(orderId);
  assert.deepEqual([captured, refunded, cancelled], [20_000, 20_000, 40_000]);
});

test('an amount of which some is on its way to be given up is refused beyond what is free', async () => {
  const orderId = await fixture.reserved([600], manual(1));
  assert.equal((await fixture.refund(orderId, { amount: 200 })).status, 202);
  const beyond = await fixture.capture(orderId, { amount: 401 });
  assert.equal(beyond.body['detail'], 'The order has 400.00 NOK left to capture.');
  assert.equal((await fixture.capture(orderId, { amount: 400 })).status, 202);
  await node.runJobs();
  const { captured, cancelled } = await fixture.booksOf(orderId);
  assert.deepEqual([captured, cancelled], [40_000, 20_000]);
});

test('a capture of a part whose answer is lost is made again under the same reference', async () => {
  const orderId = await fixture.reserved([600], manual(1));
  fixture.provider.willAnswer('capture', 'lost', 'lost');
  await fixture.capture(orderId, { amount: 200 });
  await fixture.capture(orderId, { amount: 100 });
  await fixture.waitOut();
  const { reference, captured } = await fixture.booksOf(orderId);
  assert.deepEqual([captured, fixture.provider.moneyOf(reference)?.capturedMinor], [30_000, 30_000]);
  const captures = fixture.provider.calls.filter((call) => call.kind === 'capture');
  assert.ok(captures.length > 2);
  assert.equal(new Set(captures.map((call) => call.reference)).size, 2);
});

test('a method that captures all or nothing refuses a part', async () => {
  const orderId = await fixture.reserved([300, 300], manual(2), { paymentMethod: 'swishPayex' });
  for (const body of [{ amount: 200 }, { lines: [1] }, { lines: [{ lineNumber: 2, amount: 1 }] }]) {
    const reply = await fixture.capture(orderId, body);
    assert.deepEqual([reply.status, reply.body['code']], [409, 'capture_must_be_whole']);
  }
  assert.equal((await fixture.capture(orderId, { amount: 600 })).status, 202);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 60_000);
});

test('a capture that cannot be meant is refused, and names its field', async () => {
  const orderId = await fixture.reserved([600], manual(1));
  const wrong: [object, string, string][] = [
    [{ amount: 0 }, 'amount_is_invalid', 'amount'],
    [{ amount: -200 }, 'amount_is_invalid', 'amount'],
    [{ amount: 200.001 }, 'amount_is_invalid', 'amount'],
    [{ amount: 200, lines: [1] }, 'input_is_invalid', 'amount'],
    [{ lines: [{ lineNumber: 2 }] }, 'input_is_invalid', 'lines[0].lineNumber'],
    [{ lines: [{ lineNumber: 1, amount: 0 }] }, 'amount_is_invalid', 'lines[0].amount'],
    [{ lines: [1, 1] }, 'input_is_invalid', 'lines[1]'],
  ];
  for (const [body, code, field] of wrong) {
    const reply = await fixture.capture(orderId, body);
    assert.deepEqual([reply.status, reply.body['code']], [400, code], JSON.stringify(body));
    assert.deepEqual(
      (reply.body['fields'] as { field: string }[]).map((one) => one.field),
      [field],
    );
  }
  assert.deepEqual(await fixture.operationsOf(orderId), []);
});

test('a capture that is planned for later is carried out when it is asked for, once', async () => {
  const orderId = await fixture.reserved([30], [inHours(48)]);
  assert.equal((await fixture.capture(orderId)).status, 202);
  await node.runJobs();
  await node.advance(72 * 3600);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['capture succeeded 3000']);
  assert.equal((await fixture.booksOf(orderId)).captured, 3000);
});

test('32 captures at once take what is reserved once', async () => {
  const orderId = await fixture.reserved([30], ['dispatched']);
  const replies = await Promise.all(Array.from({ length: 32 }, () => fixture.capture(orderId)));
  assert.equal(replies.filter((one) => one.status === 202).length, 1);
  assert.ok(replies.every((one) => one.status === 202 || one.body['code'] === 'nothing_to_capture'));
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 3000);
});

test('what cannot be captured is refused: unknown lines, orders that are not completed, and another key', async () => {
  const orderId = await fixture.reserved([30], ['dispatched']);
  const unknown = await fixture.capture(orderId, { lines: [2] });
  assert.deepEqual([unknown.status, unknown.body['code']], [400, 'input_is_invalid']);
  assert.equal((await fixture.capture(99)).status, 404);
  const key = { 'idempotency-key': 'capture-1' };
  const first = await fixture.capture(orderId, { lines: [1] }, key);
  const again = await fixture.capture(orderId, { lines: [1] }, key);
  assert.deepEqual(again.body, first.body);
  assert.equal((await fixture.capture(orderId, {}, key)).status, 422);
});

async function setDeadline(orderId: number, hours: number): Promise<void> {
  await node.rows(
    `UPDATE payment_attempts SET capture_before = leveret_now() + $2 * interval '1 hour'
     WHERE order_id = $1 RETURNING 1 AS one`,
    [orderId, hours],
  );
}

test('a deadline that comes near opens one case, unless the money is taken or will be', async () => {
  const waiting = await fixture.reserved([30], ['dispatched']);
  const planned = await fixture.reserved([30], [inHours(20)]);
  const tooLate = await fixture.reserved([30], [inHours(200)]);
  for (const orderId of [waiting, planned, tooLate]) await setDeadline(orderId, 70);
  await sweepCaptureDue(node.context);
  assert.deepEqual(await fixture.caseStates(waiting), []);
  for (const orderId of [waiting, planned, tooLate]) await setDeadline(orderId, 23);
  await Promise.all([sweepCaptureDue(node.context), sweepCaptureDue(node.context)]);
  await sweepCaptureDue(node.context);
  assert.deepEqual(await fixture.caseStates(waiting), ['capture due open']);
  assert.deepEqual(await fixture.caseStates(tooLate), ['capture due open']);
  assert.deepEqual(await fixture.caseStates(planned), []);
  await fixture.capture(waiting);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(waiting), ['capture due resolved']);
});

test('an operation that lost its job gets it again', async () => {
  const orderId = await fixture.reserved([30], ['dispatched']);
  await fixture.capture(orderId);
  await node.rows("DELETE FROM jobs WHERE name = 'run-operation' RETURNING job_id");
  await node.advance(120);
  await sweepOperations(node.context);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 3000);
});
