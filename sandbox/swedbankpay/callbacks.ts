import type { Hits } from '../kit/faults.ts';
import { postNotice } from '../kit/post-notice.ts';
import type { World } from '../kit/world.ts';
import { callbackFaults, provider } from './fault-kinds.ts';
import { type PaymentOrder, resourceId } from './payment-order.ts';

type Callback = {
  guid: string;
  url: string;
  body: string;
  what: string;
  attempt: number;
  transactionAtMilliseconds: number;
  /** Not from Swedbank Pay, and sent once. */
  isForged: boolean;
};

export type Callbacks = {
  /** Tells the merchant that something changed by this transaction, which proves nothing by itself. */
  tell(order: PaymentOrder, number: number, what: string): Promise<void>;
};

/** Seconds from the transaction to each try, until one is answered 200; the documented schedule. */
const trySeconds = [1, 30, 60, 360, 432, 864, 1265];
const lateSeconds = 2 * 3600;

/** Sends callbacks, version 3.1: a POST that nobody signed. `isKnown`: is an order still there? */
export function openCallbacks(world: World, isKnown: (guid: string) => boolean): Callbacks {
  async function post(callback: Callback): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answered = await postNotice(world, { url: callback.url, headers, body: callback.body });
    // Everything may have been forgotten while the merchant was answering.
    if (!isKnown(callback.guid)) return;
    world.ledger.bookReport({
      provider,
      id: callback.guid,
      resultCode: callback.isForged ? 'forged' : callback.what,
      gate: callback.url,
      attempt: callback.attempt,
      answered,
      sentAt: world.clock.timestamp(),
    });
    const nextSeconds = trySeconds[callback.attempt];
    if (answered === 200 || callback.isForged || nextSeconds === undefined) return;
    const at = callback.transactionAtMilliseconds + nextSeconds * 1000;
    promise(Math.max(at, world.clock.now()), { ...callback, attempt: callback.attempt + 1 });
  }

  const promise = world.dueWork.kind<Callback>('swedbankpay callback', post);
  return {
    async tell(order, number, what) {
      const hits = world.faults.draw(provider, callbackFaults);
      const now = world.clock.now();
      for (const { afterSeconds, callback } of planCallbacks(order, { number, what, now }, hits)) {
        if (hits.has('early')) await post(callback);
        else promise(now + afterSeconds * 1000, callback);
      }
    },
  };
}

type Planned = { afterSeconds: number; callback: Callback };

/** The callbacks of one transaction, changed by the faults that hit it. */
function planCallbacks(
  order: PaymentOrder,
  about: { number: number; what: string; now: number },
  hits: Hits,
): Planned[] {
  const url = order.urls.callbackUrl;
  if (url === null || hits.has('lost')) return [];
  const delaySeconds = hits.has('late') ? lateSeconds : 0;
  const afterSeconds = (trySeconds[0] ?? 0) + delaySeconds;
  const callback: Callback = {
    guid: order.guid,
    url,
    body: bodyOf(order, about.number),
    what: about.what,
    attempt: 1,
    transactionAtMilliseconds: about.now + delaySeconds * 1000,
    isForged: false,
  };
  const planned = [{ afterSeconds, callback }];
  if (hits.has('duplicate')) planned.push({ afterSeconds, callback });
  if (hits.has('reordered')) {
    planned.push({
      afterSeconds: afterSeconds + 1,
      callback: { ...callback, body: bodyOf(order, about.number - 1) },
    });
  }
  const forged = hits.has('wrong-signature') ? forge(callback, url) : [];
  return [...forged.map((one) => ({ afterSeconds, callback: one })), ...planned];
}

function bodyOf(order: PaymentOrder, number: number): string {
  const { orderReference, instrument } = order;
  return JSON.stringify({ orderReference, paymentOrder: { id: resourceId(order), instrument, number } });
}

/** A stranger claims that something else was paid: at the true address, and at one that was guessed. */
function forge(callback: Callback, url: string): Callback[] {
  const paymentOrder = {
    id: '/psp/paymentorders/00000000-0000-4000-8000-000000000000',
    status: 'Paid',
    instrument: 'CreditCard',
    number: 1,
  };
  const body = JSON.stringify({ orderReference: 'forged', paymentOrder });
  const guessed = url.replace(/[^/]+$/, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
  return [url, guessed].map((one) => ({ ...callback, url: one, body, isForged: true }));
}
