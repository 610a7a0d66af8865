import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { complete, openTestFixture, type TestFixture, type TestLine } from '../testing/orders.ts';

let fixture: TestFixture;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());

const coupon: TestLine = { spec_type: 'coupon', offer_code: 'DEMO', offer_number: 1, product_code: 'DEMO' };

/** Start and end as instants; the end is what the publisher's calendar says. */
const calendar: [string, string, number, string, string, string][] = [
  ['a month', '2027-01-15T12:00:00+01:00', 1, 'months', 'Europe/Oslo', '2027-02-15T12:00:00+01:00'],
  [
    'a month from its last day',
    '2027-01-31T00:00:00+01:00',
    1,
    'months',
    'Europe/Oslo',
    '2027-02-28T00:00:00+01:00',
  ],
  [
    'a month into summer time',
    '2027-03-15T12:00:00+01:00',
    1,
    'months',
    'Europe/Oslo',
    '2027-04-15T12:00:00+02:00',
  ],
  [
    'three days over the end of it',
    '2027-10-30T00:00:00+02:00',
    3,
    'days',
    'Europe/Oslo',
    '2027-11-02T00:00:00+01:00',
  ],
  [
    'two weeks in Finland',
    '2027-03-20T08:00:00+02:00',
    2,
    'weeks',
    'Europe/Helsinki',
    '2027-04-03T08:00:00+03:00',
  ],
  [
    'a year from a leap day',
    '2028-02-29T10:00:00+01:00',
    1,
    'years',
    'Europe/Oslo',
    '2029-02-28T10:00:00+01:00',
  ],
  [
    'a month at a day that differs in UTC',
    '2027-01-30T23:30:00Z',
    1,
    'months',
    'Europe/Oslo',
    '2027-02-27T23:30:00Z',
  ],
];

for (const [name, starts_at, period_length, period_type, timeZone, end] of calendar) {
  test(`the first period: ${name}`, async () => {
    const publisherId = await fixture.addPublisher({ timeZone });
    const line = { ...coupon, starts_at, period_length, period_type };
    const event = await fixture.addOrder({ publisherId, lines: [line] });
    await complete(fixture, event);
    const rows = await fixture.rows<{ period_number: number; starts_at: Date; ends_at: Date }>(
      `SELECT period_number, starts_at, ends_at
       FROM subscription_periods JOIN subscriptions USING (subscription_id)
       WHERE order_id = $1`,
      [event.orderId],
    );
    assert.deepEqual(rows, [{ period_number: 1, starts_at: new Date(starts_at), ends_at: new Date(end) }]);
  });
}

test('starts now where the line names no date, keeps what was bought, and reports it', async () => {
  const publisherId = await fixture.addPublisher();
  const line = { ...coupon, period_length: 1, period_type: 'months' };
  const event = await fixture.addOrder({ publisherId, lines: [line, line], customerNumber: 7 });
  fixture.events.length = 0;
  await complete(fixture, event);
  const rows = await fixture.rows<{ subscription_id: number; is_now: boolean }>(
    `SELECT subscription_id, line_number, customer_number, product_code, offer_code, offer_number, stopped_at,
       abs(extract(epoch FROM leveret_now() - started_at)) < 60 AS is_now
     FROM subscriptions WHERE order_id = $1 ORDER BY line_number`,
    [event.orderId],
  );
  const same = {
    customer_number: 7,
    product_code: 'DEMO',
    offer_code: 'DEMO',
    offer_number: 1,
    stopped_at: null,
  };
  assert.deepEqual(
    rows.map(({ subscription_id: _id, ...row }) => row),
    [1, 2].map((line_number) => ({ ...same, line_number, is_now: true })),
  );
  assert.deepEqual(
    fixture.events,
    rows.map((row) => ({
      name: 'subscription period started',
      publisherId,
      orderId: event.orderId,
      subscriptionId: row.subscription_id,
      periodNumber: 1,
    })),
  );
});

test('nothing starts where subscriptions live elsewhere, or for lines that are no subscription', async () => {
  const elsewhere = await fixture.addPublisher({ settings: { subscriptionsLive: 'elsewhere' } });
  const here = await fixture.addPublisher({ settings: { subscriptionsLive: 'here' } });
  const line = { ...coupon, period_length: 1, period_type: 'months' };
  const events = [
    await fixture.addOrder({ publisherId: elsewhere, lines: [line] }),
    await fixture.addOrder({
      publisherId: here,
      lines: [coupon, { ...line, spec_type: 'issue', issue_code: '47' }],
    }),
  ];
  await complete(fixture, ...events);
  const rows = await fixture.rows('SELECT FROM subscriptions WHERE order_id = ANY ($1::bigint[])', [
    events.map((event) => event.orderId),
  ]);
  assert.equal(rows.length, 0);
});

test('run twice, and by 64 at once, a subscription starts once and is reported once', async () => {
  const publisherId = await fixture.addPublisher();
  const line = { ...coupon, period_length: 1, period_type: 'months' };
  const event = await fixture.addOrder({ publisherId, lines: [line] });
  fixture.events.length = 0;
  await Promise.all(Array.from({ length: 64 }, () => complete(fixture, event, event)));
  const rows = await fixture.rows(
    'SELECT FROM subscription_periods JOIN subscriptions USING (subscription_id) WHERE order_id = $1',
    [event.orderId],
  );
  assert.equal(rows.length, 1);
  assert.equal(fixture.events.length, 1);
});
