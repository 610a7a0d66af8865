import { type StaticDecode, Type } from 'typebox';
import {
  ifReadable,
  minorUnits,
  orElse,
  readLeniently,
  whatIsReadable,
} from '../../../kit/read-leniently.ts';

const id = /^\/psp\/paymentorders\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const Problem = Type.Object({ type: Type.String() });
const Token = Type.Object({ type: Type.String(), token: Type.String({ pattern: /^[\w-]{8,100}$/ }) });
const statuses = ['Initialized', 'Paid', 'Failed', 'Cancelled', 'Aborted', 'Reversed'] as const;
const Status = Type.Decode(
  Type.String(),
  (word) => statuses.find((known) => known === word) ?? ('Unknown' as const),
);
const FailedTry = Type.Object({ problem: Type.Optional(Problem) });
const Transaction = Type.Object({
  type: Type.String(),
  amount: minorUnits(),
  payeeReference: orElse(Type.String(), ''),
});

/** Amounts are minor units. Fields that are not needed are left out, and what is not known is not refused. */
const Order = Type.Object({
  id: Type.String({ pattern: id }),
  status: Status,
  /** `Verify` moves no money, whatever amount it shows. */
  operation: ifReadable(Type.String()),
  amount: minorUnits(),
  remainingCaptureAmount: ifReadable(minorUnits()),
  remainingCancellationAmount: ifReadable(minorUnits()),
  remainingReversalAmount: ifReadable(minorUnits()),
  paid: ifReadable(
    Type.Object({
      transactionType: Type.Optional(Type.String()),
      amount: Type.Optional(minorUnits()),
      tokens: whatIsReadable(Token),
    }),
  ),
  failed: ifReadable(FailedTry),
  failedAttempts: ifReadable(Type.Object({ failedAttemptList: Type.Optional(Type.Array(FailedTry)) })),
  financialTransactions: ifReadable(
    Type.Object({ financialTransactionsList: Type.Optional(Type.Array(Transaction)) }),
  ),
});

const Operation = Type.Object({ rel: Type.String(), method: Type.String(), href: Type.String() });
const Answer = Type.Object({ paymentOrder: Order, operations: whatIsReadable(Operation) });

export type PaymentOrder = StaticDecode<typeof Order>;
export type Operation = StaticDecode<typeof Operation>;
export type OrderAnswer = StaticDecode<typeof Answer>;

/** Reads an answer that shows a payment order; nothing where it shows none. */
export function readOrderAnswer(body: unknown): OrderAnswer | undefined {
  return readLeniently(Answer, body);
}

/** Whether this is the id of a payment order, and no other address. */
export function isOrderId(text: string): boolean {
  return id.test(text);
}
