import type { CaseEvent } from '../../cases/case.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { noteConfirmedPayment } from '../ledger/attach-payment.ts';
import { lockOrder, type OrderToPay } from '../ledger/attempts-store.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';
import { acceptWholeRefund, giveBackByPerson } from '../money-moves/give-back-by-person.ts';
import { orderOf } from '../payment.ts';
import { insertPrepayment } from './book-prepayment.ts';
import { confirmSoon } from './confirm-prepayment.ts';
import { accountOfPrepaid, findPrepaid, type Prepaid } from './find-prepaid.ts';

type Context = { methods: Pick<MethodDirectory, 'find'>; secrets: { sealing: SealingKeys } };
type Answered = Extract<CaseEvent, { name: 'case answered' }>;
type OfOrder = ReturnType<typeof orderOf>;

/**
 * What a person found out about what a completed order was paid by before. `paid`: the provider is asked once
 * more, and what it holds pays the order as it stands; where it holds nothing, the case is opened again.
 * `given_back`: the money is booked both ways, and the order refunded. A dismissed case leaves it as it is; a
 * payment of ours is asked about again a day later. Where the buyer has withdrawn from all of it, what a
 * person gave back for that is the same money.
 */
export const answerMismatch: NowStep<Context, Transaction, Answered> = {
  stepName: 'answerMismatch',
  reports: ['payment captured', 'payment refunded', 'give-back due', 'refund accepted'],
  async run(context, transaction, events) {
    for (const event of events) {
      if (event.kind === 'withdrawal refund due' && event.outcome === 'given_back')
        await bookSaidBack(transaction, event);
      if (event.kind !== 'prepayment mismatch' || event.orderId === undefined) continue;
      if (event.outcome === 'paid') await confirmSoon(transaction, [orderOf(event)]);
      if (event.outcome === 'given_back') await giveBack(context, transaction, orderOf(event));
    }
  },
};

async function giveBack(context: Context, transaction: Transaction, about: OfOrder): Promise<void> {
  const order = await lockOrder(transaction, about.publisherId, about.orderId);
  const prepaid = await findPrepaid(transaction, about);
  if (!order || !prepaid) return;
  await noteConfirmedPayment(transaction, about);
  const attemptId = prepaid.attempt_id ?? (await bookPaid(context, transaction, order, prepaid));
  if (attemptId === undefined) return acceptWholeRefund(transaction, order, prepaid.amount_minor);
  await giveBackByPerson(transaction, { publisherId: about.publisherId, attemptId });
}

/** A payment of ours that waits to be confirmed would be looked at, and taken, though all of it is back. */
async function bookSaidBack(transaction: Transaction, event: Answered): Promise<void> {
  if (event.orderId === undefined) return;
  const about = orderOf(event);
  await lockOrder(transaction, about.publisherId, about.orderId);
  const prepaid = await findPrepaid(transaction, about);
  if (!prepaid?.is_said_back || prepaid.attempt_id === null) return;
  await noteConfirmedPayment(transaction, about);
  await giveBackByPerson(transaction, { publisherId: about.publisherId, attemptId: prepaid.attempt_id });
}

/** That it was paid, by the word of the person; nothing where no account or another payment stands for it. */
async function bookPaid(
  context: Context,
  transaction: Transaction,
  order: OrderToPay,
  prepaid: Prepaid,
): Promise<number | undefined> {
  const configured = accountOfPrepaid(context.methods, order.publisher_id, prepaid);
  if (!configured) return undefined;
  const { amount_minor: amountMinor, transaction_id: transactionId } = prepaid;
  const taken = { authorizedMinor: amountMinor, capturedMinor: amountMinor };
  const money = { ...taken, refundedMinor: 0, cancelledMinor: 0 };
  const evidence = { meaning: 'secured', code: 'person: given_back', money, raw: '' } as const;
  const about = orderOf({ publisherId: order.publisher_id, orderId: order.order_id });
  const told = { ...about, configured, evidence, transactionId, source: 'person' } as const;
  return insertPrepayment(context, transaction, order, told);
}
