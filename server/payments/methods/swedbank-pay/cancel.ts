import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { findOperation, operate, readOrder, type SwedbankAnswer } from './call-swedbank.ts';
import { moneyOf } from './money.ts';
import { moveMoney, notDone } from './move-money.ts';
import { readSettings } from './settings.ts';
import { describe } from './translate.ts';

/**
 * Ends an order that is not paid. Swedbank Pay does not offer it while the buyer is in the Swish app, where
 * the money may be on its way; and an abort that comes too late changes nothing.
 */
export async function abortOrder(
  { http, settings }: MethodContext,
  attempt: AttemptFacts,
): Promise<OperationAnswer> {
  const { account } = readSettings(settings);
  if (attempt.providerId === undefined) return { kind: 'failed', code: 'no order known', raw: '' };
  const read = await readOrder(http, account, attempt.providerId);
  if (read.kind !== 'answered') return notDone(read);
  const known = endOf(read);
  if (known) return known;
  const operation = findOperation(account, read.order, 'abort');
  if (!operation) return { kind: 'failed', code: 'abort is not offered now', raw: read.raw };
  const answer = await operate(http, account, operation, {
    paymentorder: { operation: 'Abort', abortReason: 'CancelledByConsumer' },
  });
  if (answer.kind === 'not sent') return { kind: 'not sent', code: answer.code };
  if (answer.kind === 'unknown') return { kind: 'unknown', code: answer.code, raw: answer.raw };
  if (answer.kind === 'answered') {
    return endOf(answer) ?? { kind: 'unknown', code: 'not aborted yet', raw: answer.raw };
  }
  const after = await readOrder(http, account, attempt.providerId);
  return endOf(after) ?? { kind: 'failed', code: answer.problem.name, raw: answer.raw };
}

/** How an order ended that is no longer open. */
function endOf(answer: SwedbankAnswer): OperationAnswer | undefined {
  if (answer.kind !== 'answered') return undefined;
  const { paymentOrder: order } = answer.order;
  switch (order.status) {
    case 'Aborted':
    case 'Failed': {
      const money = moneyOf(order);
      return { kind: 'succeeded', ...(money && { money }), raw: answer.raw };
    }
    case 'Paid':
    case 'Cancelled':
    case 'Reversed':
      return { kind: 'already secured', raw: answer.raw };
    case 'Initialized':
    case 'Unknown':
      return undefined;
  }
}

/** Releases all that is reserved and not captured. */
export function releaseOrder(
  context: MethodContext,
  attempt: AttemptFacts,
  { reference, description }: Pick<OperationRequest, 'reference' | 'description'>,
): Promise<OperationAnswer> {
  const transaction = { description: describe(description) };
  return moveMoney(context, attempt, { rel: 'cancel', reference, transaction });
}
