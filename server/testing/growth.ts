import assert from 'node:assert/strict';

/** Each four times the one before, so that what tries again fails long before it could hang at 1 MB. */
const lengths = [16_000, 64_000, 256_000, 1_024_000];
const mostTimesWork = 12;
const rounds = 3;
/** Of the processor, in this thread alone; less is not told from a few ticks of a coarse clock. */
const leastMicroseconds = 20_000;

/**
 * For tests: fails where a text four times as long, up to 1 MB, is much more than four times the work;
 * sixteen times would be a pattern that tries again from every letter. What the thread spent of the processor
 * counts, and the fewest of several rounds, so that a busy machine makes no difference; no time is asserted.
 */
export function assertLinear(write: (length: number) => string, read: (text: string) => unknown): void {
  let shorter = leastMicroseconds;
  for (const length of lengths) {
    const longer = Math.max(fewestMicroseconds(write(length), read), leastMicroseconds);
    const ratio = longer / shorter;
    assert.ok(
      ratio <= mostTimesWork,
      `${length} characters are ${ratio.toFixed(1)} times the work of a quarter`,
    );
    shorter = longer;
  }
}

function fewestMicroseconds(written: string, read: (text: string) => unknown): number {
  // As it comes from a socket: in one piece, not put together as it is read.
  const text = Buffer.from(written).toString();
  const times = Array.from({ length: rounds }, () => {
    const start = process.threadCpuUsage();
    read(text);
    const { user, system } = process.threadCpuUsage(start);
    return user + system;
  });
  return Math.min(...times);
}
