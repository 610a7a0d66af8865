import type { Random } from '../builders/random.ts';
import type { Acknowledged, StubbornClient } from '../builders/stubborn-client.ts';
import { letPass } from '../builders/until.ts';
import { callbackPath } from '../oracle/read-ledgers.ts';
import type { OrderKind } from './order-kind.ts';
import { orderKinds } from './order-kinds.ts';
import type { Decision } from './payment-desk.ts';
import { type Street, visitOrder } from './visit-order.ts';

/** What one buyer asked for and was answered. */
export type Purchase = {
  nth: number;
  kind: OrderKind;
  callbackUrl: string | undefined;
  credential: string | undefined;
  /** Whom the order is tied to afterwards; some orders have the same reader. */
  assignee: string | undefined;
  /** Keys under which register and complete are repeated; without one, repeating is harmless by itself. */
  keys: { register: string | undefined; complete: string | undefined; assign: string | undefined };
  orderId?: number;
  fulfillmentUrl?: string;
  registered?: Acknowledged;
  completed?: Acknowledged;
  assigned?: Acknowledged;
  /** Where the buyer's visit to the order's page ended. */
  visit?: string;
  isCancelled?: boolean;
  /** What was accepted to go back of a completed order. */
  returnedMinor?: number;
  /** Why nothing was acknowledged after all: a refusal, or nobody answered in two minutes. */
  refusal?: string;
};

const readers = 20;

/**
 * Chooses what the nth buyer does, of some kinds or of one. Where there are several, one in eight wants no
 * callback, one in eight no link; one in four is assigned.
 */
export function planPurchase(
  nth: number,
  sandboxUrl: string,
  random: Random,
  kinds: OrderKind | readonly OrderKind[] = orderKinds,
): Purchase {
  const kind = 'name' in kinds ? kinds : undefined;
  const chosen = 'name' in kinds ? kinds : random.pick(kinds, (one) => one.weight);
  // A prepaid order is known by its paid transaction, so that it may be registered again without a key.
  const needsKey = !chosen.name.startsWith('prepaid') || random.next() < 0.5;
  return {
    nth,
    kind: chosen,
    callbackUrl: kind || random.next() > 1 / 8 ? `${sandboxUrl}${callbackPath}/${nth}?my=${nth}` : undefined,
    credential: kind || random.next() > 1 / 8 ? chosen.credential?.(nth) : undefined,
    assignee:
      chosen.end === 'completed' && nth % 4 === 1 ? `assigned${nth % readers}@example.com` : undefined,
    keys: {
      register: needsKey ? `register-${nth}` : undefined,
      complete: random.next() < 0.5 ? `complete-${nth}` : undefined,
      assign: nth % 8 === 1 ? `assign-${nth}` : undefined,
    },
  };
}

/** The site that sells, and the street that its buyers live in. */
export type Shop = {
  client: StubbornClient;
  street: Street;
  sandboxUrl: string;
  /** The buyer decides on the phone that a charge asks. */
  answerPhone(orderId: number, decision: Decision): Promise<void>;
};

/**
 * Registers, completes and perhaps assigns one order, as stubbornly as the client is, and writes down each
 * answer.
 */
export async function buy(shop: Shop, purchase: Purchase): Promise<void> {
  try {
    await goThrough(shop, purchase);
  } catch (error) {
    purchase.refusal = error instanceof Error ? error.message : String(error);
  }
}

async function goThrough(shop: Shop, purchase: Purchase): Promise<void> {
  const { kind, nth, keys } = purchase;
  const { client } = shop;
  const registered = await client.post('/capi/v1/client/order', kind.order(nth), keys.register);
  purchase.registered = registered;
  const { orderId, fulfillmentUrl } = registered.body;
  if (typeof orderId !== 'number' || typeof fulfillmentUrl !== 'string') throw refused(registered);
  purchase.orderId = orderId;
  purchase.fulfillmentUrl = fulfillmentUrl;
  if (kind.isByUrlOnly !== true) await complete(client, purchase, orderId);
  if (kind.onPhone !== undefined) await shop.answerPhone(orderId, kind.onPhone);
  if (kind.manner !== undefined) await visit(shop, purchase, { orderId, fulfillmentUrl });
  if (purchase.assignee !== undefined) await assign(client, purchase, orderId, purchase.assignee);
}

/** What is asked for stands also where the buyer must act first. */
async function complete(client: StubbornClient, purchase: Purchase, orderId: number): Promise<void> {
  const { callbackUrl, credential, keys, kind } = purchase;
  const options = { orderId, ...(callbackUrl && { callbackUrl }), ...(credential && { credential }) };
  const completed = await client.post('/capi/v1/client/order/fulfillment', options, keys.complete);
  purchase.completed = completed;
  const isAccepted = completed.body['fulfillmentStatus'] === 'OK';
  const mustAct = completed.body['code'] === 'buyer_must_act';
  if (kind.manner === undefined ? !isAccepted : !mustAct) throw refused(completed);
}

async function visit(
  { street, sandboxUrl }: Shop,
  purchase: Purchase,
  { orderId, fulfillmentUrl }: { orderId: number; fulfillmentUrl: string },
): Promise<void> {
  const { manner, method } = purchase.kind;
  if (manner === undefined) return;
  const returnUrl = encodeURIComponent(`${sandboxUrl}/publisher/return`);
  const url = `${fulfillmentUrl}?returnUrl=${returnUrl}`;
  purchase.visit = await visitOrder(street, {
    orderId,
    url,
    manner,
    ...(method !== undefined && { method }),
  });
}

async function assign(
  client: StubbornClient,
  purchase: Purchase,
  orderId: number,
  credential: string,
): Promise<void> {
  const path = `/capi/v1/client/order/${orderId}/user`;
  const assigned = await client.post(path, { credential }, purchase.keys.assign);
  purchase.assigned = assigned;
  if (typeof assigned.body['uniqueUserId'] !== 'string') throw refused(assigned);
}

/** Lets buyers come, so many a second, until stopped; answers all purchases when the last is answered. */
export function startBuying(
  shop: Shop,
  options: { perSecond: number; random: Random },
): { purchases: Purchase[]; stop(): Promise<void> } {
  const { perSecond, random } = options;
  const purchases: Purchase[] = [];
  const running: Promise<void>[] = [];
  const closed = new AbortController();
  const startedAt = Date.now();
  const comeAndGo = async () => {
    while (!closed.signal.aborted) {
      const due = Math.floor(((Date.now() - startedAt) * perSecond) / 1000);
      while (purchases.length < due) {
        const purchase = planPurchase(purchases.length + 1, shop.sandboxUrl, random);
        purchases.push(purchase);
        running.push(buy(shop, purchase));
      }
      await letPass(random.between(5, 25));
    }
  };
  const coming = comeAndGo();
  return {
    purchases,
    async stop() {
      closed.abort();
      await coming;
      await Promise.all(running);
    },
  };
}

function refused({ status, body }: Acknowledged): Error {
  return new Error(`refused: ${status} ${JSON.stringify(body)}`);
}
