import type { MethodContext } from '../../port/payment-method.ts';
import type { AgreementTerms, StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { callRecurring } from './call-recurring.ts';
import { readDrafted } from './read-answers.ts';
import { reasonOfCode } from './translate.ts';

const longestProductName = 45;
/** The least that an agreement may cost. */
const leastPriceMinor = 100;
const units = { day: 'DAY', week: 'WEEK', month: 'MONTH', year: 'YEAR' } as const;

/**
 * Makes an agreement that the browser is sent to, with the first payment in it: it becomes active only when
 * that is paid. A first period that is free has none. The reference is the key, the first charge's id, and
 * what notices call the agreement's external id.
 */
export async function startAgreement(context: MethodContext, request: StartRequest): Promise<Started> {
  const { agreement, reference } = request;
  if (!agreement || agreement.amountMinor < leastPriceMinor) {
    return { kind: 'refused', code: 'no agreement', reason: 'not eligible', raw: '' };
  }
  const answer = await callRecurring(context, 'POST', '/agreements', {
    key: reference,
    body: draftOf(request, agreement),
  });
  switch (answer.kind) {
    case 'done': {
      const drafted = readDrafted(answer.body);
      if (!drafted) return { kind: 'unknown', code: 'no address', raw: answer.raw };
      const { agreementId, url } = drafted;
      return { kind: 'started', providerId: agreementId, buyer: { to: 'address', url }, raw: answer.raw };
    }
    case 'refused': {
      const { code, raw, status } = answer;
      // Something stands under our reference or key already.
      if (status === 409) return { kind: 'unknown', code, raw };
      return { kind: 'refused', code, reason: reasonOfCode(status, code), raw };
    }
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return answer;
  }
}

function draftOf(request: StartRequest, terms: AgreementTerms): object {
  const { reference, amountMinor, currency, mobile, description } = request;
  const initialCharge = {
    amount: amountMinor,
    description,
    transactionType: 'DIRECT_CAPTURE',
    orderId: reference,
  };
  return {
    pricing: { type: 'LEGACY', amount: terms.amountMinor, currency },
    interval: { unit: units[terms.period.unit], count: terms.period.count },
    productName: [...terms.productName].slice(0, longestProductName).join(''),
    productDescription: description,
    merchantRedirectUrl: request.returnUrl,
    merchantAgreementUrl: terms.manageUrl,
    externalId: reference,
    ...(mobile !== undefined && { phoneNumber: mobile.replace(/\D/g, '') }),
    ...(amountMinor > 0 && { initialCharge }),
  };
}
