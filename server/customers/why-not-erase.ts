/** What a person still has running, in numbers. */
export type Running = {
  openOrders: number;
  /** Captures, releases and refunds that are not known to have ended, and money that is still reserved. */
  moneyUnderWay: number;
  /** Agreements by which the person would be charged again. */
  activeAgreements: number;
  /** Subscriptions whose paid period is not over. */
  runningSubscriptions: number;
};

/** Why a person cannot be erased yet, in words; nothing where they can be. */
export function whyNotErase(running: Running): string | undefined {
  const reasons = [
    named(running.openOrders, 'order is open', 'orders are open'),
    named(running.moneyUnderWay, 'payment is under way', 'payments are under way'),
    named(running.activeAgreements, 'payment agreement is active', 'payment agreements are active'),
    named(running.runningSubscriptions, 'subscription is running', 'subscriptions are running'),
  ].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? undefined : `${reasons.join(', ')}; end this first`;
}

function named(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}

/**
 * Until when the books must name a buyer: five years after the end of the year of the document (the Norwegian
 * Bookkeeping Act, section 13).
 */
export function keptUntil(documentedAt: Date): Date {
  return new Date(Date.UTC(documentedAt.getUTCFullYear() + 6, 0, 1));
}
