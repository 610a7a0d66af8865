import { randomBytes } from 'node:crypto';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { MoneyBack } from '@leveret/pages/withdraw-confirm-page.js';
import { findSession, type Session } from '../../accounts/find-session.ts';
import { findSessionId } from '../../accounts/find-session-id.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { cleanText } from '../../kit/clean-text.ts';
import { cutText } from '../../kit/cut-text.ts';
import { dateFormat } from '../../kit/formats.ts';
import { checkFormOrigin, keepsNoCookie } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { formatAmount } from '../../kit/money.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { findHome, type HomeDirectory, homeOfPublisher } from '../../publishers/find-home.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import { sellerOf } from '../../publishers/seller.ts';
import type { RefundBy } from '../withdrawal.ts';

export type WithdrawContext = {
  settings: { publicUrl: string };
  secrets: Pick<Secrets, 'orderAddress' | 'credentialHash'>;
  database: Database;
  publishers: HomeDirectory;
};

/** The page that cannot be shown; it leads on to whose it is, where that is known. */
export async function problemPage(
  { publishers }: Pick<WithdrawContext, 'publishers'>,
  call: PageCall,
  status: number,
  publisher?: Publisher,
): Promise<PageAnswer> {
  const { locale = 'nb', ...home } = publisher
    ? homeOfPublisher(publisher)
    : await findHome(publishers, { clientId: call.query['clientId'] });
  const language = pageLanguage(call.headers.acceptLanguage, locale);
  const { requestId, method } = call;
  const canReload = method === 'GET';
  return { status, html: renderProblemPage({ language, status, requestId, canReload, ...home }) };
}

/** Who is logged in with the browser at hand, at the publisher of the page or else anywhere. */
export async function findReader(context: WithdrawContext, call: PageCall): Promise<Session | undefined> {
  const publisher = await findPublisher(context, call, undefined);
  const sessionId = findSessionId(call, context.settings.publicUrl, publisher?.publisherId);
  return findSession(context.database, sessionId);
}

/** The publisher that the address names, else the reader's, else the only one there is. */
export async function findPublisher(
  { publishers }: WithdrawContext,
  call: PageCall,
  session: Session | undefined,
): Promise<Publisher | undefined> {
  const { clientId, publisherId } = call.query;
  if (clientId !== undefined) return (await publishers.findClient(clientId))?.publisher;
  if (publisherId !== undefined) return publishers.findPublisher(Number(publisherId));
  return session === undefined
    ? publishers.findOnlyPublisher()
    : publishers.findPublisher(session.publisherId);
}

/** What a page of a publisher says whatever it is about. */
export function shownFor(call: PageCall, publisher: Publisher) {
  const { name: publisherName, settings, locale } = publisher;
  const language = pageLanguage(call.headers.acceptLanguage, locale);
  const homeUrl = settings.homeUrl || undefined;
  return { language, publisherName, seller: sellerOf(publisher), homeUrl };
}

/**
 * Whether a form is one of ours. A browser that keeps no cookie may withdraw too: the law wants it to be
 * easy, and without a cookie nothing is done in anybody's name that the form does not say by itself.
 */
export function checkForm(call: PageCall, publicUrl: string): 'ours' | 'foreign' | 'stale' {
  const { kind } = checkFormOrigin(call, publicUrl);
  return kind === 'stale' && keepsNoCookie(call) ? 'ours' : kind;
}

/** Names the statement that a summary is about, so that pressing twice states it once. */
export function newStatementKey(): string {
  return randomBytes(16).toString('base64url');
}

export function readStatementKey(call: PageCall): string | undefined {
  const { key } = call.form;
  return key !== undefined && /^[\w-]{22}$/.test(key) ? key : undefined;
}

/** What a person typed in one line; addresses are cut out, as it goes out by e-mail to whom they name. */
export function typedLine(call: PageCall, name: string, most: number): string {
  const typed = cleanText(call.form[name] ?? '').replaceAll(/(?:[a-z]+:\/\/|www\.)\S*/gi, '…');
  return cutText(typed, most);
}

export function shownDay(at: Date, language: string, timeZone: string): string {
  return dateFormat(language, { dateStyle: 'long', timeZone }).format(at);
}

export function shownMoment(at: Date, language: string, timeZone: string): string {
  const form = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
  return dateFormat(language, form).format(at);
}

/** What follows for the money, as the pages show it. */
export function moneyBackOf(
  back: { amountMinor: number; by: RefundBy | undefined },
  currency: string,
  language: string,
): MoneyBack {
  const { amountMinor, by } = back;
  return by === undefined ? 'nothing' : { amount: formatAmount(amountMinor, currency, language), by };
}
