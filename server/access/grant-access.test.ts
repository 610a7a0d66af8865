import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  complete,
  newKey,
  type OrderCompleted,
  openTestFixture,
  type TestFixture,
  type TestLine,
} from '../testing/orders.ts';

let fixture: TestFixture;
before(async () => {
  fixture = await openTestFixture();
});
after(() => fixture.close());

type Grant = {
  line_number: number;
  kind: string;
  product_code: string | null;
  issue_code: string | null;
  article_ref: string | null;
  category_type: string | null;
  seconds: number | null;
  from_now: number;
};

async function grantsOf(event: OrderCompleted): Promise<Partial<Grant>[]> {
  const rows = await fixture.rows<Grant>(
    `SELECT line_number, kind, product_code, issue_code, article_ref, category_type,
       extract(epoch FROM ends_at - starts_at)::float8 AS seconds,
       round(extract(epoch FROM starts_at - leveret_now()))::float8 AS from_now
     FROM grants WHERE order_id = $1 ORDER BY line_number, kind DESC`,
    [event.orderId],
  );
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== null && name !== 'from_now')),
  );
}

const coupon: TestLine = {
  spec_type: 'coupon',
  offer_code: 'DEMO',
  offer_number: 1,
  product_code: 'DEMO',
  period_length: 10,
  period_type: 'days',
};
const issue: TestLine = { ...coupon, spec_type: 'issue', issue_code: '2026-47' };
const elsewhere = { subscriptionsLive: 'elsewhere' };
const day = 86_400;

const temporaryTable: { name: string; line: TestLine; grants: Partial<Grant>[] }[] = [
  { name: 'a subscription line without fields', line: coupon, grants: [] },
  {
    name: 'a subscription line with product and seconds',
    line: { ...coupon, allow_access_product: 'DEMO', allow_access_seconds: 60 },
    grants: [{ line_number: 1, kind: 'temporary', product_code: 'DEMO', seconds: 60 }],
  },
  { name: 'a product without seconds', line: { ...coupon, allow_access_product: 'DEMO' }, grants: [] },
  { name: 'seconds without a product', line: { ...coupon, allow_access_seconds: 60 }, grants: [] },
  {
    name: 'a category without seconds',
    line: { ...coupon, allow_access_category_type: 'news' },
    grants: [{ line_number: 1, kind: 'temporary', category_type: 'news', seconds: day }],
  },
  {
    name: 'a category with seconds',
    line: { ...coupon, allow_access_category_type: 'news', allow_access_seconds: 5 },
    grants: [{ line_number: 1, kind: 'temporary', category_type: 'news', seconds: 5 }],
  },
  {
    name: 'a product and a category',
    line: {
      ...coupon,
      allow_access_product: 'DEMO',
      allow_access_category_type: 'news',
      allow_access_seconds: 5,
    },
    grants: [{ line_number: 1, kind: 'temporary', product_code: 'DEMO', category_type: 'news', seconds: 5 }],
  },
  {
    name: 'an issue under the product of allowAccessProduct',
    line: { ...issue, allow_access_product: 'DIGITAL' },
    grants: [
      { line_number: 1, kind: 'temporary', product_code: 'DIGITAL', issue_code: '2026-47', seconds: day },
    ],
  },
  {
    name: 'an issue by category',
    line: { ...issue, allow_access_category_type: 'news' },
    grants: [{ line_number: 1, kind: 'temporary', category_type: 'news', seconds: day }],
  },
  { name: 'an issue line without fields', line: issue, grants: [] },
  {
    name: 'a single product that opens another for a while',
    line: {
      spec_type: 'product',
      product_code: 'GUIDE',
      allow_access_product: 'DEMO',
      allow_access_seconds: 9,
    },
    grants: [{ line_number: 1, kind: 'temporary', product_code: 'DEMO', seconds: 9 }],
  },
  {
    name: 'an article for a while',
    line: { spec_type: 'article', article_ref: 'a-1', allow_access_seconds: 3600 },
    grants: [{ line_number: 1, kind: 'temporary', article_ref: 'a-1', seconds: 3600 }],
  },
  {
    name: 'an article and a product for a while',
    line: {
      spec_type: 'article',
      article_ref: 'a-1',
      allow_access_product: 'DEMO',
      allow_access_seconds: 9,
    },
    grants: [{ line_number: 1, kind: 'temporary', product_code: 'DEMO', article_ref: 'a-1', seconds: 9 }],
  },
  {
    name: 'an article that was to start long ago lasts as long from now on',
    line: {
      spec_type: 'article',
      article_ref: 'a-1',
      allow_access_seconds: 60,
      starts_at: '2020-01-01T00:00:00Z',
    },
    grants: [{ line_number: 1, kind: 'temporary', article_ref: 'a-1', seconds: 60 }],
  },
  {
    name: 'an article without seconds is not lent',
    line: { spec_type: 'article', article_ref: 'a-1' },
    grants: [],
  },
];

