export type Clock = {
  /** Sandbox time in epoch milliseconds. */
  now(): number;
  /** Sandbox time as RFC 3339 text. */
  timestamp(): string;
  /** Moves sandbox time forward; it never goes back. */
  moveForward(milliseconds: number): void;
  /** How far sandbox time is ahead of the machine's, in milliseconds. */
  ahead(): number;
};

/**
 * Sandbox time: the machine's time plus what was moved. With `realTime` false it stands still between moves.
 */
export function startClock(realTime: boolean): Clock {
  const frozenAt = Date.now();
  let aheadMilliseconds = 0;
  const now = () => (realTime ? Date.now() : frozenAt) + aheadMilliseconds;
  return {
    now,
    timestamp: () => new Date(now()).toISOString(),
    moveForward(milliseconds) {
      aheadMilliseconds += Math.max(0, milliseconds);
    },
    ahead: () => aheadMilliseconds,
  };
}
