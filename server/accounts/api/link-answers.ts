import { renderLinkPage } from '@leveret/pages/link-page.js';
import { renderLinkSpentPage } from '@leveret/pages/link-spent-page.js';
import { renderPaymentStoppedPage } from '@leveret/pages/payment-stopped-page.js';
import type { Secrets } from '../../config/secrets.ts';
import { browserNonce, keepsNoCookie } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import type { LinkRow } from '../find-login-link.ts';
import type { ClosedReason } from '../link-closed.ts';
import { markCookie } from './known-browser.ts';
import { errorAddressOf, formTargets, type LinkError, returnAddressOf } from './link-addresses.ts';
import { problemPage } from './problem-page.ts';
import { sessionCookie } from './reader-browser.ts';

export type LinkPageContext = {
  settings: { publicUrl: string };
  publishers: Pick<PublisherDirectory, 'findClient'>;
};

/** The page with the button, or, for a link that is over, the one that offers a new link. */
export async function showLink(
  context: LinkPageContext,
  call: PageCall,
  link: LinkRow,
  state: 'ready' | 'used' | 'expired',
): Promise<PageAnswer> {
  const token = call.params['token'] ?? '';
  const { nonce, cookies } = browserNonce(call, context.settings.publicUrl);
  const error: LinkError = state === 'ready' ? 'cancelled' : 'link_expired';
  const [returnTo, errorTo] = await Promise.all([
    returnAddressOf(context, link),
    errorAddressOf(context, link, error),
  ]);
  const model = {
    language: pageLanguage(call.headers.acceptLanguage, link.locale),
    publisherName: link.publisher_name,
    destination: link.credential,
    nonce,
    giveUpUrl: errorTo,
    codePageUrl: keepsNoCookie(call)
      ? `/user/code?clientId=${encodeURIComponent(link.client_id)}`
      : undefined,
  };
  const html =
    state === 'ready'
      ? renderLinkPage({ ...model, purchase: link.purchase ?? link.publisher_name, action: `/l/${token}` })
      : renderLinkSpentPage({ ...model, reason: state, action: `/l/${token}/resend` });
  return { html, cookies, ...formTargets(returnTo, errorTo) };
}

const stoppedReasons = { cancelled: 'cancelled', expired: 'expired', payment_failed: 'failed' } as const;

/** The order or the account is closed: the client's error page, or a page of ours that says so. */
export async function answerClosed(
  context: LinkPageContext,
  call: PageCall,
  link: LinkRow,
  reason: ClosedReason,
): Promise<PageAnswer> {
  const address = await errorAddressOf(context, link, reason);
  if (address !== undefined) return { redirectTo: address };
  if (reason === 'account_closed' || link.stopped_reason === null) return problemPage(call, 403, link.locale);
  const html = renderPaymentStoppedPage({
    language: pageLanguage(call.headers.acceptLanguage, link.locale),
    publisherName: link.publisher_name,
    reason: stoppedReasons[link.stopped_reason],
  });
  return { html };
}

/** A form of ours that this browser has no cookie for: the page again, with one. */
export function refuseStale(page: PageAnswer): PageAnswer {
  return page.redirectTo === undefined ? { ...page, status: 403 } : page;
}

/** Logged in: back to the publisher without any token in the address, or to what was bought. */
export async function answerLoggedIn(
  context: LinkPageContext & { secrets: Pick<Secrets, 'loginLink'> },
  call: PageCall,
  link: LinkRow,
  sessionId: string,
): Promise<PageAnswer> {
  const address = await returnAddressOf(context, link);
  const { publicUrl } = context.settings;
  return {
    redirectTo: address ?? '/user/welcome',
    cookies: [
      sessionCookie(publicUrl, sessionId),
      markCookie(call, publicUrl, context.secrets.loginLink, readerOf(link)),
    ],
  };
}

function readerOf(link: LinkRow): { publisherId: number; credentialKey: Buffer } {
  return { publisherId: link.publisher_id, credentialKey: link.credential_key };
}
