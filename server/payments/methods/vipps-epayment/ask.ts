import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import { vippsAccountOf } from '../../../provider-clients/vipps/account.ts';
import { callVipps } from '../../../provider-clients/vipps/call-vipps.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { readPayment } from './read-payment.ts';
import { meaningOfState } from './translate.ts';

/** Reads state and sums of a payment; what is not there was never made. */
export async function askPayment(context: MethodContext, attempt: AttemptFacts): Promise<Evidence> {
  return evidenceOf(attempt.reference, await fetchPayment(context, attempt.reference));
}

export function fetchPayment({ http, settings }: MethodContext, reference: string): Promise<JudgedAnswer> {
  return callVipps(http, vippsAccountOf(settings), { method: 'GET', path: pathOf(reference) });
}

export function pathOf(reference: string, operation?: 'capture' | 'cancel' | 'refund'): string {
  const path = `/epayment/v1/payments/${encodeURIComponent(reference)}`;
  return operation === undefined ? path : `${path}/${operation}`;
}

function evidenceOf(reference: string, answer: JudgedAnswer): Evidence {
  switch (answer.kind) {
    case 'done': {
      const payment = readPayment(answer.body);
      if (!payment) return { meaning: 'unknown', code: 'not understood', raw: answer.raw };
      const { state, money, captureBefore } = payment;
      return {
        ...meaningOfState(state),
        code: state,
        providerId: reference,
        money,
        ...(captureBefore && { captureBefore }),
        raw: answer.raw,
      };
    }
    case 'refused': {
      const meaning = answer.status === 404 ? 'not_sent' : 'unknown';
      return { meaning, code: answer.code, raw: answer.raw };
    }
    case 'not sent':
      // The question was not asked, which says nothing of the payment.
      return { meaning: 'unknown', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, raw: answer.raw };
  }
}
