/**
 * A time as the original writes it: epoch milliseconds of a whole second. Its clients divide by 1000 into
 * integers.
 */
export function epochMilliseconds(time: Date | number): number {
  return Math.floor(Number(time) / 1000) * 1000;
}

/** What a caller is told of the end of anything: periods are half-open. */
export const untilBefore = 'epoch milliseconds; it is over from this moment on. null where it has no end';
