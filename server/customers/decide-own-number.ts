/** What is known when a reader is to be a customer. */
export type NumberFacts = {
  /** The customer that the account is, since somebody has said so. */
  attached: number | undefined;
  /** The number of the newest order that the reader's own proven credential paid for. */
  ofOwnOrder: number | undefined;
  /** Whether the publisher has written down who has that number. */
  isRegistered: boolean;
  /** Whether another account is that customer. */
  isAnothers: boolean;
  /** Whether any order under the number was paid for by what the reader has not proven. */
  hasOthersOrders: boolean;
};

/**
 * The number that is a reader's own: the one that their account is attached to, else the one of their orders
 * where nothing under it is anybody else's. A number on an order is no proof by itself, since whoever orders
 * may have typed it. Nothing means that the reader gets a new one.
 */
export function ownNumber(facts: NumberFacts): number | undefined {
  if (facts.attached !== undefined) return facts.attached;
  if (facts.isRegistered || facts.isAnothers || facts.hasOthersOrders) return undefined;
  return facts.ofOwnOrder;
}
