import type { ChargeState } from '../kit/ledger.ts';
import type { World } from '../kit/world.ts';
import type { Status } from './status.ts';
import type { Transaction } from './transaction.ts';

/** A code sent to a phone, good for one transaction. */
export type OneTimePassword = { transactionId: string; recipient: string; goodUntilMilliseconds: number };

export type StepWork = { transactionId: string; status: Status };

/** Strex Connect's side of the sandbox. */
export type Strex = {
  world: World;
  keep(transaction: Transaction): void;
  find(transactionId: string): Transaction | undefined;
  keepPassword(password: OneTimePassword): void;
  findPassword(transactionId: string): OneTimePassword | undefined;
  /** Brings a transaction to a status and books what that means for money. */
  move(step: StepWork): void;
  promiseStep(atMilliseconds: number, step: StepWork): void;
  forget(): void;
};

export const stepWorkKind = 'strex step';

/** Opens Strex' records and declares the work that it promises. */
export function openStrex(world: World): Strex {
  const transactions = new Map<string, Transaction>();
  const passwords = new Map<string, OneTimePassword>();
  const keep = world.journal.kind<Transaction>(
    'strex transaction',
    (one) => transactions.set(one.transactionId, one),
    () => transactions.values(),
  );
  const keepPassword = world.journal.kind<OneTimePassword>(
    'strex password',
    (one) => passwords.set(one.transactionId, one),
    () => passwords.values(),
  );
  const move = ({ transactionId, status }: StepWork) => {
    const transaction = transactions.get(transactionId);
    if (!transaction) return;
    const moved = { ...transaction, status, lastModified: world.clock.timestamp() };
    keep(moved);
    if (moved.reverses === null) bookCharge(world, moved);
    else if (stateOf(status) === 'charged') bookReversal(world, moved, moved.reverses);
  };
  return {
    world,
    keep,
    find: (transactionId) => transactions.get(transactionId),
    keepPassword,
    findPassword: (transactionId) => passwords.get(transactionId),
    move,
    promiseStep: world.dueWork.kind<StepWork>(stepWorkKind, async (step) => move(step)),
    forget() {
      transactions.clear();
      passwords.clear();
    },
  };
}

/** Books a transaction as it stands; booking it again replaces what was booked. */
export function bookCharge(world: World, transaction: Transaction): void {
  const state = stateOf(transaction.status);
  world.ledger.bookCharge({
    provider: 'strex',
    id: transaction.transactionId,
    reference: transaction.transactionId,
    destination: transaction.recipient,
    amountMinor: transaction.priceMinor,
    currency: 'NOK',
    state,
    capturedMinor: state === 'charged' ? transaction.priceMinor : 0,
    description: transaction.invoiceText,
    acceptedAt: new Date(transaction.acceptedAtMilliseconds).toISOString(),
    bookedAt: state === 'unknown' ? null : world.clock.timestamp(),
    details: { merchant: transaction.merchantId, serviceCode: transaction.serviceCode },
  });
}

function bookReversal(world: World, reversal: Transaction, chargeId: string): void {
  world.ledger.bookRefund({
    provider: 'strex',
    id: reversal.transactionId,
    chargeId,
    reference: reversal.transactionId,
    amountMinor: -reversal.priceMinor,
    currency: 'NOK',
    bookedAt: world.clock.timestamp(),
  });
}

/** What a status says about money; while nobody has decided it is unknown. */
export function stateOf(status: Status): ChargeState {
  if (status.billed === null) return 'unknown';
  return status.billed ? 'charged' : 'declined';
}
