import type { Random } from '../builders/random.ts';
import type { Acknowledged, StubbornClient } from '../builders/stubborn-client.ts';
import { letPass } from '../builders/until.ts';
import { type OrderKind, orderKinds } from './order-mix.ts';

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
  registered?: Acknowledged;
  completed?: Acknowledged;
  assigned?: Acknowledged;
  /** Why nothing was acknowledged after all: a refusal, or nobody answered in two minutes. */
  refusal?: string;
};

const readers = 20;

/**
 * Chooses what the nth buyer does. One in eight wants no callback, one in eight no link; one in four is
 * assigned.
 */
export function planPurchase(nth: number, sandboxUrl: string, random: Random, kind?: OrderKind): Purchase {
  const chosen = kind ?? random.pick(orderKinds, (one) => one.weight);
  // A prepaid order is known by its paid transaction, so that it may be registered again without a key.
  const needsKey = !chosen.name.startsWith('prepaid') || random.next() < 0.5;
  return {
    nth,
    kind: chosen,
    callbackUrl:
      kind || random.next() > 1 / 8 ? `${sandboxUrl}/publisher/callback/crash/${nth}?my=${nth}` : undefined,
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

/**
 * Registers, completes and perhaps assigns one order, as stubbornly as the client is, and writes down each
 * answer.
 */
export async function buy(client: StubbornClient, purchase: Purchase): Promise<void> {
  try {
    await goThrough(client, purchase);
  } catch (error) {
    purchase.refusal = error instanceof Error ? error.message : String(error);
  }
}

async function goThrough(client: StubbornClient, purchase: Purchase): Promise<void> {
  const { kind, nth, keys, callbackUrl, credential } = purchase;
  const registered = await client.post('/capi/v1/client/order', kind.order(nth), keys.register);
  purchase.registered = registered;
  const { orderId } = registered.body;
  if (typeof orderId !== 'number') throw refused(registered);
  purchase.orderId = orderId;
  const wishes = { orderId, ...(callbackUrl && { callbackUrl }), ...(credential && { credential }) };
  const completed = await client.post('/capi/v1/client/order/fulfillment', wishes, keys.complete);
  purchase.completed = completed;
  if (completed.body['fulfillmentStatus'] !== 'OK') throw refused(completed);
  if (purchase.assignee === undefined) return;
  const assigned = await client.post(
    `/capi/v1/client/order/${orderId}/user`,
    { credential: purchase.assignee },
    keys.assign,
  );
  purchase.assigned = assigned;
  if (typeof assigned.body['uniqueUserId'] !== 'string') throw refused(assigned);
}

/** Lets buyers come, so many a second, until stopped; answers all purchases when the last is answered. */
export function startBuying(
  client: StubbornClient,
  options: { sandboxUrl: string; perSecond: number; random: Random },
): { purchases: Purchase[]; stop(): Promise<void> } {
  const { sandboxUrl, perSecond, random } = options;
  const purchases: Purchase[] = [];
  const running: Promise<void>[] = [];
  const closed = new AbortController();
  const startedAt = Date.now();
  const comeAndGo = async () => {
    while (!closed.signal.aborted) {
      const due = Math.floor(((Date.now() - startedAt) * perSecond) / 1000);
      while (purchases.length < due) {
        const purchase = planPurchase(purchases.length + 1, sandboxUrl, random);
        purchases.push(purchase);
        running.push(buy(client, purchase));
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
