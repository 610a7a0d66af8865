import type { OperationKind, OperationState } from '../payment.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';

/** An operation of an attempt that moved money, may move some, or did not. */
export type Move = {
  operationId: number;
  kind: OperationKind;
  amountMinor: number;
  state: OperationState;
  /** The last word about it. */
  code: string | null;
};

/** What follows from a person's word about money that a machine may be moving. */
export type WordTaken =
  /**
   * The provider may be moving the same money, another case asks about it, or a move that is not begun holds
   * more of it than is withdrawn for this: the word waits.
   */
  | { kind: 'wait'; for: 'provider' | 'person' | 'machine' }
  /** Others moved some of the money that the word is about; so much is left. */
  | { kind: 'too little left'; leftMinor: number; withdrawn: readonly number[] }
  /**
   * `withdrawn` has not been begun, and never will be; `settled` was what the person did, and `refundMinor`
   * what was refunded in place of an operation that is not.
   */
  | { kind: 'book'; withdrawn: readonly number[]; settled: readonly number[]; refundMinor: number };

type Stand = 'not begun' | 'at the provider' | 'with a person' | 'done' | 'failed';

/**
 * Where a move stands. What was claimed and has no answer may be done any moment, as may what its provider
 * took or told nothing of; a refusal for now, or no connection, leaves it not begun until it is claimed
 * again.
 */
export function standOf({ state, code }: Pick<Move, 'state' | 'code'>): Stand {
  switch (state) {
    case 'created':
      return 'not begun';
    case 'sent':
      return code === null || code === 'pending' ? 'at the provider' : 'not begun';
    case 'unknown':
      return 'at the provider';
    case 'by_hand':
      return 'with a person';
    case 'succeeded':
      return 'done';
    case 'failed':
      return 'failed';
  }
}

/**
 * A person gave all the money of an attempt back. What a machine has not begun of it is withdrawn, and what
 * waits for a person is done; a release that was not begun gives up what nobody took, and goes on. Nobody
 * knows yet what comes of a move at the provider, nor of a capture that waits for a person.
 */
export function takeGivenBack(moves: readonly Move[]): WordTaken {
  if (moves.some((move) => standOf(move) === 'at the provider')) return { kind: 'wait', for: 'provider' };
  const withPerson = moves.filter((move) => standOf(move) === 'with a person');
  if (withPerson.some(({ kind }) => kind !== 'refund')) return { kind: 'wait', for: 'person' };
  const withdrawn = moves.filter((move) => standOf(move) === 'not begun' && move.kind !== 'cancel');
  return { kind: 'book', withdrawn: withdrawn.map(idOf), settled: withPerson.map(idOf), refundMinor: 0 };
}

/**
 * A person did what an operation could not be brought to do. It counts as far as the money is not what others
 * move: those that were not begun are withdrawn. Of a refund in whose place others gave a part back, the rest
 * is what the person gave. Where what was to be released was taken meanwhile, and went back, the word is
 * about a refund of it.
 */
export function takeDone(operation: Move, money: ProviderMoney, moves: readonly Move[]): WordTaken {
  const others = moves.filter((move) => move.operationId !== operation.operationId);
  const { operationId, kind, amountMinor } = operation;
  const itself = makeRoom(amountMinor, roomFor(kind, money, others), rivalsOf(kind, others));
  if (itself.kind === 'book') return { ...itself, settled: [operationId] };
  if (kind === 'refund') return bookPart(itself);
  if (kind !== 'cancel' || itself.kind === 'wait') return itself;
  const takenMinor = Math.min(amountMinor, takenBeside(money, moves));
  if (takenMinor === 0) return itself;
  const refund = makeRoom(takenMinor, roomFor('refund', money, others), rivalsOf('refund', others));
  return refund.kind === 'book' ? { ...refund, refundMinor: takenMinor } : bookPart(refund);
}

/** A part of what was to be refunded may be booked alone; what is captured or released is one operation. */
function bookPart(word: WordTaken): WordTaken {
  if (word.kind !== 'too little left' || word.leftMinor === 0) return word;
  return { kind: 'book', withdrawn: word.withdrawn, settled: [], refundMinor: word.leftMinor };
}

/** What is done where a person has an operation tried once more. */
export type TriedAgain =
  | { kind: 'nothing left' }
  /** The same call with the same reference: the provider may have done it. */
  | { kind: 'same' }
  | { kind: 'new'; operation: OperationKind; amountMinor: number };

