import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sweepCaptureDue } from './sweep-capture-due.ts';
import { sweepOperations } from './sweep-operations.ts';
import { type MoneyHouse, openMoneyHouse } from './test-money.ts';

let house: MoneyHouse;
let node: MoneyHouse['node'];
before(async () => {
  house = await openMoneyHouse();
  node = house.node;
});
after(() => house.close());
beforeEach(() => house.provider.reset());

const inHours = (hours: number) => new Date(node.context.clock.now().getTime() + hours * 3_600_000);

test('each line is captured by the rule of its offer: with the access, at the start, or by API', async () => {
  const orderId = await house.reserved([50, 30, 20, 10], ['access', inHours(5), 'dispatched', 'by hand']);
  assert.equal((await house.booksOf(orderId)).captured, 5000);
  assert.deepEqual(await house.operationsOf(orderId), ['capture succeeded 5000', 'capture created 3000']);
  await node.advance(6 * 3600);
  await node.runJobs();
  assert.equal((await house.booksOf(orderId)).captured, 8000);
  const one = await house.capture(orderId, { lines: [3] });
  assert.deepEqual([one.status, one.body['captured'], one.body['pending']], [202, 80, 20]);
  await node.runJobs();
  const rest = await house.capture(orderId);
  assert.deepEqual(
    (rest.body['operations'] as { amount: number }[]).map((each) => each.amount),
    [10],
  );
  await node.runJobs();
  assert.equal((await house.booksOf(orderId)).captured, 11_000);
  const more = await house.capture(orderId);
  assert.deepEqual([more.status, more.body['code']], [409, 'nothing_to_capture']);
  const lines = (await house.show(orderId))['orderLines'] as { captured: number }[];
  assert.deepEqual(
    lines.map((line) => line.captured),
    [50, 30, 20, 10],
  );
});

test('a capture that is planned for later is carried out when it is asked for, once', async () => {
  const orderId = await house.reserved([30], [inHours(48)]);
  assert.equal((await house.capture(orderId)).status, 202);
  await node.runJobs();
  await node.advance(72 * 3600);
  await node.runJobs();
  assert.deepEqual(await house.operationsOf(orderId), ['capture succeeded 3000']);
  assert.equal((await house.booksOf(orderId)).captured, 3000);
});

test('32 captures at once take what is reserved once', async () => {
  const orderId = await house.reserved([30], ['dispatched']);
  const replies = await Promise.all(Array.from({ length: 32 }, () => house.capture(orderId)));
  assert.equal(replies.filter((one) => one.status === 202).length, 1);
  assert.ok(replies.every((one) => one.status === 202 || one.body['code'] === 'nothing_to_capture'));
  await node.runJobs();
  assert.equal((await house.booksOf(orderId)).captured, 3000);
});

test('what cannot be captured is refused: unknown lines, orders that are not completed, and another key', async () => {
  const orderId = await house.reserved([30], ['dispatched']);
  const unknown = await house.capture(orderId, { lines: [2] });
  assert.deepEqual([unknown.status, unknown.body['code']], [400, 'input_is_invalid']);
  assert.equal((await house.capture(99)).status, 404);
  const key = { 'idempotency-key': 'capture-1' };
  const first = await house.capture(orderId, { lines: [1] }, key);
  const again = await house.capture(orderId, { lines: [1] }, key);
  assert.deepEqual(again.body, first.body);
  assert.equal((await house.capture(orderId, {}, key)).status, 422);
});

async function setDeadline(orderId: number, hours: number): Promise<void> {
  await node.rows(
    `UPDATE payment_attempts SET capture_before = leveret_now() + $2 * interval '1 hour'
     WHERE order_id = $1 RETURNING 1 AS one`,
    [orderId, hours],
  );
}

test('a deadline that comes near opens one case, unless the money is taken or will be', async () => {
  const waiting = await house.reserved([30], ['dispatched']);
  const planned = await house.reserved([30], [inHours(20)]);
  const tooLate = await house.reserved([30], [inHours(200)]);
  for (const orderId of [waiting, planned, tooLate]) await setDeadline(orderId, 70);
  await sweepCaptureDue(node.context);
  assert.deepEqual(await house.caseStates(waiting), []);
  for (const orderId of [waiting, planned, tooLate]) await setDeadline(orderId, 23);
  await Promise.all([sweepCaptureDue(node.context), sweepCaptureDue(node.context)]);
  await sweepCaptureDue(node.context);
  assert.deepEqual(await house.caseStates(waiting), ['capture due open']);
  assert.deepEqual(await house.caseStates(tooLate), ['capture due open']);
  assert.deepEqual(await house.caseStates(planned), []);
  await house.capture(waiting);
  await node.runJobs();
  assert.deepEqual(await house.caseStates(waiting), ['capture due resolved']);
});

test('an operation that lost its job gets it again', async () => {
  const orderId = await house.reserved([30], ['dispatched']);
  await house.capture(orderId);
  await node.rows("DELETE FROM jobs WHERE name = 'run-operation' RETURNING job_id");
  await node.advance(120);
  await sweepOperations(node.context);
  await node.runJobs();
  assert.equal((await house.booksOf(orderId)).captured, 3000);
});
