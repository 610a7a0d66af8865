import { type Database, isConstraintBreach, type Transaction } from '../database/transaction.ts';
import { createBatch } from '../kit/batch.ts';
import type { OrderId } from '../kit/ids.ts';
import type { By } from '../kit/origin.ts';
import type { CheckoutFacts, OrderEvent, OrderState } from '../orders/order.ts';
import type { MethodDirectory } from '../payments/merchants/find-method.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import type { Client } from '../publishers/publisher.ts';
import type { CompletionOptions } from '../publishers/read-completion-options.ts';
import { ignoredOptions } from './completion-options.ts';
import {
  type CompletionDecision,
  type CompletionRefusal,
  decideCompletion,
  type OrderToComplete,
} from './fulfillment.ts';
import { lockOrdersToComplete } from './fulfillment-store.ts';
import { type AskedOptions, keepOptions } from './keep-options.ts';

/** `options` is what an authenticated request asks for around completing; a mere visit asks for nothing. */
export type CompletionRequest = {
  client: Client;
  /** Who asks: the client, or the buyer at a page. */
  by: By;
  orderId: OrderId;
  options: CompletionOptions | undefined;
  /** What the buyer was shown, where a button of our page was pressed. */
  confirmed?: CheckoutFacts | undefined;
};

export type CompletionOutcome =
  /** `ignored` names the fields in which an earlier request asked for something else, which stands. */
  | { kind: 'accepted'; state: OrderState; ignored: string[] }
  | { kind: 'refused'; code: CompletionRefusal; state: OrderState }
  | { kind: 'unknown order' };

export type CompleteLane = (request: CompletionRequest) => Promise<CompletionOutcome>;

type Context = {
  database: Database;
  methods: Pick<MethodDirectory, 'wayToPay'>;
};

/** Completes orders by API, many concurrent calls in one transaction. Asking again changes nothing. */
export function createCompleteLane(context: Context): CompleteLane {
  return createBatch<CompletionRequest, CompletionOutcome>({
    run: (requests) => {
      const byOrder = new Map<number, By>();
      return context.database.transaction(
        'complete-by-api',
        (transaction) => completeByApi(context, transaction, requests, byOrder),
        byOrder,
      );
    },
    maxSize: 256,
    ownerOf: ({ client }) => client.publisher.publisherId,
    isFaultOfOne: isConstraintBreach,
  });
}

/**
 * Within one transaction: lock, decide each order, keep what was asked for, and report what follows. Who
 * began it is put into `byOrder`: of the requests of its own publisher for an order the first, which is done.
 */
export async function completeByApi(
  context: Context,
  transaction: Transaction,
  requests: readonly CompletionRequest[],
  byOrder?: Map<number, By>,
): Promise<CompletionOutcome[]> {
  const keys = requests.map(({ client, orderId }) => ({
    publisherId: client.publisher.publisherId,
    orderId,
  }));
  const orders = await lockOrdersToComplete(transaction, keys);
  const decided = decideAll(context, orders, requests);
  for (const { order, isFirst, request } of decided)
    if (order && isFirst) byOrder?.set(order.orderId, request.by);
  const { standing, late } = await keepOptions(transaction, decided.flatMap(askedBy));
  await transaction.report(decided.flatMap(eventsOf));
  await transaction.report(late);
  return decided.map((entry) => outcomeOf(entry, standing));
}

type Decided = {
  request: CompletionRequest;
  order: OrderToComplete | undefined;
  decision: CompletionDecision | { kind: 'unknown order' };
  /** False for a second request for the same order in one batch. */
  isFirst: boolean;
};

function decideAll(
  context: Context,
  orders: ReadonlyMap<number, OrderToComplete>,
  requests: readonly CompletionRequest[],
): Decided[] {
  const seen = new Set<number>();
  return requests.map((request) => {
    const { publisherId } = request.client.publisher;
    const found = orders.get(request.orderId);
    const order = found?.publisherId === publisherId ? found : undefined;
    const isFirst = !seen.has(request.orderId);
    if (!order) return { request, order, decision: { kind: 'unknown order' }, isFirst };
    seen.add(request.orderId);
    return { request, order, decision: decideCompletion(order, context.methods.wayToPay), isFirst };
  });
}

/** What was asked for stands also while the buyer is sent to a browser first. */
function askedBy({ request, order, decision }: Decided): AskedOptions | [] {
  const isRefused = decision.kind === 'refuse' && decision.code !== 'buyer_must_act';
  if (!order || isRefused || request.options === undefined) return [];
  return { order, clientId: request.client.clientId, options: request.options };
}

function eventsOf({ order, decision, isFirst, request }: Decided): (PaymentEvent | OrderEvent)[] {
  if (!order || !isFirst) return [];
  const { publisherId, orderId } = order;
  const { confirmed } = request;
  switch (decision.kind) {
    case 'complete at once':
      return [
        ...(confirmed ? [{ name: 'checkout confirmed' as const, publisherId, orderId, ...confirmed }] : []),
        { name: 'payment secured', publisherId, orderId, securedBy: decision.by },
      ];
    case 'take payment':
      return [{ name: 'payment wanted', publisherId, orderId }];
    case 'nothing to do':
    case 'refuse':
    case 'unknown order':
      return [];
  }
}

function outcomeOf(
  { decision, order, request }: Decided,
  standing: ReadonlyMap<number, CompletionOptions>,
): CompletionOutcome {
  if (!order || decision.kind === 'unknown order') return { kind: 'unknown order' };
  if (decision.kind === 'refuse') return { kind: 'refused', code: decision.code, state: order.state };
  const stands = standing.get(order.orderId);
  const ignored = request.options && stands ? ignoredOptions(request.options, stands) : [];
  return { kind: 'accepted', state: stateAfter(order.state, decision), ignored };
}

function stateAfter(state: OrderState, decision: CompletionDecision): OrderState {
  if (decision.kind === 'complete at once') return 'completed';
  return decision.kind === 'take payment' ? 'paying' : state;
}
