import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { ensurePayment, lockOrder, type PaymentFlow } from './attempts-store.ts';
import { insertAttempt } from './insert-attempt.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

type Guest = { id: string; windowMinutes: number };
type Written = { attempt: string; operation: string; isSent: boolean; held: number | null };

/** How an attempt begins, and what is written of it before its provider hears of it. */
const cases: [string, { flow: PaymentFlow; hasCode?: boolean; guest?: Guest }, Written][] = [
  [
    'charged by us: its call is still to be claimed',
    { flow: 'direct' },
    { attempt: 'created direct', operation: 'charge created', isSent: false, held: null },
  ],
  [
    'charged by us, where a code could confirm: the same',
    { flow: 'direct', hasCode: true },
    { attempt: 'created direct', operation: 'charge created', isSent: false, held: null },
  ],
  [
    'a session in the browser: claimed at once, since it takes no money by itself',
    { flow: 'browser' },
    { attempt: 'sent browser', operation: 'authorize sent', isSent: true, held: null },
  ],
  [
    'confirmed by a code: charged by a call that is claimed when it is typed',
    { flow: 'browser', hasCode: true },
    { attempt: 'created browser', operation: 'charge created', isSent: false, held: null },
  ],
  [
    'of a guest, who holds the order for a while',
    { flow: 'browser', guest: { id: 'guest-1', windowMinutes: 20 } },
    { attempt: 'sent browser', operation: 'authorize sent', isSent: true, held: 20 },
  ],
];

for (const [name, { flow, hasCode, guest }, expected] of cases) {
  test(`an attempt ${name}`, async () => {
    const { publisherId } = node.client.publisher;
    const orderId = await fixture.ordered();
    const configured = node.context.methods.findByAdapter(publisherId, 'test-reserving', '');
    assert.ok(configured);
    const confirm = () => Promise.resolve({ meaning: 'pending', raw: '' } as const);
    const method = { ...configured.method, ...(hasCode && { confirm }) };
    const how = { flow, returnPage: '/page', ...(guest && { guest }) };
    const written = await node.context.database.transaction('test', async (transaction) => {
      const order = await lockOrder(transaction, publisherId, orderId);
      assert.ok(order);
      const { payment_id: paymentId } = await ensurePayment(transaction, order, 30, flow);
      return insertAttempt(transaction, order, paymentId, { ...configured, method }, how);
    });
    const [row] = await node.rows<Record<string, unknown>>(
      `SELECT attempts.state || ' ' || flow AS attempt, kind || ' ' || operations.state AS operation,
         sent_at IS NOT NULL AS "isSent", amount_minor AS "amountMinor", attempts.order_id AS "orderId",
         round(extract(epoch FROM held_until - leveret_now()) / 60)::integer AS held, guest_id AS "guestId",
         attempts.reference, operations.reference AS named, notice_token AS "noticeToken",
         return_page AS "returnPage", pinned
       FROM payment_attempts attempts JOIN payment_operations operations USING (attempt_id)
       WHERE attempt_id = $1`,
      [written.attemptId],
    );
    assert.deepEqual(row, {
      ...expected,
      amountMinor: 10_000,
      orderId,
      guestId: guest?.id ?? null,
      reference: written.reference,
      named: written.reference,
      noticeToken: written.noticeToken,
      returnPage: '/page',
      pinned: { baseUrl: fixture.provider.url },
    });
  });
}
