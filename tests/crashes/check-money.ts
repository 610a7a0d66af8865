import type { Books } from './read-books.ts';
import { groupBy, knownPurchases, type Rule, type Story } from './story.ts';

/** What the provider booked against what we believe, and what each order became of it. */
export const moneyRules: readonly Rule[] = [
  { rule: 'at most one charge per order', check: findSecondCharges },
  { rule: 'every charge is ours', check: findStrayCharges },
  { rule: 'money is believed where the provider took it, and only there', check: findWrongMoney },
  { rule: 'every order ends as its money says', check: findWrongEnds },
];

type Attempt = Books['attempts'][number];

function findSecondCharges({ books, ledgers }: Story): string[] {
  const orderOf = new Map(books.attempts.map((attempt) => [attempt.reference, attempt.order_id]));
  const charges = groupBy(ledgers.charges, (charge) => orderOf.get(charge.reference));
  return [...charges.entries()].flatMap(([orderId, group]) =>
    orderId !== undefined && group.length > 1
      ? [`order ${orderId} was charged ${group.length} times: ${group.map((one) => one.state).join(', ')}`]
      : [],
  );
}

function findStrayCharges({ books, ledgers }: Story): string[] {
  const references = new Set(books.attempts.map((attempt) => attempt.reference));
  return ledgers.charges
    .filter((charge) => !references.has(charge.reference))
    .map((charge) => `the charge ${charge.reference} belongs to no attempt`);
}

function findWrongMoney({ books, ledgers }: Story): string[] {
  const charges = groupBy(ledgers.charges, (charge) => charge.reference);
  const ofOrders = groupBy(books.attempts, (attempt) => attempt.order_id);
  return books.attempts.flatMap((attempt) => {
    const { order_id, amount_minor, captured_minor, state } = attempt;
    const own = charges.of(attempt.reference);
    const isPaid = ofOrders.of(order_id).some((one) => one.state === 'secured');
    const problems: string[] = [];
    if (captured_minor !== (isPaid ? amount_minor : 0)) problems.push(`has captured ${captured_minor}`);
    if (state === 'secured' && !own.some((charge) => charge.state === 'charged'))
      problems.push('the provider took nothing');
    if (own.some((charge) => charge.amountMinor !== amount_minor))
      problems.push(`was charged another amount than ${amount_minor}`);
    return problems.map((problem) => `order ${order_id} (${state}): ${problem}`);
  });
}

/** Orders that are not where their kind must end, unless the call itself was lost with its process. */
export function findWrongEnds(story: Story): string[] {
  const { books, ledgers } = story;
  const states = new Map(books.orders.map((order) => [order.order_id, order.state]));
  const attempts = groupBy(books.attempts, (attempt) => attempt.order_id);
  const charged = new Set(ledgers.charges.map((charge) => charge.reference));
  return knownPurchases(story).flatMap(({ orderId, kind, completed }) => {
    if (!completed) return [];
    const state = states.get(orderId);
    const expected = kind.end === 'unresolved' ? 'paying' : kind.end;
    if (state === expected || attempts.of(orderId).some((one) => isInterrupted(one, charged))) return [];
    const seen = attempts.of(orderId).map((one) => `${one.state}, answered ${one.code ?? 'nothing'}`);
    return [`order ${orderId} (${kind.name}) is ${state}; attempts: ${seen.join('; ') || 'none'}`];
  });
}

/** Killed between the record that it will charge and the charge: it may never be charged again, and waits. */
function isInterrupted(attempt: Attempt, charged: ReadonlySet<string>): boolean {
  return attempt.state === 'unknown' && attempt.code === 'interrupted' && !charged.has(attempt.reference);
}
