import { browserKind, browserWays, phoneKind } from '../../buyers/browser-kinds.ts';
import type { OrderKind } from '../../buyers/order-kind.ts';
import { orderKinds } from '../../buyers/order-kinds.ts';
import type { Manner } from '../../buyers/visit-order.ts';

const manners: [Manner, number][] = [
  ['pays', 10],
  ['pays and closes the browser', 2],
  ['refuses and gives up', 1],
  ['refuses, then pays', 1],
  ['walks away', 1],
  ['walks away and pays later', 2],
  ['opens two tabs and pays in both', 1],
];

/** Orders that no provider takes part in are few here; of the others the end follows from what was booked. */
export const hostileKinds: readonly OrderKind[] = [
  ...orderKinds
    .filter((kind) => kind.manner === undefined && kind.onPhone === undefined)
    .map((kind) => ({ ...kind, weight: isPaidByText(kind) ? kind.weight : 1 })),
  ...browserWays.flatMap((way) =>
    manners.map(([manner, share]) => browserKind(way, manner, 'unresolved', share / 4)),
  ),
  ...browserWays
    .filter((way) => way.method !== undefined)
    .map((way) => browserKind(way, 'changes to a card and pays both', 'unresolved', 3)),
  phoneKind('approve', 'unresolved', 12),
  phoneKind('refuse', 'unresolved', 2),
  phoneKind('abandon', 'unresolved', 2),
];

function isPaidByText({ name }: OrderKind): boolean {
  return name.startsWith('sms') || name.startsWith('strex');
}
