import { createOrder, type SwedbankAnswer } from '../../../provider-clients/swedbank-pay/call-swedbank.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { readSettings } from './settings.ts';
import { describe, languageOf } from './translate.ts';

/**
 * Makes a payment order for a buyer at a screen. Swedbank Pay takes each reference once, so an order whose
 * answer was lost cannot be got back; as nobody is ever sent to it, it takes no money.
 */
export async function startOrder(
  { http, settings }: MethodContext,
  instrument: 'CreditCard' | 'Swish',
  request: StartRequest,
): Promise<Started> {
  const { account, payeeId, payeeName } = readSettings(settings);
  const answer = await createOrder(http, account, {
    operation: 'Purchase',
    instrument,
    currency: request.currency,
    amount: request.amountMinor,
    vatAmount: request.vatMinor,
    description: describe(request.description),
    userAgent: request.buyer.userAgent ?? 'unknown',
    language: languageOf(request.language),
    ...(request.agreement && { generateUnscheduledToken: true }),
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
      payeeReference: request.reference,
      orderReference: request.reference,
    },
    payer: {
      ...(request.mobile !== undefined && { msisdn: request.mobile }),
      ...(request.email !== undefined && { email: request.email }),
    },
  });
  return startedOf(answer, account.baseUrl);
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
      return { kind: 'not sent', code: answer.reason };
    case 'unknown':
      return { kind: 'unknown', code: answer.reason, raw: answer.raw };
  }
}

/** The pages are on a host of their own, which we never call; they are no less protected than the API. */
function isPage(href: string, baseUrl: string): boolean {
  if (!URL.canParse(href)) return false;
  const { protocol } = new URL(href);
  return protocol === 'https:' || protocol === new URL(baseUrl).protocol;
}