for (const { name, line, grants } of temporaryTable) {
  test(`temporary access: ${name}`, async () => {
    const publisherId = await fixture.addPublisher({ settings: elsewhere });
    const event = await fixture.addOrder({ publisherId, lines: [line], payer: { email: newKey() } });
    await complete(fixture, event);
    assert.deepEqual(await grantsOf(event), grants);
  });
}

const boughtTable: { name: string; line: TestLine; grant: Partial<Grant> }[] = [
  {
    name: 'a subscription, for its period',
    line: coupon,
    grant: { kind: 'bought', product_code: 'DEMO', seconds: 10 * day },
  },
  {
    name: 'a single product, for good',
    line: { spec_type: 'product', product_code: 'GUIDE' },
    grant: { kind: 'bought', product_code: 'GUIDE' },
  },
  {
    name: 'an issue, for good',
    line: issue,
    grant: { kind: 'bought', product_code: 'DEMO', issue_code: '2026-47' },
  },
  {
    name: 'an article and not its product',
    line: { spec_type: 'article', product_code: 'DEMO', article_ref: 'a-1' },
    grant: { kind: 'bought', article_ref: 'a-1' },
  },
  {
    name: 'an article for a while, which is lent and not bought as well',
    line: { spec_type: 'article', article_ref: 'a-1', allow_access_seconds: 60 },
    grant: { kind: 'temporary', article_ref: 'a-1', seconds: 60 },
  },
];

for (const { name, line, grant } of boughtTable) {
  test(`bought access: ${name}`, async () => {
    // Days, not months, and a zone without summer time: the length of the period is the same on every date.
    const publisherId = await fixture.addPublisher({ timeZone: 'UTC' });
    const event = await fixture.addOrder({ publisherId, lines: [line], payer: { email: newKey() } });
    await complete(fixture, event);
    assert.deepEqual(await grantsOf(event), [{ line_number: 1, ...grant }]);
  });
}

test('what is bought, and a lent article, start when the line says, other temporary access now', async () => {
  const publisherId = await fixture.addPublisher();
  const starts_at = '2030-03-01T00:00:00+01:00';
  const extra = { allow_access_product: 'DEMO', allow_access_seconds: 60 };
  const lines = [
    { ...coupon, ...extra, starts_at },
    { spec_type: 'product' as const, product_code: 'GUIDE', starts_at },
    { spec_type: 'article' as const, article_ref: 'a-1', allow_access_seconds: 60, starts_at },
  ];
  const event = await fixture.addOrder({ publisherId, lines });
  await complete(fixture, event);
  const rows = await fixture.rows<{ kind: string; starts_at: Date }>(
    `SELECT kind, starts_at FROM grants
     WHERE order_id = $1 AND starts_at = $2::timestamptz ORDER BY line_number`,
    [event.orderId, starts_at],
  );
  assert.deepEqual(
    rows.map((row) => row.kind),
    ['bought', 'bought', 'temporary'],
  );
  const [temporary] = await fixture.rows<{ is_now: boolean }>(
    `SELECT abs(extract(epoch FROM leveret_now() - starts_at)) < 60 AS is_now
     FROM grants WHERE order_id = $1 AND kind = 'temporary' AND line_number = 1`,
    [event.orderId],
  );
  assert.equal(temporary?.is_now, true);
});

