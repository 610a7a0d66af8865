import { callKustom } from '../../../provider-clients/kustom/call-kustom.ts';
import { readCheckoutOrder } from '../../../provider-clients/kustom/read-order.ts';
import type { MethodContext, MethodSettings } from '../../port/payment-method.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import type { Started } from '../../port/provider-answer.ts';
import { accountOf } from './settings.ts';
import { writePurchase } from './write-order.ts';

/**
 * Makes a session and gives the piece of HTML that shows it. Creating has no idempotency: a session whose
 * answer was lost is left alone, and ends by itself, as no buyer is ever sent to it.
 */
export async function start({ http, settings }: MethodContext, request: StartRequest): Promise<Started> {
  const answer = await callKustom(http, accountOf(settings), {
    method: 'POST',
    path: '/checkout/v3/orders',
    body: writeSession(request),
  });
  switch (answer.kind) {
    case 'done': {
      const order = readCheckoutOrder(answer.json);
      if (!order || order.html_snippet === '') {
        return { kind: 'unknown', code: 'no order in the answer', raw: answer.raw };
      }
      const { order_id: providerId, html_snippet: html } = order;
      const buyer = { to: 'snippet', html, origins: originsOf(settings, html) } as const;
      return { kind: 'started', providerId, buyer, raw: answer.raw };
    }
    case 'refused':
      return { kind: 'refused', code: answer.code, reason: 'try again later', raw: answer.raw };
    case 'not sent':
      return { kind: 'not sent', code: answer.code };
    case 'unknown':
      return { kind: 'unknown', code: answer.code, raw: answer.raw };
  }
}

function writeSession(request: StartRequest): object {
  const { noticeUrl, email, mobile } = request;
  const address = { ...(email !== undefined && { email }), ...(mobile !== undefined && { phone: mobile }) };
  return {
    ...writePurchase(request),
    purchase_country: request.country,
    ...(Object.keys(address).length > 0 && { billing_address: address }),
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

/**
 * Domains that the checkout may load from, by the end of the API's host name. Kustom publishes no list, so
 * that a merchant can set more.
 */
const families: [RegExp, string[]][] = [
  [/(^|\.)kustom\.co$/, ['https://*.kustom.co', 'https://*.klarna.com', 'https://*.klarnacdn.net']],
  [/(^|\.)klarna\.com$/, ['https://*.klarna.com', 'https://*.klarnacdn.net']],
];

/** The API's own origin, those that the snippet names, and those that the provider is known to use. */
function originsOf(settings: MethodSettings, html: string): string[] {
  const base = URL.parse(settings['baseUrl'] ?? '');
  const known = families.find(([pattern]) => pattern.test(base?.hostname ?? ''))?.[1] ?? [];
  const named = [...html.matchAll(/["'](https?:\/\/[^"'\s]+)["']/g)].flatMap(([, address = '']) => {
    const origin = URL.parse(address)?.origin;
    return origin === undefined ? [] : [origin];
  });
  const set = (settings['snippetOrigins'] ?? '').split(/\s+/).filter((origin) => /^https?:\/\//.test(origin));
  return [...new Set([...(base ? [base.origin] : []), ...named, ...known, ...set])];
}
