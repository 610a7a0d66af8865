import type { AttentionNeeded } from '../cases/case.ts';
import type { OrderId, PublisherId } from '../kit/ids.ts';
import type { Currency } from '../kit/money.ts';

/** Who is behind a statement: the site, mail to the order's own address, its logged-in reader, or anybody. */
export const proofs = ['client', 'link', 'session', 'none'] as const;
export type Proof = (typeof proofs)[number];

export const withdrawalStates = ['to_check', 'accepted', 'refused', 'repeated'] as const;
export type WithdrawalState = (typeof withdrawalStates)[number];

/** Which states may follow each; the database holds the same edges in a trigger. */
export const withdrawalTransitions: Record<WithdrawalState, readonly WithdrawalState[]> = {
  to_check: ['accepted', 'refused', 'repeated'],
  accepted: [],
  refused: [],
  repeated: [],
};

/** Why a person is to look, or why some of the lines stay. */
export type CheckReason =
  | 'not proven'
  | 'order unknown'
  | 'not completed'
  | 'too late'
  | 'not offered'
  | 'buyer outside the EEA'
  | 'bought for a business'
  | 'single issue'
  | 'digital content begun';

/** How the money goes back: by us, as a credit on the bill, or by the hand that took it. */
export type RefundBy = 'us' | 'invoice' | 'hand';

/** What goes back of a line, in minor units. */
export type WithdrawnLine = { lineNumber: number; amountMinor: number };

type Of = { publisherId: PublisherId; orderId?: OrderId; withdrawalId: number };
type OfOrder = Of & { orderId: OrderId };

export type WithdrawalEvent =
  /** A statement is kept, and its receipt is due, whatever follows from it. */
  | ({ name: 'withdrawal received'; state: WithdrawalState; proof: Proof; reason?: CheckReason } & Of)
  /**
   * It takes effect: an order that is not completed is cancelled, and of a completed one these lines end.
   * `refundBy` is nothing where no money is to go back.
   */
  | ({
      name: 'withdrawal accepted';
      ends: 'order' | 'lines';
      lines: readonly WithdrawnLine[];
      amountMinor: number;
      currency: Currency;
      refundBy?: RefundBy;
    } & OfOrder)
  /** A person has found that it takes no effect. */
  | ({ name: 'withdrawal refused' } & Of)
  | AttentionNeeded<'withdrawal to check', Of & { reason: CheckReason }>
  /** What was paid elsewhere is to be given back there. */
  | AttentionNeeded<'withdrawal refund due', OfOrder>;

type EndedLine = { publisherId: PublisherId; orderId: OrderId; lineNumber: number; access: 'end_now' };
type Accepted = Extract<WithdrawalEvent, { name: 'withdrawal accepted' }>;

/** The lines of a completed order that a withdrawal ends, and their access at once. */
export function endedLinesOf({ ends, lines, publisherId, orderId }: Accepted): EndedLine[] {
  if (ends === 'order') return [];
  return lines.map(({ lineNumber }) => ({ publisherId, orderId, lineNumber, access: 'end_now' }));
}
