import { resolvedRule } from '../../oracle/check-ends.ts';
import { moneyRules } from '../../oracle/check-money.ts';
import { callbackRules } from '../../oracle/check-notified.ts';
import { orderRules } from '../../oracle/check-orders.ts';
import type { Rule } from '../../oracle/story.ts';

/** What holds when providers that failed answer again, and all has come to rest. */
export const rules: readonly Rule[] = [
  ...orderRules,
  ...moneyRules,
  resolvedRule,
  ...callbackRules,
  { rule: 'what was cancelled while it was paid for is stopped', check: findUncancelled },
  {
    rule: 'no node complains of more than too much to do',
    check: ({ complaints }) => complaints.filter(isSerious),
  },
];

/** A busy machine sends buyers and providers away, who come again. */
function isSerious(complaint: string): boolean {
  return !complaint.includes('"code":"temporarily_unavailable"');
}

function findUncancelled({ purchases, books }: Parameters<Rule['check']>[0]): string[] {
  const states = new Map(books.orders.map((order) => [order.order_id, order.state]));
  const withPerson = new Set(books.cases.filter((one) => one.state === 'open').map((one) => one.order_id));
  return purchases.flatMap(({ orderId, isCancelled }) => {
    if (orderId === undefined || isCancelled !== true || withPerson.has(orderId)) return [];
    const state = states.get(orderId);
    return state === 'stopped' ? [] : [`order ${orderId} was cancelled and is ${state}`];
  });
}
