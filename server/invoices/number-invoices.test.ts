import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { PublisherId } from '../kit/ids.ts';
import { complete, type OrderCompleted, openTestFixture, type TestFixture } from '../testing/orders.ts';
import { kidOf } from './kid.ts';
import { numberInvoice, numberInvoices, numberInvoicesJob } from './number-invoices.ts';

let fixture: TestFixture;
let publisherId: PublisherId;
before(async () => {
  fixture = await openTestFixture();
});
beforeEach(async () => {
  publisherId = await fixture.addPublisher({ settings: { invoiceDueDays: 10 } });
});
after(() => fixture.close());

const lines = [{ spec_type: 'product' as const, product_code: 'GUIDE' }];

async function bill(count: number, publisher = publisherId): Promise<OrderCompleted[]> {
  const events: OrderCompleted[] = [];
  for (let made = 0; made < count; made += 1) {
    events.push(await fixture.addOrder({ publisherId: publisher, lines, paymentMethod: 'invoice' }));
  }
  await complete(fixture, ...events);
  return events;
}

function numbersOf(publisher: PublisherId): Promise<{ invoice_number: number | null; kid: string | null }[]> {
  return fixture.rows(
    'SELECT invoice_number, kid FROM invoices WHERE publisher_id = $1 ORDER BY invoice_id',
    [publisher],
  );
}

test('an order by invoice is drafted once, with its amount; others are not', async () => {
  const [event] = await bill(1);
  assert.ok(event);
  await Promise.all(Array.from({ length: 64 }, () => complete(fixture, event, event)));
  await complete(fixture, await fixture.addOrder({ publisherId, lines, paymentMethod: 'sms' }));
  const rows = await fixture.rows(
    'SELECT order_id, state, amount_minor, currency, customer_number FROM invoices',
  );
  assert.deepEqual(rows, [
    { order_id: event.orderId, state: 'draft', amount_minor: 9900, currency: 'NOK', customer_number: 1 },
  ]);
});

test('numbers are given in order, without a gap, by however many at once', async () => {
  const other = await fixture.addPublisher();
  await bill(20);
  await bill(3, other);
  const counts = await Promise.all(Array.from({ length: 16 }, () => numberInvoices(fixture, publisherId)));
  assert.equal(
    counts.reduce((sum, count) => sum + count),
    20,
  );
  await bill(5);
  await numberInvoices(fixture, publisherId);
  assert.equal(await numberInvoices(fixture, publisherId), 0);
  const expected = Array.from({ length: 25 }, (_, index) => ({
    invoice_number: index + 1,
    kid: kidOf(index + 1),
  }));
  assert.deepEqual(await numbersOf(publisherId), expected);
  assert.ok((await numbersOf(other)).every((row) => row.invoice_number === null));
});

test('a failure after the lock gives no number away', async () => {
  await bill(2);
  const broken = {
    ...fixture.database,
    transaction: ((name, work) =>
      fixture.database.transaction(name, async (transaction) => {
        await work(transaction);
        throw new Error('the node stops before the commit');
      })) as typeof fixture.database.transaction,
  };
  await assert.rejects(numberInvoices({ database: broken }, publisherId));
  await numberInvoices(fixture, publisherId);
  assert.deepEqual(
    (await numbersOf(publisherId)).map((row) => row.invoice_number),
    [1, 2],
  );
});

test("the due date is counted from the publisher's own day", async () => {
  const oslo = await fixture.addPublisher({ settings: { invoiceDueDays: 10 }, timeZone: 'Europe/Oslo' });
  const reykjavik = await fixture.addPublisher({ timeZone: 'Atlantic/Reykjavik' });
  await fixture.setNow('2030-01-31T23:30:00Z');
  for (const publisher of [oslo, reykjavik]) {
    await bill(1, publisher);
    await numberInvoices(fixture, publisher);
  }
  const rows = await fixture.rows<{ due_on: string; state: string }>(
    `SELECT due_on::text AS due_on, state FROM invoices
     WHERE publisher_id = ANY ($1::integer[]) ORDER BY publisher_id`,
    [[oslo, reykjavik]],
  );
  assert.deepEqual(rows, [
    { due_on: '2030-02-11', state: 'issued' },
    { due_on: '2030-02-14', state: 'issued' },
  ]);
});

test('one job for each publisher follows orders by invoice, and runs until no draft is left', async () => {
  const [event] = await bill(1);
  assert.ok(event);
  const job = numberInvoice.jobFor(event);
  assert.deepEqual(job, {
    name: 'number-invoices',
    publisherId,
    key: String(publisherId),
    arguments: { publisherId },
  });
  assert.equal(numberInvoice.jobFor({ ...event, paymentMethod: 'sms' }), undefined);
  const claimed = { jobId: 1, lane: 'number-invoices', failures: 0, isHeld: () => Promise.resolve(true) };
  const result = await numberInvoicesJob.run(fixture, {
    ...claimed,
    name: 'number-invoices',
    arguments: { publisherId },
  });
  assert.deepEqual(result, { kind: 'done' });
  assert.equal((await numbersOf(publisherId))[0]?.invoice_number, 1);
});