/**
 * What was refused is final for its reference: it is tried by a new one, of no more than there is to move.
 * What was to be released and was taken meanwhile is refunded, and what was to be refunded before it was
 * taken, and was not, is released. What another operation moved in its place is left alone.
 */
export function tryAgain(operation: Move, money: ProviderMoney, moves: readonly Move[]): TriedAgain {
  if (standOf(operation) === 'with a person') return { kind: 'same' };
  const { kind, amountMinor, code } = operation;
  const most = (of: OperationKind, limitMinor: number): TriedAgain => {
    const movable = Math.min(amountMinor, limitMinor, Math.max(0, roomToBegin(of, money, moves)));
    return movable > 0 ? { kind: 'new', operation: of, amountMinor: movable } : { kind: 'nothing left' };
  };
  const itself = most(kind, amountMinor);
  if (itself.kind === 'new') return itself;
  if (kind === 'cancel') return most('refund', takenBeside(money, moves));
  if (kind === 'refund' && code === 'not captured') return most('cancel', amountMinor);
  return itself;
}

/** What the provider took beyond what we asked it to: of that, what was to be released is refunded. */
function takenBeside(money: ProviderMoney, moves: readonly Move[]): number {
  return Math.max(0, money.capturedMinor - sumOf(moves, 'capture', ['done']));
}

const underWay: readonly Stand[] = ['not begun', 'at the provider', 'with a person'];

/**
 * How much of the money of a kind is not what others did or are about to. What totals say beyond our own sums
 * may be what the person did.
 */
function roomFor(kind: OperationKind, money: ProviderMoney, others: readonly Move[]): number {
  const { authorizedMinor, capturedMinor, cancelledMinor } = money;
  const own = (of: OperationKind) => sumOf(others, of, ['done', ...underWay]);
  switch (kind) {
    case 'capture':
      return authorizedMinor - cancelledMinor - own('capture') - sumOf(others, 'cancel', underWay);
    case 'cancel':
      return authorizedMinor - capturedMinor - own('cancel') - sumOf(others, 'capture', underWay);
    case 'refund':
      return capturedMinor - own('refund');
  }
}

/** The same of a machine's own try, which goes by the totals: what they say is gone cannot be moved again. */
function roomToBegin(kind: OperationKind, money: ProviderMoney, moves: readonly Move[]): number {
  const { authorizedMinor, capturedMinor, refundedMinor, cancelledMinor } = money;
  const [capturing, cancelling, refunding] = (['capture', 'cancel', 'refund'] as const).map((of) =>
    sumOf(moves, of, underWay),
  );
  if (kind === 'refund') return capturedMinor + (capturing ?? 0) - refundedMinor - (refunding ?? 0);
  return authorizedMinor - capturedMinor - cancelledMinor - (capturing ?? 0) - (cancelling ?? 0);
}

/** What is under way with the same money. */
function rivalsOf(kind: OperationKind, others: readonly Move[]): readonly Move[] {
  return others.filter(
    (move) => underWay.includes(standOf(move)) && (move.kind === 'refund') === (kind === 'refund'),
  );
}

/** Makes room for an amount by withdrawing what was begun last, and whole. */
function makeRoom(amountMinor: number, roomMinor: number, rivals: readonly Move[]): WordTaken {
  let missingMinor = amountMinor - Math.max(0, roomMinor);
  const withdrawn: number[] = [];
  for (const rival of rivals.toReversed()) {
    if (standOf(rival) !== 'not begun' || rival.amountMinor > missingMinor) continue;
    missingMinor -= rival.amountMinor;
    withdrawn.push(rival.operationId);
  }
  if (missingMinor <= 0) return { kind: 'book', withdrawn, settled: [], refundMinor: 0 };
  const left = rivals.filter(({ operationId }) => !withdrawn.includes(operationId));
  if (left.some((move) => standOf(move) === 'at the provider')) return { kind: 'wait', for: 'provider' };
  if (left.some((move) => standOf(move) === 'not begun')) return { kind: 'wait', for: 'machine' };
  if (left.length > 0) return { kind: 'wait', for: 'person' };
  return { kind: 'too little left', leftMinor: amountMinor - missingMinor, withdrawn };
}

function sumOf(moves: readonly Move[], kind: OperationKind, stands: readonly Stand[]): number {
  return moves
    .filter((move) => move.kind === kind && stands.includes(standOf(move)))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function idOf({ operationId }: Move): number {
  return operationId;
}
