import { renderCodePage } from '@leveret/pages/code-page.js';
import type { CodeState } from '@leveret/pages/parts/code-notice.js';
import type { Secrets } from '../../config/secrets.ts';
import { foldTyped } from '../../kit/clean-text.ts';
import { credentialKey, parseCredential } from '../../kit/credential.ts';
import { browserNonce, keepsNoCookie } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { Client } from '../../publishers/publisher.ts';
import { sellerOf } from '../../publishers/seller.ts';
import type { CodeCaller } from '../find-standing.ts';
import type { Visitor } from '../spend-link.ts';
import { hasMarkOf } from './known-browser.ts';
import type { LinkPageContext } from './link-answers.ts';

/**
 * The client whose readers the page is for; its publisher is the one whose messages carry the code. None
 * where it is unknown or disabled.
 */
export async function findCodeClient(context: LinkPageContext, call: PageCall): Promise<Client | undefined> {
  const client = await context.publishers.findClient(call.query['clientId'] ?? '');
  return client?.isDisabled === false ? client : undefined;
}

export function showCodePage(
  context: LinkPageContext,
  call: PageCall,
  client: Client,
  state: CodeState,
): PageAnswer {
  const { nonce, cookies } = browserNonce(call, context.settings.publicUrl);
  const query = `?clientId=${encodeURIComponent(client.clientId)}`;
  const html = renderCodePage({
    language: pageLanguage(call.headers.acceptLanguage, client.publisher.locale),
    publisherName: client.publisher.name,
    seller: sellerOf(client.publisher),
    action: `/user/code${query}`,
    sendNewAction: `/user/code/new${query}`,
    nonce,
    credential: call.form['credential'],
    state,
    homeUrl: client.publisher.settings.homeUrl || undefined,
  });
  return { html, cookies, allows: { 'form-action': schemesOf(client) } };
}

/** The page for a form that came without our cookie, which says so where the browser keeps none at all. */
export function showStaleCodePage(context: LinkPageContext, call: PageCall, client: Client): PageAnswer {
  return showCodePage(context, call, client, { kind: keepsNoCookie(call) ? 'no-cookies' : 'ready' });
}

/**
 * Where the code leads is not known before it is entered: to an address that a client of the publisher lists.
 */
export function schemesOf({ returnAddresses }: Client): string[] {
  const hasPlain = returnAddresses.some(
    (entry) => entry.match === 'loopback' || entry.url.startsWith('http:'),
  );
  return hasPlain ? ['https:', 'http:'] : ['https:'];
}

/**
 * The key of what the reader typed. What is no credential gets a key that nobody has, one for all its
 * spellings, and the same answers.
 */
function typedKey(secret: Buffer, client: Client, text: string): Buffer {
  const { publisherId, country } = client.publisher;
  const typed = parseCredential(text, country) ?? {
    kind: 'email' as const,
    shown: text,
    compared: foldTyped(text).toLowerCase(),
  };
  return credentialKey(secret, publisherId, typed);
}

/** Who types a code or asks for one with the form at hand. */
export function codeCaller(
  context: LinkPageContext & { secrets: Pick<Secrets, 'loginLink' | 'credentialHash'> },
  call: PageCall,
  client: Client,
  visitor: Visitor,
): CodeCaller {
  const { secrets, settings } = context;
  const reader = {
    publisherId: client.publisher.publisherId,
    credentialKey: typedKey(secrets.credentialHash, client, call.form['credential'] ?? ''),
  };
  const hasMark = hasMarkOf(call, settings.publicUrl, secrets.loginLink, reader);
  return { ...reader, address: call.address, visitor, hasMark };
}
