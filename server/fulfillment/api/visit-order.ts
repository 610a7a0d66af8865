import { renderOrderUnknownPage } from '@leveret/pages/order-unknown-page.js';
import { renderProblemPage } from '@leveret/pages/problem-page.js';
import type { Secrets } from '../../config/secrets.ts';
import type { Queryable } from '../../database/statement.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { type OrderId, orderId } from '../../kit/ids.ts';
import { pageLanguage } from '../../kit/page-language.ts';
import { matchReturnUrl } from '../../kit/return-url.ts';
import { readOrderToken } from '../../orders/order-address.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import type { Client } from '../../publishers/publisher.ts';
import type { CompleteLane } from '../complete-by-api.ts';
import { completeByUrl, decideVisit, type ReturnWishes } from '../complete-by-url.ts';
import { findVisitedOrder, type VisitedOrder } from '../find-visited-order.ts';
import { answerVisit, type VisitView } from './answer-visit.ts';

type Context = {
  secrets: Pick<Secrets, 'orderAddress'>;
  database: Queryable;
  publishers: Pick<PublisherDirectory, 'findClient'>;
  completeOrder: CompleteLane;
};

/** The address that Register order answers, which nobody can guess. */
export const visitOrder: PageEndpoint<Context> = {
  operationId: 'visitOrder',
  summary: 'Complete an order in the browser, and go back to the publisher',
  async handlePage(context, call) {
    const token = call.params['token'] ?? '';
    const id = readOrderToken(context.secrets.orderAddress, token);
    const found = id === undefined ? undefined : await findOrderOfClient(context, id, call);
    if (!found) return orderUnknown(call);
    return answerFor(context, call, found, { path: `/user/fulfillment/${token}`, showsPurchase: true });
  },
};

/** The original's address with a bare order id; a client with the strict profile has none. */
export const visitOrderById: PageEndpoint<Context> = {
  operationId: 'visitOrderById',
  summary: 'Complete an order in the browser by its order id, as the original does',
  async handlePage(context, call) {
    const text = call.query['orderId'] ?? '';
    const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
    const found = Number.isSafeInteger(id) ? await findOrderOfClient(context, orderId(id), call) : undefined;
    if (found?.ownClient.profile !== 'original') return orderUnknown(call);
    return answerFor(context, call, found, { path: '/user/fulfillment', showsPurchase: false });
  },
};

type Found = {
  order: VisitedOrder;
  /** The client that registered the order. */
  ownClient: Client;
  /** The client whose list of return addresses counts: the same, or the one that `clientId` names. */
  client: Client;
};

async function findOrderOfClient(context: Context, id: OrderId, call: PageCall): Promise<Found | undefined> {
  const order = await findVisitedOrder(context.database, id);
  const ownClient = order && (await context.publishers.findClient(order.clientId));
  if (!order || !ownClient) return undefined;
  const { clientId } = call.query;
  const client = clientId === undefined ? ownClient : await context.publishers.findClient(clientId);
  return client?.publisher.publisherId === order.publisherId ? { order, ownClient, client } : undefined;
}

async function answerFor(
  context: Context,
  call: PageCall,
  { order, client }: Found,
  address: { path: string; showsPurchase: boolean },
): Promise<PageAnswer> {
  const wishes = readWishes(call, client);
  if (!wishes) return problem(call, order, 400);
  const decision = decideVisit(order);
  if (decision.kind === 'complete') {
    if (call.method === 'HEAD') return { html: '' };
    // Browsers throw away what fails while it is fetched ahead, and ask again when it is wanted.
    if (isFetchedAhead(call)) return problem(call, order, 503);
  }
  const visit = await completeByUrl(context, order, client, wishes);
  return answerVisit(visit, viewOf(call, order, wishes, address));
}

/** Nothing where an address is not on the client's list: the buyer may not be sent there. */
function readWishes(call: PageCall, client: Client): ReturnWishes | undefined {
  const read = (address: string | undefined) => {
    const matched = address === undefined ? undefined : matchReturnUrl(address, client.returnAddresses);
    return matched === undefined || matched.ok ? { url: matched?.url } : undefined;
  };
  const [returnTo, errorTo] = [read(call.query['returnUrl']), read(call.query['errorUrl'])];
  return returnTo && errorTo ? { returnUrl: returnTo.url, errorUrl: errorTo.url } : undefined;
}

/** Nobody has asked for the page yet, so that nothing may be completed by it. */
function isFetchedAhead(call: PageCall): boolean {
  return /prefetch|preview|prerender/i.test(call.headers.purpose ?? '');
}

function viewOf(
  call: PageCall,
  order: VisitedOrder,
  wishes: ReturnWishes,
  address: { path: string; showsPurchase: boolean },
): VisitView {
  const now = order.at.getTime();
  const since = Number(call.query['waitingSince'] ?? now);
  const query = new URLSearchParams({
    ...call.query,
    waitingSince: String(Number.isFinite(since) ? since : now),
  });
  return {
    language: languageOf(call, order),
    order,
    showsPurchase: address.showsPurchase,
    wishes,
    waitUrl: `${address.path}?${query.toString()}`,
    waitedSeconds: Number.isFinite(since) ? (now - since) / 1000 : 0,
  };
}

function languageOf(call: PageCall, order: VisitedOrder | undefined): string {
  return pageLanguage(call.headers.acceptLanguage, order?.locale ?? 'nb');
}

function problem(call: PageCall, order: VisitedOrder, status: number): PageAnswer {
  const { publisherName } = order;
  const language = languageOf(call, order);
  return { status, html: renderProblemPage({ language, status, publisherName, requestId: call.requestId }) };
}

/** Alike for an order that is not there, is another publisher's, or may not be named by its id. */
function orderUnknown(call: PageCall): PageAnswer {
  return { status: 404, html: renderOrderUnknownPage({ language: languageOf(call, undefined) }) };
}
