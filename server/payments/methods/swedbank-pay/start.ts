import { cutText } from '../../../kit/cut-text.ts';
import { asciiEmail } from '../../../kit/email-address.ts';
import type { MethodContext, MethodSettings } from '../../port/payment-method.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { createOrder, type SwedbankAnswer } from './call-swedbank.ts';
import { payeeReferenceOf } from './payee-reference.ts';
import { readSettings } from './settings.ts';
import { describe, languageOf } from './translate.ts';

type Instrument = 'CreditCard' | 'Swish';

/** Of EMV 3-D Secure, `browserUserAgent`; browsers may send more. */
const longestUserAgent = 2048;

/**
 * Makes a payment order for a buyer at a screen. Swedbank Pay takes each reference once, so an order whose
 * answer was lost cannot be got back; as nobody is ever sent to it, it takes no money.
 */
export async function startOrder(
  { http, settings }: MethodContext,
  instrument: Instrument,
  request: StartRequest,
): Promise<Started> {
  const { account } = readSettings(settings);
  const order = writeOrder(settings, instrument, request);
  const payer = payerOf(request);
  const answer = await createOrder(http, account, { ...order, ...payer });
  // What only helps the buyer to fill in a form is no reason not to be paid.
  const isAboutPayer = payer.payer && answer.kind === 'refused' && answer.problem.fields.some(isOfPayer);
  return startedOf(isAboutPayer ? await createOrder(http, account, order) : answer, account.baseUrl);
}

function writeOrder(settings: MethodSettings, instrument: Instrument, request: StartRequest) {
  const { payeeId, payeeName, referenceFormat } = readSettings(settings);
  const payeeReference = payeeReferenceOf(request.reference, referenceFormat);
  return {
    ...(request.amountMinor > 0 ? purchaseOf(instrument, request) : verification),
    currency: request.currency,
    description: describe(request.description),
    userAgent: cutText(request.buyer.userAgent ?? 'unknown', longestUserAgent),
    language: languageOf(request.language),
    urls: {
      hostUrls: [new URL(request.returnUrl).origin],
      completeUrl: request.returnUrl,
      cancelUrl: request.returnUrl,
      callbackUrl: request.noticeUrl,
      termsOfServiceUrl: request.termsUrl,
    },
    payeeInfo: {
      payeeId,
      payeeName,
      payeeReference,
      orderReference: request.reference,
    },
  };
}

/**
 * Where nothing is to be paid yet, the card is verified and kept, with neither an amount nor an instrument.
 * Source: developer.swedbankpay.com, checkout v3, Verify.
 */
const verification = { operation: 'Verify', generateUnscheduledToken: true } as const;

function purchaseOf(instrument: Instrument, { amountMinor, vatMinor, agreement }: StartRequest) {
  return {
    operation: 'Purchase',
    instrument,
    amount: amountMinor,
    vatAmount: vatMinor,
    ...(agreement && { generateUnscheduledToken: true }),
  };
}

function payerOf({ mobile, email }: StartRequest): { payer?: { msisdn?: string; email?: string } } {
  const written = asciiEmail(email);
  const payer = {
    ...(mobile !== undefined && { msisdn: mobile }),
    ...(written !== undefined && { email: written }),
  };
  return Object.keys(payer).length > 0 ? { payer } : {};
}

function isOfPayer(field: string): boolean {
  return /(?:^|\.)payer(?:\.|$)/i.test(field);
}

const tooMany = 429;

function startedOf(answer: SwedbankAnswer, baseUrl: string): Started {
  switch (answer.kind) {
    case 'answered': {
      const { paymentOrder, operations } = answer.order;
      const page = operations.find((one) => one.rel === 'redirect-checkout')?.href;
      if (page === undefined || !isPage(page, baseUrl)) {
        return { kind: 'unknown', code: 'no page to pay on', raw: answer.raw };
      }
      return {
        kind: 'started',
        providerId: paymentOrder.id,
        buyer: { to: 'address', url: page },
        raw: answer.raw,
      };
    }
    case 'refused':
      if (answer.status === tooMany) return { kind: 'not sent', code: answer.problem.name };
      return { kind: 'refused', code: answer.problem.name, reason: 'try again later', raw: answer.raw };
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return { kind: 'unknown', code: answer.code, raw: answer.raw };
  }
}

/** The pages are on a host of their own, which we never call; they are no less protected than the API. */
function isPage(href: string, baseUrl: string): boolean {
  if (!URL.canParse(href)) return false;
  const { protocol } = new URL(href);
  return protocol === 'https:' || protocol === new URL(baseUrl).protocol;
}
