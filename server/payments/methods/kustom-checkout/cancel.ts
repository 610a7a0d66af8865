import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { readManagement, readSession } from './ask.ts';
import { callKustom } from './call-kustom.ts';
import { answerOf, write } from './move-money.ts';
import { readCheckoutOrder, readManagedOrder } from './read-order.ts';
import { accountOf } from './settings.ts';
import { meaningOfSession, moneyOf } from './translate.ts';

/** Ends the buyer's session, or lets go of what is reserved. */
export async function cancel(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: { reference: string; scope: 'unpaid only' | 'reserved' },
): Promise<OperationAnswer> {
  const { providerId } = attempt;
  if (providerId === undefined) return { kind: 'failed', code: 'no order id', raw: '' };
  return operation.scope === 'unpaid only'
    ? abortSession(context, providerId)
    : release(context, providerId, operation.reference);
}

async function abortSession(context: MethodContext, providerId: string): Promise<OperationAnswer> {
  const path = `/checkout/v3/orders/${encodeURIComponent(providerId)}/abort`;
  const account = accountOf(context.settings);
  const answer = await callKustom(context.http, account, { method: 'POST', path });
  if (answer.kind !== 'refused') return answerOf(answer);
  if (answer.status === 404) return whereTheSessionWent(context, providerId);
  if (answer.status !== 403) return answerOf(answer);
  // Read only: it is paid, or was aborted before.
  const session = await readSession(context, providerId);
  if (session.kind !== 'done') return notDecided(session);
  switch (meaningOfSession(readCheckoutOrder(session.body)?.status ?? '')) {
    case 'complete':
      return { kind: 'already secured', raw: session.raw };
    case 'aborted':
      return { kind: 'succeeded', raw: session.raw };
    // Read only and yet open is a purchase that is being completed.
    case 'open':
    case 'unknown':
      return { kind: 'unknown', code: answer.code, raw: session.raw };
  }
}

/** A session that is gone has expired, unless it was paid and is kept by order management only. */
async function whereTheSessionWent(context: MethodContext, providerId: string): Promise<OperationAnswer> {
  const order = await readManagement(context, providerId);
  if (order.kind === 'done') return { kind: 'already secured', raw: order.raw };
  return order.kind === 'refused' && order.status === 404
    ? { kind: 'succeeded', raw: order.raw }
    : notDecided(order);
}

/** Before a capture the order is cancelled; after one, what is left of it is let go. */
async function release(
  context: MethodContext,
  providerId: string,
  reference: string,
): Promise<OperationAnswer> {
  const read = await readManagement(context, providerId);
  if (read.kind !== 'done') return answerOf(read);
  const order = readManagedOrder(read.body);
  if (!order) return { kind: 'unknown', code: 'an order that could not be read', raw: read.raw };
  if (order.remaining_authorized_amount === 0) {
    return { kind: 'succeeded', money: moneyOf(order), raw: read.raw };
  }
  const name = order.captured_amount > 0 ? 'release-remaining-authorization' : 'cancel';
  return answerOf(await write(context, providerId, name, { key: reference }));
}

function notDecided(answer: Parameters<typeof answerOf>[0]): OperationAnswer {
  const told = answerOf(answer);
  return told.kind === 'failed' ? { kind: 'unknown', code: told.code, raw: told.raw } : told;
}
