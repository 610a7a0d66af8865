import type { OperationState } from '../payment.ts';
import type { OperationAnswer } from '../port/provider-answer.ts';

/** What is known of an operation: its state, and the last word about it. */
export type KnownOperation = { state: OperationState; code: string | null };

/** What an answer makes of an operation. */
export type WeighedAnswer =
  /** It came to an end by other news. */
  | { kind: 'nothing new' }
  /** `isOver`: nothing more is tried by itself, and it is told so. */
  | { kind: 'moved'; state: OperationState; code: string; isOver: boolean; needsNewReference: boolean };

/**
 * The state of an operation that is about to be called; nothing where that is known already. Of one that was
 * claimed, and has no answer, nobody knows what its call did.
 */
export function stateOfClaim({ state, code }: KnownOperation): 'sent' | 'unknown' | undefined {
  if (state === 'unknown' || code === 'pending') return undefined;
  return state === 'sent' && code === null ? 'unknown' : 'sent';
}

/**
 * Weighs what came of calling an operation, unless it was done, by what is known of it. A refusal is final
 * for its reference. Any other answer is followed by the same call, until the last try leaves it to a person.
 * What was refused for now goes on under another reference, unless an earlier call may be at work under this
 * one.
 */
export function weighAnswer(
  known: KnownOperation,
  answer: Exclude<OperationAnswer, { kind: 'succeeded' }>,
  isLastTry: boolean,
): WeighedAnswer {
  const { state } = known;
  if (state !== 'created' && state !== 'sent' && state !== 'unknown') return { kind: 'nothing new' };
  const moved = { kind: 'moved', needsNewReference: false } as const;
  switch (answer.kind) {
    case 'failed':
      return { ...moved, state: 'failed', code: answer.code, isOver: true };
    case 'already secured':
      return { ...moved, state: 'failed', code: answer.kind, isOver: true };
    case 'pending':
      return goingOn(known, { code: 'pending', isLastTry });
    case 'not now':
      return mayHaveBeenDone(known)
        ? goingOn(known, { code: 'pending', isLastTry })
        : { ...goingOn(known, { code: answer.code, isLastTry }), needsNewReference: true };
    case 'unknown':
      return goingOn(
        { ...known, state: state === 'sent' ? 'unknown' : state },
        { code: answer.code, isLastTry },
      );
    case 'not sent':
      // It says nothing of an earlier call, which the provider has taken.
      return goingOn(known, { code: known.code === 'pending' ? 'pending' : answer.code, isLastTry });
  }
}

function goingOn(
  { state }: KnownOperation,
  { code, isLastTry }: { code: string; isLastTry: boolean },
): Extract<WeighedAnswer, { kind: 'moved' }> {
  return {
    kind: 'moved',
    state: isLastTry ? 'by_hand' : state,
    code,
    isOver: isLastTry,
    needsNewReference: false,
  };
}

/** Whether a call before this one may have moved the money: then no other reference may be tried. */
function mayHaveBeenDone({ state, code }: KnownOperation): boolean {
  return state === 'unknown' || code === 'pending';
}
