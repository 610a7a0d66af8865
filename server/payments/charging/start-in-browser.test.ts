import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { orderOf } from '../payment.ts';
import type { Started } from '../port/provider-answer.ts';
import { lostSessionSeconds } from './find-browser-payment.ts';
import { openBrowserPayments } from './open-browser-payments.ts';
import { createOrderTurns } from './order-turns.ts';
import { sweepOpenPayments } from './sweep-open-payments.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const toAddress: Started = {
  kind: 'started',
  providerId: 'session-1',
  buyer: { to: 'address', url: 'https://provider.example/pay' },
  raw: '',
};
const toCode: Started = { ...toAddress, buyer: { to: 'code' } };

/** Starts a session that takes so long; answers what the buyer is told, and how the try stands then. */
async function start(paymentMethod: 'creditcardPayex' | 'sms', answer: Started, seconds: number) {
  const merchantId = paymentMethod === 'sms' ? 'strex' : undefined;
  const merchant = merchantId === undefined ? {} : { merchantId };
  const orderId = await register(node, smsOrder(undefined, { paymentMethod, ...merchant }));
  const { publisherId } = node.client.publisher;
  const about = orderOf({ publisherId, orderId });
  const found = node.context.methods.findForBrowser(publisherId, paymentMethod, merchantId);
  assert.ok(found);
  const slow = {
    ...found.method,
    async start() {
      await node.advance(seconds);
      await sweepOpenPayments(node.context);
      await node.runJobs();
      // Codes are not swept, as nothing is under way at the provider: the buyer comes again.
      if (answer === toCode) await payments.giveUp(about, { endsUnbegun: false });
      return answer;
    },
  };
  const methods = { ...node.context.methods, findForBrowser: () => ({ ...found, method: slow }) };
  const payments = openBrowserPayments({ ...node.context, methods, orderTurns: createOrderTurns(2) });
  const started = await payments.start({
    order: {
      ...about,
      paymentMethod,
      merchantId,
      recurring: false,
      amountMinor: 14_900,
      currency: 'NOK',
      mayBeSentCode: true,
      codeOutBy: undefined,
      isLimited: false,
    },
    method: paymentMethod,
    returnPage: '/',
    language: 'nb',
    buyer: { userAgent: undefined, address: undefined },
    wantsNewCode: false,
    guestId: undefined,
    confirmation: undefined,
    mayBeginAnew: true,
  });
  const [attempt] = await node.rows<{ state: string }>(
    'SELECT state FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  return [started, attempt?.state];
}

const tryAgain = { kind: 'refused', reason: 'try again later' };

test('a buyer is sent to a session that comes in time', async () => {
  const go = { kind: 'go', step: { to: 'address', url: 'https://provider.example/pay' } };
  assert.deepEqual(await start('creditcardPayex', toAddress, 1), [go, 'pending']);
  const code = { kind: 'go', step: { to: 'code' } };
  assert.deepEqual(await start('sms', { ...toCode }, 1), [code, 'created']);
});

test('a session that comes when its try was dropped is one that nobody is sent to', async () => {
  const late = lostSessionSeconds + 1;
  assert.deepEqual(await start('creditcardPayex', toAddress, late), [tryAgain, 'discarded']);
  assert.deepEqual(await start('sms', toCode, late), [tryAgain, 'discarded']);
});
