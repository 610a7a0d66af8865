import { comparedEmail } from '../kit/email-address.ts';

/** Whom the receipts of a statement go to, and how many of them have been written. */
export type StatementToTell = {
  isProven: boolean;
  /** The address that the statement names for its receipt. */
  typed: string | undefined;
  /** The order's own, where it has one. */
  own: string | undefined;
  /** Receipts of 24 hours: without proof to `typed`, and to `own` about the order; of proven statements. */
  before: { toTyped: number; toOwn: number; proven: number };
};

/** `gathered`: with all others of three quarters of an hour to this address, in one e-mail. */
export type ReceiptToSend = { to: string; as: 'own' | 'stranger'; when: 'now' | 'gathered' };

const mostAtOnce = { toTyped: 3, toOwn: 3, proven: 20 };

/**
 * A proven statement is told to the order's own address and to the one that it names. Without proof whoever
 * was named gets what was written and nothing of the order, and the order's own address is asked to confirm.
 *
 * Each may go to somebody who has not asked for it, so that few go at once. But whoever states it must get
 * it in writing (directive 2011/83, article 11a(4)), and who else has named the address is not theirs to
 * answer for: what is above the few is gathered, and nothing is left out. Only the question to confirm is:
 * those that went out hold the same address. What goes to a typed address depends on it alone, as else it
 * would tell whose order it is.
 */
export function decideWithdrawalReceipts(statement: StatementToTell): ReceiptToSend[] {
  const { isProven, typed, own, before } = statement;
  const isOwn = typed !== undefined && own !== undefined && comparedEmail(typed) === comparedEmail(own);
  if (isProven) {
    const when = before.proven < mostAtOnce.proven ? 'now' : 'gathered';
    const others = typed === undefined || isOwn ? [] : [typed];
    return [...(own === undefined ? [] : [own]), ...others].map((to) => ({ to, as: 'own', when }));
  }
  const when = before.toTyped < mostAtOnce.toTyped ? 'now' : 'gathered';
  const stranger: ReceiptToSend[] = typed === undefined || isOwn ? [] : [{ to: typed, as: 'stranger', when }];
  if (own === undefined) return stranger;
  if (isOwn) return [{ to: own, as: 'own', when }];
  const asks = before.toOwn < mostAtOnce.toOwn;
  return [...(asks ? [{ to: own, as: 'own', when: 'now' } as const] : []), ...stranger];
}
