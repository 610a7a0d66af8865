import {
  findOperation,
  operate,
  readOrder,
  type SwedbankAnswer,
} from '../../../provider-clients/swedbank-pay/call-swedbank.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { moneyOf } from './money.ts';
import { readSettings } from './settings.ts';

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
  if (answer.kind === 'not sent') return { kind: 'not sent', code: answer.reason };
  if (answer.kind === 'unknown') return { kind: 'unknown', code: answer.reason, raw: answer.raw };
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

/** Reading failed, so nothing was done yet. An order that is not to be found cannot be ended. */
export function notDone(read: Exclude<SwedbankAnswer, { kind: 'answered' }>): OperationAnswer {
  if (read.kind !== 'refused') return { kind: 'not sent', code: read.reason };
  if (read.status === 404) return { kind: 'failed', code: read.problem.name, raw: read.raw };
  return { kind: 'not sent', code: read.problem.name };
}
