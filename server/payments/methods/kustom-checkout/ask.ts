import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { callKustom } from './call-kustom.ts';
import { type KustomManagedOrder, readCheckoutOrder, readManagedOrder } from './read-order.ts';
import { accountOf } from './settings.ts';
import { meaningOfOrder, meaningOfSession, moneyOf } from './translate.ts';

const notThereYet = 'not in order management yet';

/**
 * Reads the session while nobody has paid, and order management from then on. Kustom finds nothing by our
 * reference, so that an attempt whose answer was lost is for a person to find out.
 */
export async function ask(context: MethodContext, attempt: AttemptFacts): Promise<Evidence> {
  const { providerId } = attempt;
  if (providerId === undefined) {
    return { meaning: 'unknown', code: 'no order id', isUnresolvable: true, raw: '' };
  }
  const wasSecured = attempt.money.authorizedMinor > 0;
  return wasSecured && !attempt.isAgreement
    ? askManagement(context, attempt, providerId)
    : askSession(context, attempt, providerId);
}

async function askSession(
  context: MethodContext,
  attempt: AttemptFacts,
  providerId: string,
): Promise<Evidence> {
  const answer = await readSession(context, providerId);
  // An order that was made with a token has no session, and that of an old one is gone.
  if (answer.kind === 'refused' && answer.status === 404) return askManagement(context, attempt, providerId);
  if (answer.kind !== 'done') return notKnown(answer);
  const order = readCheckoutOrder(answer.body);
  const state = meaningOfSession(order?.status ?? '');
  switch (state) {
    case 'open':
      return { meaning: 'pending', code: 'checkout incomplete', raw: answer.raw };
    case 'aborted':
      return { meaning: 'aborted', code: 'checkout aborted', reason: 'cancelled', raw: answer.raw };
    case 'unknown':
      return { meaning: 'unknown', code: 'a checkout status that is not known', raw: answer.raw };
    case 'complete': {
      const evidence = await askManagement(context, attempt, providerId, true);
      const token = order?.recurring_token;
      if (!attempt.isAgreement || token === undefined) return evidence;
      // Where nothing is to be reserved the token is all there is, and no order need come of it.
      const isAll = attempt.amountMinor === 0 && evidence.code === notThereYet;
      if (evidence.meaning !== 'secured' && !isAll) return evidence;
      return { ...evidence, meaning: 'secured', agreement: { token, state: 'active' } };
    }
  }
}

async function askManagement(
  context: MethodContext,
  attempt: AttemptFacts,
  providerId: string,
  isComplete = false,
): Promise<Evidence> {
  const answer = await readManagement(context, providerId);
  const wasSecured = attempt.money.authorizedMinor > 0;
  if (answer.kind === 'refused' && answer.status === 404) {
    // A completed order takes a moment to arrive; one that was neither completed nor is open has expired.
    if (isComplete) return { meaning: 'pending', code: notThereYet, raw: answer.raw };
    if (wasSecured) return { meaning: 'unknown', code: answer.code, raw: answer.raw };
    return { meaning: 'expired', code: 'no such order', reason: 'timed out', raw: answer.raw };
  }
  if (answer.kind !== 'done') return notKnown(answer);
  const order = readManagedOrder(answer.body);
  if (!order) return { meaning: 'unknown', code: 'an order that could not be read', raw: answer.raw };
  return evidenceOf(order, { providerId, wasSecured, raw: answer.raw });
}

/** The amounts are told only where the money is ours to take: during a review nothing is reserved for us. */
function evidenceOf(
  order: KustomManagedOrder,
  { providerId, wasSecured, raw }: { providerId: string; wasSecured: boolean; raw: string },
): Evidence {
  const meaning = meaningOfOrder(order, wasSecured);
  if (meaning.meaning !== 'secured') return { ...meaning, providerId, raw };
  const isOpen = order.remaining_authorized_amount > 0;
  return {
    ...meaning,
    providerId,
    money: moneyOf(order),
    ...(isOpen && order.expires_at && { captureBefore: order.expires_at }),
    raw,
  };
}

export function readSession({ http, settings }: MethodContext, id: string): Promise<JudgedAnswer> {
  const path = `/checkout/v3/orders/${encodeURIComponent(id)}`;
  return callKustom(http, accountOf(settings), { method: 'GET', path });
}

export function readManagement({ http, settings }: MethodContext, id: string): Promise<JudgedAnswer> {
  const path = `/ordermanagement/v1/orders/${encodeURIComponent(id)}`;
  return callKustom(http, accountOf(settings), { method: 'GET', path });
}

/** A question that was not answered says nothing of the money, not even when it was not sent. */
function notKnown(answer: Exclude<JudgedAnswer, { kind: 'done' }>): Evidence {
  return { meaning: 'unknown', code: answer.code, raw: 'raw' in answer ? answer.raw : '' };
}
