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

const coupon: TestLine = {
  spec_type: 'coupon',
  offer_code: 'DEMO',
  offer_number: 1,
  product_code: 'DEMO',
  period_length: 1,
  period_type: 'months',
  allow_access_product: 'DEMO',
  allow_access_seconds: 60,
};

const holders = { receiver: newKey(), completion: newKey(), mobile: newKey(), email: newKey() };
type Holder = { of_receiver: boolean; account: boolean; mobile: string | null; email: string | null };
const nobody: Holder = { of_receiver: false, account: false, mobile: null, email: null };

const payer = { mobile: holders.mobile, email: holders.email };
const byEmail = { kind: 'email', key: holders.completion } as const;
const receiverByMobile = { receiver_mobile_key: holders.receiver };
const holderTable: {
  name: string;
  line?: Partial<TestLine>;
  order: { payer?: typeof payer; completion?: { kind: 'mobile' | 'email'; key: Buffer } };
  hasAccount?: boolean;
  holder: Holder;
}[] = [
  {
    name: 'the payer by mobile and e-mail',
    order: { payer },
    holder: { ...nobody, mobile: 'mobile', email: 'email' },
  },
  { name: 'nobody yet', order: {}, holder: nobody },
  {
    name: 'the credential of the completion before the payer',
    order: { payer, completion: byEmail },
    holder: { ...nobody, email: 'completion' },
  },
  {
    name: 'a completion by mobile',
    order: { payer, completion: { kind: 'mobile', key: holders.completion } },
    holder: { ...nobody, mobile: 'completion' },
  },
  {
    name: 'the account before the completion',
    order: { payer, completion: byEmail },
    hasAccount: true,
    holder: { ...nobody, account: true },
  },
  {
    name: "the line's receiver before all",
    line: receiverByMobile,
    order: { payer, completion: byEmail },
    hasAccount: true,
    holder: { ...nobody, of_receiver: true, mobile: 'receiver' },
  },
  {
    name: "the line's receiver by e-mail",
    line: { receiver_email_key: holders.receiver },
    order: { payer },
    holder: { ...nobody, of_receiver: true, email: 'receiver' },
  },
];

async function holdersOf(event: OrderCompleted): Promise<Holder[]> {
  type Row = {
    of_receiver: boolean;
    account_id: number | null;
    mobile_key: Buffer | null;
    email_key: Buffer | null;
  };
  const rows = await fixture.rows<Row>(
    'SELECT DISTINCT of_receiver, account_id, mobile_key, email_key FROM grants WHERE order_id = $1',
    [event.orderId],
  );
  const nameOf = (key: Buffer | null) =>
    Object.entries(holders).find(([, held]) => key?.equals(held))?.[0] ?? null;
  return rows.map((row) => ({
    of_receiver: row.of_receiver,
    account: row.account_id !== null,
    mobile: nameOf(row.mobile_key),
    email: nameOf(row.email_key),
  }));
}

for (const { name, line, order, hasAccount, holder } of holderTable) {
  test(`holder: ${name}`, async () => {
    const publisherId = await fixture.addPublisher();
    const account = hasAccount ? await fixture.addAccount({ publisherId }) : undefined;
    const lines = [{ ...coupon, ...line }];
    const event = await fixture.addOrder({
      publisherId,
      lines,
      ...order,
      ...(account && { accountId: account.accountId }),
    });
    await complete(fixture, event);
    assert.deepEqual(await holdersOf(event), [holder], 'temporary and bought grants have the same holder');
    const [grants] = await fixture.rows<{ count: number }>(
      'SELECT count(*) FROM grants WHERE order_id = $1',
      [event.orderId],
    );
    assert.equal(grants?.count, 2);
  });
}
