import { renderAgreementCodePage } from '@leveret/pages/agreement-code-page.js';
import { type AgreementPrice, renderAgreementPage } from '@leveret/pages/agreement-page.js';
import type { CodeState } from '@leveret/pages/parts/code-notice.js';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { firstAndMore } from '../../kit/first-and-more.ts';
import { browserNonce, keepsNoCookie } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import { formatAmount } from '../../kit/money.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { readAgreementToken } from '../../payments/agreements/agreement-address.ts';
import { type FoundAgreement, findAgreement } from '../../payments/agreements/find-agreement.ts';
import { findHome } from '../../publishers/find-home.ts';
import { isReadersOrder } from '../find-own-order.ts';
import { findSession } from '../find-session.ts';
import { findSessionId } from '../find-session-id.ts';
import type { CodeCaller } from '../find-standing.ts';
import type { Visitor } from '../spend-link.ts';
import { hasMarkOf } from './known-browser.ts';
import { type LinkPageContext, refuseStale } from './link-answers.ts';
import { problemPage } from './problem-page.ts';
import { checkForm } from './reader-browser.ts';

export type AgreementContext = LinkPageContext & {
  database: Database;
  secrets: Pick<Secrets, 'loginLink' | 'credentialHash' | 'orderAddress'>;
};

/** The agreement of the page at hand; nothing for an address that was not made here. */
export async function findAgreementOfPage(
  { database, secrets }: AgreementContext,
  call: PageCall,
): Promise<FoundAgreement | undefined> {
  const reference = readAgreementToken(secrets.orderAddress, call.params['token'] ?? '');
  return reference === undefined ? undefined : findAgreement(database, reference);
}

type Admitted =
  | { kind: 'answered'; page: PageAnswer }
  | {
      kind: 'admitted';
      agreement: FoundAgreement;
      reader: NonNullable<FoundAgreement['reader']>;
      caller: CodeCaller;
    };

/** Lets in a form about the code of an agreement that its own page has sent, or answers it. */
export async function admitToAgreement(context: AgreementContext, call: PageCall): Promise<Admitted> {
  const agreement = await findAgreementOfPage(context, call);
  if (!agreement?.reader) return { kind: 'answered', page: await problemPage(context, call, 404) };
  const form = checkForm(call, context.settings.publicUrl, agreement.publisherId);
  if (form.kind === 'foreign') return { kind: 'answered', page: await problemPage(context, call, 403) };
  if (form.kind === 'stale') {
    const state = { kind: keepsNoCookie(call) ? 'no-cookies' : 'ready' } as const;
    const asked = await askForAgreementCode(context, call, agreement, state);
    return { kind: 'answered', page: refuseStale(asked) };
  }
  const caller = agreementCaller(context, call, agreement, agreement.reader, form.visitor);
  return { kind: 'admitted', agreement, reader: agreement.reader, caller };
}

/** Whether the browser at hand is logged in as the order's reader, by a code and not by an older link. */
export async function mayManage(
  { database, settings }: AgreementContext,
  call: PageCall,
  agreement: FoundAgreement,
): Promise<boolean> {
  const sessionId = findSessionId(call, settings.publicUrl, agreement.publisherId);
  const session = await findSession(database, sessionId);
  return session?.strength === 'code' && isReadersOrder(database, agreement, sessionId);
}

export function pathOf(call: PageCall): string {
  return `/user/agreement/${call.params['token'] ?? ''}`;
}

export async function showAgreementPage(
  { settings, publishers }: AgreementContext,
  call: PageCall,
  agreement: FoundAgreement,
): Promise<PageAnswer> {
  const { returnUrl, seller } = await findHome(publishers, agreement);
  const { nonce, cookies } = browserNonce(call, settings.publicUrl);
  const language = pageLanguage(call.headers.acceptLanguage, agreement.locale);
  const { terms, currency, timeZone, paidUntil } = agreement;
  const html = renderAgreementPage({
    language,
    publisherName: agreement.publisherName,
    seller,
    prices: [terms, ...(terms.others ?? [])].map((one) => priceOf(one, currency, language)),
    state: agreement.state,
    paidUntil: paidUntil && { at: paidUntil, timeZone },
    stop: agreement.state === 'active' ? { action: `${pathOf(call)}/stop`, nonce } : undefined,
    homeUrl: returnUrl,
  });
  return { html, cookies };
}

function priceOf(terms: FoundAgreement['terms'], currency: string, language: string): AgreementPrice {
  const { first, period, amountMinor } = terms;
  const shown = (minor: number) => formatAmount(minor, currency, language);
  const isFirstAlike = first?.amountMinor === amountMinor && first.period.unit === period.unit;
  const isSame = isFirstAlike && first.period.count === period.count;
  return {
    product: firstAndMore({ first: terms.productName, more: terms.more ?? 0 }, language),
    price: shown(amountMinor),
    period,
    first: first && !isSame ? { price: shown(first.amountMinor), period: first.period } : undefined,
  };
}

export async function askForAgreementCode(
  { settings, publishers }: AgreementContext,
  call: PageCall,
  agreement: FoundAgreement,
  state: CodeState,
): Promise<PageAnswer> {
  const { nonce, cookies } = browserNonce(call, settings.publicUrl);
  const { returnUrl, seller } = await findHome(publishers, agreement);
  const html = renderAgreementCodePage({
    language: pageLanguage(call.headers.acceptLanguage, agreement.locale),
    publisherName: agreement.publisherName,
    seller,
    destination: agreement.reader?.credential,
    action: pathOf(call),
    sendAction: `${pathOf(call)}/code`,
    nonce,
    state,
    homeUrl: returnUrl,
  });
  return { html, cookies };
}

/** Who types a code for an agreement or asks for one. */
function agreementCaller(
  { settings, secrets }: AgreementContext,
  call: PageCall,
  { publisherId }: FoundAgreement,
  { credentialKey }: NonNullable<FoundAgreement['reader']>,
  visitor: Visitor,
): CodeCaller {
  const reader = { publisherId, credentialKey };
  const hasMark = hasMarkOf(call, settings.publicUrl, secrets.loginLink, reader);
  return { ...reader, address: call.address, visitor, hasMark };
}