test('an offer that the catalogue does not know starts no subscription and buys no period', async () => {
  const publisherId = await fixture.addPublisher();
  const line: TestLine = { spec_type: 'coupon', offer_code: 'X', offer_number: 1, product_code: 'X' };
  const event = await fixture.addOrder({ publisherId, lines: [line] });
  await complete(fixture, event);
  assert.deepEqual(await grantsOf(event), []);
});

test('the steps run twice, and by 64 at once, grant once', async () => {
  const publisherId = await fixture.addPublisher();
  const lines = [
    { ...coupon, allow_access_product: 'DEMO', allow_access_seconds: 60 },
    { spec_type: 'product' as const, product_code: 'GUIDE' },
  ];
  const orders = await Promise.all([1, 2, 3].map(() => fixture.addOrder({ publisherId, lines })));
  await complete(fixture, ...orders, ...orders);
  const first = await Promise.all(orders.map(grantsOf));
  await complete(fixture, ...orders);
  await Promise.all(Array.from({ length: 64 }, () => complete(fixture, ...orders)));
  assert.deepEqual(await Promise.all(orders.map(grantsOf)), first);
  assert.deepEqual(
    first.map((grants) => grants.length),
    [3, 3, 3],
  );
});

test("an event with another publisher's order grants nothing", async () => {
  const publisherId = await fixture.addPublisher();
  const other = await fixture.addPublisher();
  const lines = [{ spec_type: 'product' as const, product_code: 'GUIDE' }];
  const event = await fixture.addOrder({ publisherId, lines });
  await complete(fixture, { ...event, publisherId: other });
  assert.deepEqual(await grantsOf(event), []);
});

test('grants are reported to publishers with an endpoint for them, once, an event for each order', async () => {
  const endpoints: [string[], boolean, number][] = [
    [[], false, 1],
    [['access.granted'], false, 1],
    [['order.completed'], false, 0],
    [[], true, 0],
  ];
  const nobody = await fixture.addPublisher();
  const lent = { ...coupon, allow_access_product: 'DEMO', allow_access_seconds: 60 };
  for (const [eventNames, isDisabled, count] of endpoints) {
    const publisherId = await fixture.addPublisher();
    await fixture.rows(
      `INSERT INTO webhook_endpoints (publisher_id, client_id, url, host, event_names, sealed_secrets,
         disabled_at, created_at)
       VALUES ($1, 'x', 'https://x', 'x', $2, '', CASE WHEN $3 THEN leveret_now() END, leveret_now())`,
      [publisherId, eventNames, isDisabled],
    );
    const bought: TestLine = { spec_type: 'article', article_ref: '1' };
    const event = await fixture.addOrder({ publisherId, lines: [lent, bought] });
    const unsubscribed = await fixture.addOrder({ publisherId: nobody, lines: [lent] });
    fixture.events.length = 0;
    await complete(fixture, event, unsubscribed);
    await complete(fixture, event, unsubscribed);
    const ofLines = fixture.events.filter((one) => one.name === 'access granted' && 'grants' in one);
    const [first, ofPeriod] = ofLines as unknown as { orderId: number; grants: Record<string, unknown>[] }[];
    // The subscription's first period is granted by a step of its own.
    assert.equal(ofLines.length, count * 2, String(eventNames));
    if (count === 0) continue;
    assert.equal(first?.orderId, event.orderId);
    assert.deepEqual(
      first?.grants.map(({ lineNumber, kind, product, articleRef }) => [
        lineNumber,
        kind,
        product,
        articleRef,
      ]),
      [
        [1, 'temporary', 'DEMO', null],
        [2, 'bought', null, '1'],
      ],
    );
    assert.deepEqual(
      ofPeriod?.grants.map(({ lineNumber, kind }) => [lineNumber, kind]),
      [[1, 'bought']],
    );
  }
});
