import { randomBytes } from 'node:crypto';
import type { Database, Transaction } from '../database/transaction.ts';
import type { OrderId, PublisherId } from '../kit/ids.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { readPaymentMethod } from '../orders/order-facts.ts';
import { publisherSettingsOf } from '../publishers/publisher.ts';
import { applyEvidence } from './apply-evidence.ts';
import {
  type AttemptRow,
  ensurePayment,
  findOpenAttempt,
  insertAttempt,
  lockOrder,
  type OrderToPay,
  wasCharged,
} from './attempts-store.ts';
import { type ConfiguredMethod, type MethodDirectory, pinnedOf } from './find-method.ts';
import type { PaymentEvent } from './payment.ts';
import type { ChargeRequest } from './port/payment-request.ts';

type Context = { database: Database; methods: MethodDirectory; secrets: { sealing: SealingKeys } };

export type Charge = NonNullable<ConfiguredMethod['method']['charge']>;

/** What there is to do for the payment of an order; `ready` means that attempt and operation are written. */
export type Prepared =
  | { kind: 'nothing to do' }
  | { kind: 'interrupted'; attemptId: number }
  | {
      kind: 'ready';
      attemptId: number;
      charge: Charge;
      configured: ConfiguredMethod;
      request: ChargeRequest;
    };

const nothingToDo: Prepared = { kind: 'nothing to do' };

/**
 * Writes the intent to charge: one attempt with our reference, under the lock of the order. Where no charge
 * may begin any more, what was written and never sent is dropped and the payment fails.
 */
export function prepareCharge(context: Context, about: OrderKey): Promise<Prepared> {
  return context.database.transaction('prepare-charge', async (transaction): Promise<Prepared> => {
    const order = await lockOrder(transaction, about.publisherId, about.orderId);
    if (order?.state !== 'paying') return nothingToDo;
    const { paymentWindowMinutes } = publisherSettingsOf(order.publisher_settings);
    const payment = await ensurePayment(transaction, order, paymentWindowMinutes);
    const open = await findOpenAttempt(transaction, payment.payment_id);
    if (open && open.state !== 'created') return readRunning(open);
    const configured = findConfigured(context, order);
    const charge = configured?.method.charge;
    const obstacle = obstacleOf(order, payment.seconds_left, charge !== undefined);
    if (obstacle !== undefined || !configured || !charge) {
      if (open) await drop(context, transaction, about, open);
      await transaction.report<PaymentEvent>([
        { name: 'payment failed', ...about, reason: obstacle ?? 'not configured' },
      ]);
      return nothingToDo;
    }
    const { reference, attemptId } = open
      ? { reference: open.reference, attemptId: open.attempt_id }
      : await writeAttempt(transaction, order, payment.payment_id, configured);
    const isFirstCharge = !(await wasCharged(transaction, order, configured.merchantId));
    const request = requestOf(order, reference, Math.ceil(payment.seconds_left), isFirstCharge);
    return { kind: 'ready', attemptId, charge, configured, request };
  });
}

type OrderKey = { publisherId: PublisherId; orderId: OrderId };

function readRunning(open: AttemptRow): Prepared {
  return open.state === 'sent' ? { kind: 'interrupted', attemptId: open.attempt_id } : nothingToDo;
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

/** The provider has never heard of the attempt: its call was not claimed. */
async function drop(
  context: Context,
  transaction: Transaction,
  about: OrderKey,
  open: AttemptRow,
): Promise<void> {
  const evidence = { meaning: 'not_sent', code: 'never sent', raw: '' } as const;
  await applyEvidence(context, transaction, {
    ...about,
    attemptId: open.attempt_id,
    source: 'answer',
    evidence,
  });
}

async function writeAttempt(
  transaction: Transaction,
  order: OrderToPay,
  paymentId: number,
  configured: ConfiguredMethod,
): Promise<{ reference: string; attemptId: number }> {
  const reference = newReference();
  const attemptId = await insertAttempt(transaction, {
    paymentId,
    order,
    adapter: configured.method.name,
    merchantId: configured.merchantId,
    reference,
    noticeToken: randomBytes(18).toString('base64url'),
    pinned: pinnedOf(configured),
  });
  return { reference, attemptId };
}

/** A letter and 25 letters and digits: the narrowest format of all providers, never the public order id. */
function newReference(): string {
  return `p${BigInt(`0x${randomBytes(16).toString('hex')}`)
    .toString(36)
    .padStart(25, '0')}`;
}

const longestDescription = 50;

function requestOf(
  order: OrderToPay,
  reference: string,
  validitySeconds: number,
  isFirstCharge: boolean,
): ChargeRequest {
  return {
    reference,
    amountMinor: order.amount_minor,
    currency: order.currency,
    mobile: order.mobile ?? undefined,
    description: [...(order.description ?? 'order')].slice(0, longestDescription).join(''),
    validitySeconds,
    isFirstCharge,
    vatMinor: 0,
    lines: [],
    email: undefined,
    country: 'NO',
    language: 'nb',
    noticeUrl: '',
    returnUrl: '',
  };
}
