/** What is known of a link whose message did not arrive. */
export type Undelivered = {
  purpose: 'login' | 'code';
  hasOrder: boolean;
  /** Somebody has logged in by a link of the same order. */
  isReached: boolean;
  /** Its order or account lets nobody in, or the link was ended. */
  isClosed: boolean;
  isExpired: boolean;
  /** It went elsewhere instead, or stands instead of another. */
  isMoved: boolean;
  /** The reader has an address of the other kind. */
  hasOther: boolean;
};

/** Whether a person is to hear of it, and whether the other address gets a link instead. */
export type UndeliveredDecision = { tells: boolean; moves: boolean };

/**
 * Nobody who can still get in is left without a link, and nobody is told of one that is not missed. A link is
 * moved once, so that two dead addresses do not send it to and fro; a code is of no use after its time.
 */
export function decideUndelivered(link: Undelivered): UndeliveredDecision {
  if (link.isReached || link.isClosed) return { tells: false, moves: false };
  const isOver = link.purpose === 'code' && link.isExpired;
  return { tells: link.hasOrder, moves: link.hasOther && !link.isMoved && !isOver };
}
