import type { World } from '../kit/world.ts';
import { bookOrder } from './book-order.ts';
import { openCallbacks } from './callbacks.ts';
import { timeOutInSwish } from './pay-in-swish.ts';
import type { PaymentOrder } from './payment-order.ts';
import type { SwedbankPay, SwishWait } from './swedbank-pay.ts';

const firstNumber = 71_100_000_000;

/** Opens Swedbank Pay's records and declares the work that it promises. */
export function openSwedbankPay(world: World): SwedbankPay {
  const orders = new Map<string, PaymentOrder>();
  const pages = new Map<string, string>();
  const tokens = new Map<string, string>();
  const references = new Set<string>();
  let lastNumber = firstNumber;
  const keep = world.journal.kind<PaymentOrder>(
    'swedbankpay order',
    (order) => {
      orders.set(order.guid, order);
      pages.set(order.pageToken, order.guid);
      if (order.unscheduledToken !== null) tokens.set(order.unscheduledToken, order.guid);
      const operations = [...order.transactions, ...order.failedAttempts];
      for (const one of [order, ...order.transactions]) references.add(one.payeeReference);
      lastNumber = Math.max(lastNumber, ...operations.map((one) => one.number));
    },
    () => orders.values(),
  );
  const swedbank: SwedbankPay = {
    world,
    callbacks: openCallbacks(world, (guid) => orders.has(guid)),
    save(order) {
      keep(order);
      bookOrder(world, order);
    },
    order: (guid) => orders.get(guid),
    orders: () => [...orders.values()],
    orderOfPage: (pageToken) => orders.get(pages.get(pageToken) ?? ''),
    orderOfToken: (token) => orders.get(tokens.get(token) ?? ''),
    isUsed: (payeeReference) => references.has(payeeReference),
    nextNumber() {
      lastNumber += 1;
      return lastNumber;
    },
    promiseSwishTimeout: world.dueWork.kind<SwishWait>('swedbankpay swish', (wait) =>
      timeOutInSwish(swedbank, wait),
    ),
    forget() {
      for (const part of [orders, pages, tokens, references]) part.clear();
    },
  };
  return swedbank;
}
