import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { readOrder } from './call-swedbank.ts';
import { moneyOf } from './money.ts';
import { isOrderId, type OrderAnswer } from './payment-order.ts';
import { problemName } from './read-problem.ts';
import { readSettings } from './settings.ts';
import { meaningOf, reasonOf } from './translate.ts';

/** Reads the order of an attempt. A question that gets no answer says nothing. */
export async function askOrder({ http, settings }: MethodContext, attempt: AttemptFacts): Promise<Evidence> {
  // An order cannot be found by our reference: one whose id we never got can only be found by a person.
  if (attempt.providerId === undefined || !isOrderId(attempt.providerId)) {
    return { meaning: 'unknown', code: 'no order known', isUnresolvable: true, raw: '' };
  }
  const answer = await readOrder(http, readSettings(settings).account, attempt.providerId);
  switch (answer.kind) {
    case 'answered':
      return evidenceOf(answer.order, answer.raw, attempt);
    case 'refused':
      return { meaning: 'unknown', code: answer.problem.name, raw: answer.raw };
    case 'not sent':
      return { meaning: 'unknown', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, raw: answer.raw };
  }
}

/** What a payment order says about an attempt. */
export function evidenceOf(
  { paymentOrder: order }: OrderAnswer,
  raw: string,
  attempt: Pick<AttemptFacts, 'money' | 'isAgreement'>,
): Evidence {
  const meaning = meaningOf(order.status, attempt.money.authorizedMinor > 0);
  const lastTry = order.failedAttempts?.failedAttemptList?.at(-1)?.problem;
  const problem = order.status === 'Initialized' ? lastTry : order.failed?.problem;
  const name = problem && problemName(problem.type);
  const money = moneyOf(order);
  const token = order.paid?.tokens?.find((one) => one.type.toLowerCase() === 'unscheduled')?.token;
  return {
    meaning,
    code: name ?? order.status,
    ...(name !== undefined && { reason: reasonOf(name) }),
    ...(order.status === 'Aborted' && { reason: 'cancelled' }),
    providerId: order.id,
    ...(money && { money }),
    ...(attempt.isAgreement && token !== undefined && { agreement: { token, state: 'active' } }),
    raw,
  };
}
