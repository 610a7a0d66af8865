import { groupBy, knownPurchases, openCases, type Rule, type Story } from './story.ts';

/** Where the buyers' ways must have led, when every process and every provider has done its part. */
export const endRules: readonly Rule[] = [
  { rule: 'every order ends as its kind says', check: findWrongEnds },
];

/** Orders that are not where their kind must end, unless the call itself was lost with its process. */
export function findWrongEnds(story: Story): string[] {
  const { books, ledgers } = story;
  const states = new Map(books.orders.map((order) => [order.order_id, order.state]));
  const attempts = groupBy(books.attempts, (attempt) => attempt.order_id);
  const charged = new Set(ledgers.charges.map((charge) => charge.reference));
  return knownPurchases(story).flatMap(({ orderId, kind, completed, visit }) => {
    if (!completed && visit === undefined) return [];
    const state = states.get(orderId);
    const expected = kind.end === 'unresolved' ? 'paying' : kind.end;
    const own = attempts.of(orderId);
    // Killed between the record that it will charge and the charge: it may never be charged again, and waits.
    const isInterrupted = own.some(
      (one) => one.state === 'unknown' && one.code === 'interrupted' && !charged.has(one.reference),
    );
    if (state === expected || isInterrupted) return [];
    const seen = own.map((one) => `${one.state}, answered ${one.code ?? 'nothing'}`).join('; ') || 'none';
    return [`order ${orderId} (${kind.name}) is ${state}; attempts: ${seen}; buyer: ${visit ?? 'none'}`];
  });
}

/** Once providers answer again nothing is unknown, but where a provider can neither be asked nor has told. */
export const resolvedRule: Rule = {
  rule: 'every unknown is resolved, or a person has it',
  check: findUnknowns,
};

const cannotBeAsked = 'link-mobility-sms';

function findUnknowns({ books }: Story): string[] {
  const cases = openCases(books);
  return books.attempts.flatMap(({ order_id, state, adapter, reference }) => {
    const isOpen = state === 'created' || state === 'sent' || state === 'pending' || state === 'unknown';
    const isWithPerson = adapter === cannotBeAsked && cases.of(order_id).length > 0;
    return isOpen && !isWithPerson ? [`order ${order_id}: ${adapter} ${reference} is still ${state}`] : [];
  });
}
