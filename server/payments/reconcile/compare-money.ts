import type { AttemptState } from '../payment.ts';
import type { Evidence, ProviderMoney } from '../port/provider-answer.ts';

/** What our books say of an attempt. */
export type BookedAttempt = {
  state: AttemptState;
  amountMinor: number;
  /** Without what a person gave back outside the provider, which it cannot know. */
  money: ProviderMoney;
};

export type Compared =
  | { kind: 'agrees' }
  /** The provider has, took or gave back more than stands in our books. */
  | { kind: 'unknown to us'; says: string }
  | { kind: 'unknown to the provider'; says: string }
  | { kind: 'cannot tell'; says: string };

/** Compares our books with what the provider says now, total by total. */
export function compareMoney(booked: BookedAttempt, evidence: Evidence): Compared {
  if (evidence.meaning === 'unknown') return { kind: 'cannot tell', says: evidence.code ?? 'unknown' };
  const theirs = totalsOf(booked, evidence);
  const more = describe(booked, theirs, (their, our) => their > our);
  if (more !== undefined) return { kind: 'unknown to us', says: more };
  const less = describe(booked, theirs, (their, our) => their < our);
  if (less !== undefined) return { kind: 'unknown to the provider', says: less };
  // Nothing was reserved or taken on either side, and still one of them believes that it was.
  const isSecured = evidence.meaning === 'secured';
  if (isSecured === (booked.state === 'secured') || !isSecured) return { kind: 'agrees' };
  return { kind: 'unknown to us', says: `secured, here ${booked.state}` };
}

type Totals = Partial<ProviderMoney>;

/** Where a provider speaks of no totals, secured means that all is reserved at least, the rest nothing. */
function totalsOf({ amountMinor }: BookedAttempt, { meaning, money }: Evidence): Totals {
  if (money) return money;
  return meaning === 'secured'
    ? { authorizedMinor: amountMinor }
    : { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0 };
}

const words = [
  ['authorizedMinor', 'reserved'],
  ['capturedMinor', 'taken'],
  ['refundedMinor', 'given back'],
  ['cancelledMinor', 'released'],
] as const;

function describe(
  booked: BookedAttempt,
  theirs: Totals,
  differs: (their: number, our: number) => boolean,
): string | undefined {
  const told = words.flatMap(([name, word]) => {
    const their = theirs[name];
    const our = booked.money[name];
    return their !== undefined && differs(their, our) ? [`${word} ${their} there, ${our} here`] : [];
  });
  return told.length > 0 ? told.join('; ') : undefined;
}
