import { type Database, isConstraintBreach, type Transaction } from '../database/transaction.ts';
import { createBatch } from '../kit/batch.ts';
import type { OrderId } from '../kit/ids.ts';
import type { OrderState } from '../orders/order.ts';
import type { MethodDirectory } from '../payments/find-method.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import type { Client } from '../publishers/publisher.ts';
import type { Wishes } from '../publishers/read-wishes.ts';
import { findStandingWishes, type StandingWishes } from './find-standing-wishes.ts';
import {
  type CompletionDecision,
  type CompletionRefusal,
  decideCompletion,
  type OrderToComplete,
} from './fulfillment.ts';
import { insertOrderCompletions, lockOrdersToComplete } from './fulfillment-store.ts';
import { ignoredWishes } from './ignored-wishes.ts';

export type CompletionRequest = { client: Client; orderId: OrderId; wishes: Wishes };

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
    run: (requests) =>
      context.database.transaction('complete-by-api', (transaction) =>
        completeByApi(context, transaction, requests),
      ),
    maxSize: 256,
    isFaultOfOne: isConstraintBreach,
  });
}

/** Within one transaction: lock, decide each order, keep the wishes, and report what follows. */
export async function completeByApi(
  context: Context,
  transaction: Transaction,
  requests: readonly CompletionRequest[],
): Promise<CompletionOutcome[]> {
  const keys = requests.map(({ client, orderId }) => ({
    publisherId: client.publisher.publisherId,
    orderId,
  }));
  const orders = await lockOrdersToComplete(transaction, keys);
  const decided = decideAll(context, orders, requests);
  const going = decided.flatMap((entry) =>
    entry.order && entry.goesOn ? [{ ...entry, order: entry.order }] : [],
  );
  const kept = await keepWishes(transaction, going);
  await transaction.report(going.flatMap((entry) => eventOf(entry.order, entry.decision) ?? []));
  const standing = await findOthersWishes(transaction, decided, kept);
  return decided.map((entry) => outcomeOf(entry, kept, standing));
}

type Decided = {
  request: CompletionRequest;
  order: OrderToComplete | undefined;
  decision: CompletionDecision | { kind: 'unknown order' };
  /** Whether wishes and an event are to be written; a completed order keeps what it was completed with. */
  goesOn: boolean;
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
    if (order) seen.add(request.orderId);
    if (!order) return { request, order, decision: { kind: 'unknown order' }, isFirst, goesOn: false };
    const decision = decideCompletion(order, context.methods.wayToPay);
    return { request, order, decision, isFirst, goesOn: isFirst && goesOn(order, decision) };
  });
}

function goesOn(order: OrderToComplete, decision: CompletionDecision): boolean {
  // What was asked for stands also while the buyer is sent to a browser first.
  const isToBePaid = decision.kind !== 'refuse' || decision.code === 'buyer_must_act';
  return isToBePaid && order.state !== 'completed';
}

function keepWishes(
  transaction: Transaction,
  going: readonly { request: CompletionRequest; order: OrderToComplete }[],
): Promise<Set<number>> {
  if (going.length === 0) return Promise.resolve(new Set());
  return insertOrderCompletions(
    transaction,
    going.map(({ request, order }) => ({
      orderId: order.orderId,
      publisherId: order.publisherId,
      clientId: request.client.clientId,
      wishes: request.wishes,
    })),
  );
}

function eventOf(order: OrderToComplete, decision: Decided['decision']): PaymentEvent | undefined {
  const { publisherId, orderId } = order;
  switch (decision.kind) {
    case 'complete at once':
      return { name: 'payment secured', publisherId, orderId, by: decision.by };
    case 'take payment':
      return { name: 'payment wanted', publisherId, orderId };
    case 'nothing to do':
    case 'refuse':
    case 'unknown order':
      return undefined;
  }
}

/** Only a repeat costs this look at what the first request asked for. */
async function findOthersWishes(
  transaction: Transaction,
  decided: readonly Decided[],
  kept: ReadonlySet<number>,
): Promise<ReadonlyMap<number, StandingWishes>> {
  const repeats = decided.flatMap(({ order, decision, isFirst }) =>
    order && decision.kind !== 'refuse' && !(isFirst && kept.has(order.orderId)) ? order : [],
  );
  return repeats.length === 0 ? new Map() : findStandingWishes(transaction, repeats);
}

function outcomeOf(
  { decision, order, request, isFirst }: Decided,
  kept: ReadonlySet<number>,
  standing: ReadonlyMap<number, StandingWishes>,
): CompletionOutcome {
  if (!order || decision.kind === 'unknown order') return { kind: 'unknown order' };
  if (decision.kind === 'refuse') return { kind: 'refused', code: decision.code, state: order.state };
  const isKept = isFirst && kept.has(order.orderId);
  const ignored = isKept ? [] : ignoredWishes(request.wishes, standing.get(order.orderId));
  return { kind: 'accepted', state: stateAfter(order.state, decision), ignored };
}

function stateAfter(state: OrderState, decision: CompletionDecision): OrderState {
  if (decision.kind === 'complete at once') return 'completed';
  return decision.kind === 'take payment' ? 'paying' : state;
}
