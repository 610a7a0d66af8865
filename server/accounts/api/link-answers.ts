import { renderLinkPage } from '@leveret/pages/link-page.js';
import { renderLinkSpentPage } from '@leveret/pages/link-spent-page.js';
import { renderPaymentStoppedPage } from '@leveret/pages/payment-stopped-page.js';
import type { Secrets } from '../../config/secrets.ts';
import { firstAndMore } from '../../kit/first-and-more.ts';
import { browserNonce, keepsNoCookie, readNonce } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { isAuthorizationAddress } from '../../publishers/allowed-address.ts';
import { findHome, type HomeDirectory } from '../../publishers/find-home.ts';
import type { LinkRow } from '../find-login-link.ts';
import type { ClosedReason } from '../link-closed.ts';
import { secretHash } from '../session.ts';
import { markCookie } from './known-browser.ts';
import { errorAddressOf, formTargets, type LinkError, returnAddressOf } from './link-addresses.ts';
import { problemPage } from './problem-page.ts';
import { sessionCookies } from './reader-browser.ts';

export type LinkPageContext = {
  settings: { publicUrl: string };
  publishers: HomeDirectory;
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
  const [returnTo, errorTo, { seller }] = await Promise.all([
    returnAddressOf(context, link),
    errorAddressOf(context, link, error),
    findHome(context.publishers, publisherOf(link)),
  ]);
  const language = pageLanguage(call.headers.acceptLanguage, link.locale);
  const model = {
    language,
    publisherName: link.publisher_name,
    seller,
    destination: link.credential,
    nonce,
    giveUpUrl: errorTo,
    codePageUrl: keepsNoCookie(call)
      ? `/user/code?clientId=${encodeURIComponent(link.client_id)}`
      : undefined,
  };
  const html =
    state === 'ready'
      ? renderLinkPage({ ...model, purchase: purchaseOf(link, language), action: `/l/${token}` })
      : renderLinkSpentPage({ ...model, reason: state, action: `/l/${token}/resend` });
  return { html, cookies, ...formTargets(returnTo, errorTo) };
}

function purchaseOf(link: LinkRow, language: string): string {
  if (link.purchase === null) return link.publisher_name;
  return firstAndMore({ first: link.purchase, more: link.more_lines }, language);
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
  if (reason !== 'order_stopped' || link.stopped_reason === null)
    return problemPage(context, call, 403, publisherOf(link));
  const { seller, returnUrl } = await findHome(context.publishers, publisherOf(link));
  const html = renderPaymentStoppedPage({
    language: pageLanguage(call.headers.acceptLanguage, link.locale),
    publisherName: link.publisher_name,
    seller,
    reason: stoppedReasons[link.stopped_reason],
    returnUrl,
  });
  return { html };
}

export function publisherOf(link: LinkRow): { publisherId: number; locale: string } {
  return { publisherId: link.publisher_id, locale: link.locale };
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
    redirectTo:
      address === undefined || isBegunElsewhere(call, publicUrl, link, address) ? '/user/welcome' : address,
    cookies: [
      ...sessionCookies(publicUrl, link.publisher_id, sessionId),
      markCookie(call, publicUrl, context.secrets.loginLink, readerOf(link)),
    ],
  };
}

function readerOf(link: LinkRow): { publisherId: number; credentialKey: Buffer } {
  return { publisherId: link.publisher_id, credentialKey: link.credential_key };
}

/** A site takes an authorization back only in the browser where it began; elsewhere it is an error. */
function isBegunElsewhere(call: PageCall, publicUrl: string, link: LinkRow, address: string): boolean {
  if (link.asked_nonce_sha256 === null || !isAuthorizationAddress(address, publicUrl)) return false;
  const nonce = readNonce(call, publicUrl);
  return nonce === undefined || !link.asked_nonce_sha256.equals(secretHash(nonce));
}
