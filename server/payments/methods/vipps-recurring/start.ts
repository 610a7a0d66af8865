import { cutText } from '../../../kit/cut-text.ts';
import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import { msisdnOf } from '../../../provider-clients/vipps/msisdn.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AgreementOffer, AgreementTerms, StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { campaignOf, intervalOf, refuseAgreement } from './agreement-rules.ts';
import { callRecurring } from './call-recurring.ts';
import { readDrafted } from './read-answers.ts';
import { longestDescription, reasonOfCode } from './translate.ts';

/** Source: the agent toolkit of Vipps MobilePay, agreements: `productName` is the name in the app. */
const longestProductName = 45;

/**
 * Makes an agreement that the browser is sent to, with the first payment in it: it becomes active only when
 * that is paid. A first period that is free has none, and one that costs less is told as a campaign. The
 * reference is the key, the first charge's id, and what notices call the agreement's external id.
 */
export async function startAgreement(context: MethodContext, request: StartRequest): Promise<Started> {
  const { agreement } = request;
  const obstacle = agreement && refuseAgreement(offerOf(request, agreement));
  const interval = agreement && intervalOf(agreement.period);
  if (obstacle || !agreement || !interval) {
    const code = obstacle?.rule ?? 'no agreement';
    return { kind: 'refused', code, reason: 'not eligible', raw: '' };
  }
  const answer = await draft(context, request, { ...draftOf(request, agreement), interval });
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

/**
 * The number only spares the buyer the typing of it: where the draft is refused with one, it is made without.
 * A refusal stays with its key, so that this has its own. The API names no error for a number that it does
 * not know (Recurring API, "Problems"), so that any refusal counts.
 */
async function draft(context: MethodContext, request: StartRequest, body: object): Promise<JudgedAnswer> {
  const { reference } = request;
  const phoneNumber = msisdnOf(request.mobile);
  const send = (key: string, known: object) =>
    callRecurring(context, 'POST', '/agreements', { key, body: { ...body, ...known } });
  if (phoneNumber === undefined) return send(reference, {});
  const answer = await send(reference, { phoneNumber });
  return answer.kind === 'refused' && answer.status !== 409 ? send(`${reference}-bare`, {}) : answer;
}

/** What the API's rules are held against; a first period that is not told is as the others. */
function offerOf({ amountMinor, currency }: StartRequest, terms: AgreementTerms): AgreementOffer {
  return { ...terms, currency, firstPaymentMinor: amountMinor, first: terms.first ?? terms };
}

function draftOf(request: StartRequest, terms: AgreementTerms): object {
  const { reference, amountMinor, currency } = request;
  const description = cutText(request.description, longestDescription);
  const initialCharge = {
    amount: amountMinor,
    description,
    transactionType: 'DIRECT_CAPTURE',
    orderId: reference,
  };
  const campaign = campaignOf(terms, terms.first ?? terms);
  return {
    pricing: { type: 'LEGACY', amount: terms.amountMinor, currency },
    productName: cutText(terms.productName, longestProductName),
    productDescription: description,
    merchantRedirectUrl: request.returnUrl,
    merchantAgreementUrl: terms.manageUrl,
    externalId: reference,
    ...(campaign !== undefined && { campaign }),
    ...(amountMinor > 0 && { initialCharge }),
  };
}
