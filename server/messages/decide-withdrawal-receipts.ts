/** Whom the receipts of a statement go to, and which of them may still be written to. */
export type StatementToTell = {
  isProven: boolean;
  /** The address that the statement names for its receipt. */
  typed: string | undefined;
  /** The order's own, where it has one. */
  own: string | undefined;
  /** Receipts of 24 hours: without proof to the typed address and about the order; of proven statements. */
  before: { toTyped: number; toOwn: number; proven: number };
};

export type ReceiptToSend = { to: string; as: 'own' | 'stranger' };

const most = { toTyped: 3, toOwn: 3, proven: 20 };

/**
 * A proven statement is told to the order's own address and to the one that it names. Without proof the own
 * address is asked to confirm, and whoever was named gets what was written and nothing of the order. Each may
 * go to somebody who has not asked for it, so that there are few a day.
 */
export function decideWithdrawalReceipts(statement: StatementToTell): ReceiptToSend[] {
  const { isProven, typed, own, before } = statement;
  const isOwn = typed !== undefined && own !== undefined && typed.toLowerCase() === own.toLowerCase();
  const others = typed === undefined || isOwn ? [] : [typed];
  const owns = own === undefined ? [] : [own];
  if (isProven) {
    if (before.proven >= most.proven) return [];
    return [...owns, ...others].map((to) => ({ to, as: 'own' }));
  }
  // Else the time that it takes would tell whether there is such an order.
  if (others.length > 0 && before.toTyped >= most.toTyped) return [];
  const toOwn = before.toOwn < most.toOwn ? owns : [];
  return [
    ...toOwn.map((to) => ({ to, as: 'own' as const })),
    ...others.map((to) => ({ to, as: 'stranger' as const })),
  ];
}
