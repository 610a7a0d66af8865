import type { Transaction } from '../../database/transaction.ts';
import type { OrderId } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { Client } from '../../publishers/publisher.ts';
import { lockOrder } from '../ledger/attempts-store.ts';
import { findLineMoney } from '../lines/find-line-money.ts';
import { findAdapter } from '../merchants/find-method.ts';
import { advancePlanned } from './advance-planned.ts';
import { type AttemptMoney, freeToCapture, freeToRelease, lockMoneyOfOrder } from './attempt-money.ts';
import { writeCapture } from './capture-payment.ts';
import { findStaying } from './going-back.ts';
import { operationWanted } from './operations-store.ts';
import { type Capturable, type CaptureRequest, readCapture } from './read-capture.ts';
import { withdrawPlanned } from './withdraw-planned.ts';

/**
 * Captures what is reserved for a completed order: all of it, an amount, or lines whole or in part; captures
 * planned for later are carried out now, or make room. Answers the operations' ids. Refuses with `not_found`,
 * `order_is_stopped`, `order_is_not_completed`, and what `readCapture` refuses.
 */
export async function captureOrder(
  transaction: Transaction,
  client: Client,
  id: OrderId,
  request: CaptureRequest,
): Promise<number[]> {
  const { publisherId } = client.publisher;
  const about = { publisherId, orderId: id };
  const order = await lockOrder(transaction, publisherId, id);
  if (!order) throw new Problem('not_found');
  if (order.state === 'stopped') throw new Problem('order_is_stopped');
  if (order.state !== 'completed') throw new Problem('order_is_not_completed');
  const lines = await findLineMoney(transaction, publisherId, id);
  const attempts = await lockMoneyOfOrder(transaction, publisherId, id);
  const staying = await findStaying(transaction, publisherId, attempts);
  const money = staying.find((one) => freeToRelease(one) > 0);
  const wanted = readCapture(request, lines, capturableOf(money, order.currency));
  if (!money) throw new Problem('nothing_to_capture');
  const planned = await advancePlanned(transaction, about, wanted.advanced);
  await transaction.report(planned.map((row) => operationWanted({ ...about, ...row, kind: 'capture' })));
  for (const part of wanted.withdrawn) await withdrawPlanned(transaction, money.attempt_id, part);
  const { amountMinor, parts } = wanted;
  const capture = { ...about, attemptId: money.attempt_id, cause: 'capture asked', begins: 'now' } as const;
  const made = await writeCapture(transaction, { ...capture, amountMinor, parts });
  return [...planned.map((row) => row.operationId), ...(made === undefined ? [] : [made])];
}

function capturableOf(money: AttemptMoney | undefined, currency: string): Capturable {
  const method = money && findAdapter(money.adapter);
  return {
    freeMinor: money ? freeToCapture(money) : 0,
    plannedMinor: money?.planned ?? 0,
    inParts: method?.captures === 'in parts',
    leastMinor: method?.leastCaptureMinor?.[currency] ?? 1,
    currency,
  };
}
