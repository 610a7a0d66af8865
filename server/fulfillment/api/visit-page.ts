import type { CheckoutPageModel } from '@leveret/pages/checkout-page.js';
import { renderOrderUnknownPage } from '@leveret/pages/order-unknown-page.js';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import { shownCheckout } from '@leveret/pages/shown-checkout.js';
import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import type { Queryable } from '../../database/statement.ts';
import { isFetchedAhead } from '../../kit/http/arrival.ts';
import { browserNonce } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall } from '../../kit/http/endpoint.ts';
import type { PageParameter } from '../../kit/http/page-parameters.ts';
import type { OrderId } from '../../kit/ids.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import { matchReturnUrl } from '../../kit/return-url.ts';
import type { PaymentMethod } from '../../orders/payment-methods.ts';
import type { BrowserPayments } from '../../payments/browser-payment.ts';
import { findHome, type Home, type HomeDirectory, homeOfPublisher } from '../../publishers/find-home.ts';
import type { Client } from '../../publishers/publisher.ts';
import type { CompleteLane } from '../complete-by-api.ts';
import { completeByUrl } from '../complete-by-url.ts';
import type { VisitedOrder } from '../find-visited-order.ts';
import { type CookieOfOrder, orderCookies } from '../order-cookie.ts';
import { snippetOriginOf } from '../snippet-origin.ts';
import { decideVisit, type ReturnOptions, type Visit, type Visitor } from '../visit.ts';
import type { VisitLanes } from '../visit-lanes.ts';
import { answerCheckout, readCheckoutPage } from './answer-checkout.ts';
import { answerClosed, answerVisit, type VisitView } from './answer-visit.ts';
import { snippetLoaderPath } from './serve-frame-parts.ts';

export type VisitPageContext = {
  settings: Pick<Settings, 'publicUrl' | 'snippetUrl'>;
  secrets: Pick<Secrets, 'orderAddress' | 'cookies'>;
  database: Queryable;
  visitLanes: VisitLanes;
  publishers: HomeDirectory;
  completeOrder: CompleteLane;
  browserPayments: BrowserPayments;
  clock: Pick<DatabaseClock, 'now'>;
  rateLimiter: Pick<RateLimiter, 'take'>;
};

/** What the pages of an order read of their address. */
export const visitParameters: readonly PageParameter[] = [
  'clientId',
  'returnUrl',
  'errorUrl',
  'waitingSince',
  'leadOnSince',
  'giveUp',
];

export type Found = {
  order: VisitedOrder;
  /** The client that registered the order. */
  ownClient: Client;
  /** The client whose list of return addresses counts: the same, or the one that `clientId` names. */
  client: Client;
};

export async function findOrderOfClient(
  context: VisitPageContext,
  id: OrderId,
  call: PageCall,
): Promise<Found | undefined> {
  const order = await context.visitLanes.findOrder(id);
  const ownClient = order && (await context.publishers.findClient(order.clientId));
  if (!order || !ownClient) return undefined;
  const { clientId } = call.query;
  const client = clientId === undefined ? ownClient : await context.publishers.findClient(clientId);
  return client?.publisher.publisherId === order.publisherId ? { order, ownClient, client } : undefined;
}

/** The page's path, and whether nobody can guess the address: only there the page tells what was bought. */
export type VisitAddress = { path: string; isSecret: boolean };

/** What the visitor has pressed, who it is, and what a visit may do. */
export type Manner = Pick<Visitor, 'pressed' | 'guestId' | 'mayBegin' | 'isPerson' | 'mayComplete'>;

/** Completes or pays the order, and answers what the buyer meets. */
export async function answerFor(
  context: VisitPageContext,
  call: PageCall,
  found: Found,
  address: VisitAddress,
  manner: Manner,
): Promise<PageAnswer> {
  const { order, client } = found;
  const options = readCompletionOptions(call, client);
  if (!options) return wayBackRefused(call, found);
  const decision = decideVisit(order);
  if (decision.kind === 'complete' || decision.kind === 'pay') {
    if (call.method === 'HEAD') return { html: '' };
    // Browsers throw away what fails while it is fetched ahead, and ask again when it is wanted.
    if (isFetchedAhead(call.headers)) return problem(call, 503, homeOfPublisher(client.publisher));
  }
  const view = viewOf(context, call, found, options, address);
  const readPage = (methods: readonly PaymentMethod[]) =>
    readCheckoutPage(context.database, view, client.publisher, methods);
  const visitor = {
    client,
    options,
    returnPage: view.form.action,
    language: view.language,
    buyer: { userAgent: call.headers.userAgent, address: call.address },
    ...manner,
    isBack: call.query['waitingSince'] !== undefined,
    isOnTheWay: call.query['leadOnSince'] !== undefined,
    isOrderedOnSite: found.ownClient.settings.orderedOnSite,
    readShown: async (methods: readonly PaymentMethod[]) => shownCheckout(await readPage(methods)),
  };
  const visit = await completeByUrl(context, order, visitor);
  const answer = await answerOf(visit, view, readPage);
  if (!holdsAfter(visit, manner)) return answer;
  const about = cookieAbout(context, order.orderId);
  return { ...answer, cookies: [...(answer.cookies ?? []), ...orderCookies(call, about, manner.guestId)] };
}

