import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { ensurePayment, lockOrder, markSent } from '../ledger/attempts-store.ts';
import { findAttempt } from '../ledger/find-attempt.ts';
import { insertAttempt } from '../ledger/insert-attempt.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import type { PaymentMethod } from '../port/payment-method.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { askAttempt } from './ask-attempt.ts';
import { lostCallSeconds } from './may-still-arrive.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

/** A charge that was claimed, and whose answer nobody has. */
async function sent() {
  const orderId = await register(node, smsOrder(undefined, { merchantId: 'strex' }));
  const about = orderOf({ publisherId: node.client.publisher.publisherId, orderId });
  const attemptId = await node.context.database.transaction('begin', async (transaction) => {
    const order = await lockOrder(transaction, about.publisherId, orderId);
    const configured = node.context.methods.find(about.publisherId, 'sms', 'strex');
    assert.ok(order && configured);
    const { payment_id: id } = await ensurePayment(transaction, order, 30, 'direct');
    const made = await insertAttempt(transaction, order, id, configured, { flow: 'direct' });
    await markSent(transaction, made.attemptId, 600);
    await transaction.report<PaymentEvent>([{ name: 'payment wanted', ...about, isSession: true }]);
    return made.attemptId;
  });
  return { ...about, attemptId };
}

const notSent: Evidence = { meaning: 'not_sent', code: 'not found', raw: '' };

/** Asks a provider that never had it, while something happens; answers how often it is charged again. */
async function chargesAgain(meanwhile?: Evidence): Promise<number> {
  const { publisherId, attemptId } = await sent();
  const found = await findAttempt(node.context, publisherId, attemptId);
  assert.ok(found?.configured);
  let charges = 0;
  const answers: Partial<PaymentMethod> = {
    async ask() {
      if (meanwhile) {
        const received = { publisherId, attemptId, source: 'question', evidence: meanwhile } as const;
        await node.context.database.transaction('meanwhile', (transaction) =>
          applyEvidence(node.context, transaction, received),
        );
      }
      return notSent;
    },
    async charge() {
      charges += 1;
      return { meaning: 'pending', raw: '' };
    },
  };
  const { configured } = found;
  const method = { ...configured.method, ...answers };
  await askAttempt(node.context, { ...found, configured: { ...configured, method } }, { givesUp: false });
  return charges;
}

const courses: [string, Evidence | undefined, number][] = [
  ['nothing else happens', undefined, 1],
  ['nobody knows more', { meaning: 'unknown', raw: '' }, 1],
  ['another runner drops it, so that a new one may be charged', notSent, 0],
  ['it is declined', { meaning: 'declined', raw: '' }, 0],
];

for (const [what, meanwhile, charges] of courses) {
  test(`a charge that never arrived is made again ${charges} times where ${what}`, async () => {
    assert.equal(await chargesAgain(meanwhile), charges);
  });
}

for (const givesUp of [false, true]) {
  const how = givesUp ? ', and is given up' : '';
  test(`a charge that the provider does not have${how} is dropped when it cannot arrive any more`, async () => {
    const { publisherId, attemptId } = await sent();
    const answers: Partial<PaymentMethod> = { chargeRepeats: false, ask: async () => notSent };
    const ask = async () => {
      const found = await findAttempt(node.context, publisherId, attemptId);
      assert.ok(found?.configured);
      const { configured } = found;
      const method = { ...configured.method, ...answers };
      return askAttempt(node.context, { ...found, configured: { ...configured, method } }, { givesUp });
    };
    assert.equal(await ask(), 'unknown');
    await node.advance(lostCallSeconds - 10);
    assert.equal(await ask(), 'unknown');
    await node.advance(10);
    assert.equal(await ask(), 'discarded');
  });
}
