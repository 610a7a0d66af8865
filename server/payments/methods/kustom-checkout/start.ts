import { asciiEmail } from '../../../kit/email-address.ts';
import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { callKustom } from './call-kustom.ts';
import { readCheckoutOrder } from './read-order.ts';
import { accountOf } from './settings.ts';
import { originsOf } from './snippet-origins.ts';
import { writePurchase } from './write-order.ts';

// Theirs has about 5,000 characters, and names four origins.
const longestSnippet = 100_000;
const mostOrigins = 40;

/**
 * Makes a session and gives the piece of HTML that shows it. Creating has no idempotency: a session whose
 * answer was lost is left alone, and ends by itself, as no buyer is ever sent to it.
 */
export async function start(context: MethodContext, request: StartRequest): Promise<Started> {
  const { settings } = context;
  const session = writeSession(request);
  const address = addressOf(request);
  const first = await create(context, { ...session, ...address });
  // What only helps the buyer to fill in a form is no reason not to be paid.
  const isAboutAddress =
    first.kind === 'refused' && first.status !== 401 && /billing_address/.test(first.raw);
  const answer = isAboutAddress ? await create(context, session) : first;
  switch (answer.kind) {
    case 'done': {
      const order = readCheckoutOrder(answer.body);
      if (!order || order.html_snippet === '') {
        return { kind: 'unknown', code: 'no order in the answer', raw: answer.raw };
      }
      const { order_id: providerId, html_snippet: html } = order;
      const origins = originsOf(settings, html);
      if (html.length > longestSnippet || origins.length > mostOrigins) {
        return { kind: 'unknown', code: 'the snippet is too large', raw: '' };
      }
      return { kind: 'started', providerId, buyer: { to: 'snippet', html, origins }, raw: answer.raw };
    }
    case 'refused':
      return { kind: 'refused', code: answer.code, reason: 'try again later', raw: answer.raw };
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return { kind: 'unknown', code: answer.code, raw: answer.raw };
  }
}

function create({ http, settings }: MethodContext, body: object): Promise<JudgedAnswer> {
  return callKustom(http, accountOf(settings), { method: 'POST', path: '/checkout/v3/orders', body });
}

function writeSession(request: StartRequest): object {
  const { noticeUrl } = request;
  return {
    ...writePurchase(request),
    purchase_country: request.country,
    merchant_urls: {
      terms: request.termsUrl,
      checkout: request.pageUrl,
      confirmation: request.returnUrl,
      push: `${noticeUrl}/push`,
      validation: `${noticeUrl}/validation`,
      notification: `${noticeUrl}/notification`,
    },
    ...(request.agreement && { recurring: true }),
  };
}

function addressOf({ email, mobile }: StartRequest): object {
  const written = asciiEmail(email);
  const address = {
    ...(written !== undefined && { email: written }),
    ...(mobile !== undefined && { phone: mobile }),
  };
  return Object.keys(address).length > 0 ? { billing_address: address } : {};
}
