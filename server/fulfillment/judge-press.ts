import type { Due } from './what-is-due.ts';

/** What the form says that the buyer was shown, beside what is shown now; each as a hash. */
export type Press = {
  /** Orders of the client are placed on its own site. */
  isOrderedOnSite: boolean;
  /** Nothing where the form does not say: it is no page of ours that shows what is bought. */
  seen: string | undefined;
  shown: string;
};

/** `unseen`: it is shown first. `changed`: it is shown anew, and the buyer is told. */
export type PressJudgement = 'counts' | 'unseen' | 'changed';

/**
 * Whether a button that was pressed orders: only what the buyer was shown is bought. Where the order was
 * placed on the publisher's site, the page is a choice of methods, and a form that says nothing of it
 * counts too.
 */
export function judgePress({ isOrderedOnSite, seen, shown }: Press): PressJudgement {
  if (seen === undefined) return isOrderedOnSite ? 'counts' : 'unseen';
  return seen === shown ? 'counts' : 'changed';
}

/**
 * Whether an order of which no provider takes money completes without the button of our page: only an invoice
 * puts the buyer under an obligation to pay (directive 2011/83/EU, article 8(2)).
 */
export function needsButton(due: Due, isOrderedOnSite: boolean): boolean {
  return due === 'invoice' && !isOrderedOnSite;
}
