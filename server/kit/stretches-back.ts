/** What happened after `from` and not after `to`. */
export type Stretch = { from: Date; to: Date };

const hourMilliseconds = 3_600_000;
const stretchHours = 6;

/**
 * The last days in stretches of six hours, oldest first, up to six hours ahead of `now`: another machine's
 * clock may be. What is read stretch by stretch asks the same of the database however much a table holds.
 */
export function stretchesBack(days: number, now: Date): Stretch[] {
  const first = now.getTime() - days * 24 * hourMilliseconds;
  const edge = (index: number) => new Date(first + index * stretchHours * hourMilliseconds);
  return Array.from({ length: (days * 24) / stretchHours + 1 }, (_, index) => ({
    from: edge(index),
    to: edge(index + 1),
  }));
}