async function answerOf(
  visit: Visit,
  view: VisitView,
  readPage: (methods: readonly PaymentMethod[]) => Promise<CheckoutPageModel>,
): Promise<PageAnswer> {
  switch (visit.kind) {
    case 'choose':
      return answerCheckout(visit, view, await readPage(visit.choices.methods));
    case 'confirm':
      return answerCheckout(visit, view, await readPage([]));
    default:
      return answerVisit(visit, view);
  }
}

/** Whether the browser has begun or completed the order, so that it is to be known at its next visit. */
function holdsAfter({ kind }: Visit, { guestId, mayBegin }: Manner): boolean {
  if (kind === 'go' || kind === 'waiting') return mayBegin;
  return guestId === undefined && (kind === 'code' || kind === 'done');
}

export function cookieAbout({ secrets, settings }: VisitPageContext, orderId: number): CookieOfOrder {
  return { secret: secrets.cookies, publicUrl: settings.publicUrl, orderId };
}

/** Where a page leads on to when it knows no better place. */
export function homeOf({ client }: Found): string | undefined {
  return client.publisher.settings.homeUrl || undefined;
}

/** Nothing where an address is not on the client's list: the buyer may not be sent there. */
export function readCompletionOptions(call: PageCall, client: Client): ReturnOptions | undefined {
  const read = (address: string | undefined) => {
    const matched = address === undefined ? undefined : matchReturnUrl(address, client.returnAddresses);
    return matched === undefined || matched.ok ? { url: matched?.url } : undefined;
  };
  const [returnTo, errorTo] = [read(call.query['returnUrl']), read(call.query['errorUrl'])];
  return returnTo && errorTo ? { returnUrl: returnTo.url, errorUrl: errorTo.url } : undefined;
}

function viewOf(
  { settings }: VisitPageContext,
  call: PageCall,
  found: Found,
  options: ReturnOptions,
  address: VisitAddress,
): VisitView {
  const { order } = found;
  const now = order.at.getTime();
  const since = Number(call.query['waitingSince'] ?? call.query['leadOnSince'] ?? now);
  const isTime = Number.isFinite(since);
  const { waitingSince: _waiting, leadOnSince: _leadOn, giveUp: _giveUp, ...query } = call.query;
  const page = pageOf(address.path, query);
  return {
    language: languageOf(call, order),
    order,
    showsPurchase: address.isSecret,
    options,
    home: homeOf(found),
    requestId: call.requestId,
    waitUrl: waitingPage(page, isTime ? since : now),
    leadOnUrl: withSince(page, 'leadOnSince', isTime ? since : now),
    waitedSeconds: isTime ? (now - since) / 1000 : 0,
    form: { action: page, ...browserNonce(call, settings.publicUrl) },
    publicUrl: settings.publicUrl,
    snippetLoader: snippetLoaderOf(settings, order.publisherId),
    isPosted: call.method === 'POST',
  };
}

function snippetLoaderOf(
  { snippetUrl }: Pick<Settings, 'snippetUrl'>,
  publisherId: number,
): string | undefined {
  return snippetUrl === undefined ? undefined : snippetOriginOf(snippetUrl, publisherId) + snippetLoaderPath;
}

function pageOf(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The page on which the buyer waits for the outcome of the try under way. */
export function waitingPage(page: string, since: number): string {
  return withSince(page, 'waitingSince', since);
}

function withSince(page: string, name: 'waitingSince' | 'leadOnSince', since: number): string {
  return `${page}${page.includes('?') ? '&' : '?'}${name}=${since}`;
}

export function languageOf(call: PageCall, order: { locale: string } | undefined): string {
  return pageLanguage(call.headers.acceptLanguage, order?.locale ?? 'nb');
}

export function problem(call: PageCall, status: number, { locale = 'nb', ...home }: Home): PageAnswer {
  const canReload = call.method === 'GET';
  const model = { language: languageOf(call, { locale }), status, requestId: call.requestId, canReload };
  return { status, html: renderProblemPage({ ...model, ...home }) };
}

/** The address to come back to is not on the client's list: nothing is done, and the buyer is told. */
export function wayBackRefused(call: PageCall, found: Found): PageAnswer {
  const { order } = found;
  const options = { returnUrl: undefined, errorUrl: undefined };
  const page = { language: languageOf(call, order), order, options, home: homeOf(found) };
  return answerClosed(page, 'way back refused');
}

/**
 * Alike for an order that is not there, is another publisher's, or may not be named by its id: it leads on to
 * the publisher that the address or the host tells, never to the order's.
 */
export async function orderUnknown({ publishers }: VisitPageContext, call: PageCall): Promise<PageAnswer> {
  const { locale = 'nb', ...home } = await findHome(publishers, { clientId: call.query['clientId'] });
  return { status: 404, html: renderOrderUnknownPage({ language: languageOf(call, { locale }), ...home }) };
}
