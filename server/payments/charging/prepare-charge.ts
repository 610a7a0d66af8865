import type { Database, Transaction } from '../../database/transaction.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { readPaymentMethod } from '../../orders/order-facts.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import {
  type AttemptRow,
  ensurePayment,
  findOpenAttempt,
  lockOrder,
  type OrderToPay,
  type PaymentRow,
} from '../ledger/attempts-store.ts';
import { dropAttempt } from '../ledger/drop-attempt.ts';
import { insertAttempt } from '../ledger/insert-attempt.ts';
import type { ConfiguredMethod, MethodDirectory } from '../merchants/find-method.ts';
import type { PaymentEvent } from '../payment.ts';
import type { ChargeRequest } from '../port/payment-request.ts';
import { describeCharge } from './describe-charge.ts';
import type { Addresses } from './describe-payment.ts';
import { resolveSoon } from './resolve-attempt.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  secrets: { sealing: SealingKeys };
  settings: Addresses;
};

export type Charge = NonNullable<ConfiguredMethod['method']['charge']>;

/** What there is to do for the payment of an order; `ready` means that attempt and operation are written. */
export type Prepared =
  | { kind: 'nothing to do' }
  /** A buyer at a screen pays, and has as long as this. */
  | { kind: 'wait for the buyer'; seconds: number }
  | { kind: 'interrupted'; attemptId: number }
  | {
      kind: 'ready';
      attemptId: number;
      charge: Charge;
      configured: ConfiguredMethod;
      request: ChargeRequest;
    };

const nothingToDo: Prepared = { kind: 'nothing to do' };
type OrderKey = { publisherId: PublisherId; orderId: OrderId };

/**
 * Writes the intent to charge: one attempt with our reference, under the lock of the order. Where no charge
 * may begin any more, what was written and never sent is dropped and the payment fails.
 */
export function prepareCharge(context: Context, about: OrderKey): Promise<Prepared> {
  return context.database.transaction('prepare-charge', async (transaction): Promise<Prepared> => {
    const order = await lockOrder(transaction, about.publisherId, about.orderId);
    if (order?.state !== 'paying') return nothingToDo;
    const { paymentWindowMinutes } = publisherSettingsOf(order.publisher_settings);
    const payment = await ensurePayment(transaction, order, paymentWindowMinutes, 'direct');
    const open = await findOpenAttempt(transaction, payment.payment_id);
    if (open && open.state !== 'created') return readRunning(transaction, order, open);
    if (payment.flow === 'browser') return watchWindow(context, transaction, about, order, payment, open);
    return writeIntent(context, transaction, about, order, payment, open);
  });
}

/** Asking to cancel makes the provider asked at once, and the buyer's session ended where it can be. */
async function readRunning(transaction: Transaction, order: OrderToPay, open: AttemptRow): Promise<Prepared> {
  if (open.state === 'sent' && open.flow === 'direct') {
    return { kind: 'interrupted', attemptId: open.attempt_id };
  }
  if (order.is_cancel_asked) {
    await resolveSoon(transaction, [{ publisherId: open.publisher_id, attemptId: open.attempt_id }]);
  }
  return nothingToDo;
}

/** Nothing is taken at the moment: the buyer may type a code, or start again, until the window ends. */
async function watchWindow(
  context: Context,
  transaction: Transaction,
  about: OrderKey,
  order: OrderToPay,
  payment: PaymentRow,
  open: AttemptRow | undefined,
): Promise<Prepared> {
  const obstacle = obstacleOf(order, payment.seconds_left, true);
  if (obstacle === undefined) return { kind: 'wait for the buyer', seconds: Math.ceil(payment.seconds_left) };
  if (open) await dropAttempt(context, transaction, { ...about, attemptId: open.attempt_id });
  await transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason: obstacle }]);
  return nothingToDo;
}

async function writeIntent(
  context: Context,
  transaction: Transaction,
  about: OrderKey,
  order: OrderToPay,
  payment: PaymentRow,
  open: AttemptRow | undefined,
): Promise<Prepared> {
  const configured = findConfigured(context, order);
  const charge = configured?.method.charge;
  const obstacle = obstacleOf(order, payment.seconds_left, charge !== undefined);
  if (obstacle !== undefined || !configured || !charge) {
    if (open) await dropAttempt(context, transaction, { ...about, attemptId: open.attempt_id });
    const reason = obstacle ?? 'not configured';
    await transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason }]);
    return nothingToDo;
  }
  const attempt = open
    ? { attemptId: open.attempt_id, reference: open.reference, noticeToken: open.notice_token }
    : await insertAttempt(transaction, order, payment.payment_id, configured, { flow: 'direct' });
  const named = { ...attempt, adapter: configured.method.name, merchantId: configured.merchantId };
  const request = await describeCharge(context, transaction, order, named, payment.seconds_left);
  return { kind: 'ready', attemptId: attempt.attemptId, charge, configured, request };
}

function findConfigured(context: Context, order: OrderToPay): ConfiguredMethod | undefined {
  const name = readPaymentMethod(order.payment_method);
  return name && context.methods.find(order.publisher_id, name, order.merchant_id);
}

function obstacleOf(order: OrderToPay, secondsLeft: number, isConfigured: boolean): string | undefined {
  if (order.is_cancel_asked) return 'cancelled';
  if (secondsLeft < 1) return 'window over';
  return isConfigured ? undefined : 'not configured';
}
