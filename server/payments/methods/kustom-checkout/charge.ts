import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { ChargeRequest } from '../../port/payment-request.ts';
import type { Evidence } from '../../port/provider-answer.ts';
import { callKustom } from './call-kustom.ts';
import { readTokenOrder } from './read-order.ts';
import { accountOf } from './settings.ts';
import { tokenRefusals } from './translate.ts';
import { writePurchase } from './write-order.ts';

/**
 * Reserves money by what the buyer agreed to earlier; it is captured afterwards, like any other order. The
 * order cannot be found by our reference, so a lost answer is unknown for good and never followed by another
 * charge. The key is sent although the service does not promise for all accounts to honour it.
 */
export async function charge({ http, settings }: MethodContext, request: ChargeRequest): Promise<Evidence> {
  const token = request.agreementToken;
  if (token === undefined) return { meaning: 'declined', code: 'no agreement', raw: '' };
  const answer = await callKustom(http, accountOf(settings), {
    method: 'POST',
    path: `/customer-token/v1/tokens/${encodeURIComponent(token)}/order`,
    body: { ...writePurchase(request), auto_capture: false },
    idempotencyKey: request.reference,
  });
  switch (answer.kind) {
    case 'done':
      return evidenceOf(answer, request.amountMinor);
    case 'refused':
      return refusalOf(answer, token);
    case 'not sent':
      return { meaning: 'not_sent', code: answer.code, raw: '' };
    case 'unknown':
      return { meaning: 'unknown', code: answer.code, raw: answer.raw };
  }
}

type Answered<K extends JudgedAnswer['kind']> = Extract<JudgedAnswer, { kind: K }>;

function evidenceOf({ body, raw }: Answered<'done'>, amountMinor: number): Evidence {
  const order = readTokenOrder(body);
  if (!order) return { meaning: 'unknown', code: 'no order in the answer', raw };
  const providerId = order.order_id;
  switch (order.fraud_status) {
    case 'ACCEPTED': {
      const nothingYet = { capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
      return { meaning: 'secured', providerId, money: { authorizedMinor: amountMinor, ...nothingYet }, raw };
    }
    case 'PENDING':
      return { meaning: 'pending', code: 'fraud review', providerId, raw };
    case 'REJECTED':
      return { meaning: 'declined', code: 'fraud REJECTED', reason: 'declined', providerId, raw };
    default:
      return { meaning: 'unknown', code: 'a fraud status that is not known', providerId, raw };
  }
}

function refusalOf({ code, raw }: Answered<'refused'>, token: string): Evidence {
  const known = tokenRefusals[code];
  return {
    meaning: 'declined',
    code,
    ...(known && { reason: known.reason }),
    ...(known?.isStopped && { agreement: { token, state: 'stopped' } }),
    raw,
  };
}
