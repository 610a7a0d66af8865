/**
 * Whether one of several who share `capacity` places may take one more: as long as no fewer places stay free
 * than it would hold. Alone it gets half; beside another who takes all it can, a third, and so on. So whoever
 * comes new finds room at once, whatever the others do, and nobody need be known before. The rule is the
 * dynamic threshold by which switches share their buffers (Choudhury and Hahne, 1998), with a factor of one.
 *
 * Where many take all that they may, nothing stays free. A few places are everybody's all the same, beyond
 * the capacity, until `mostOf` are taken.
 */
export function mayTakeOneMore(about: { capacity: number; used: number; held: number }): boolean {
  const { capacity, used, held } = about;
  if (held < everybodysOf(capacity)) return used < mostOf(capacity);
  return held + 1 <= capacity - used - 1;
}

/** How many places are ever taken at once. */
export function mostOf(capacity: number): number {
  return 2 * capacity;
}

function everybodysOf(capacity: number): number {
  return Math.max(1, Math.floor(capacity / 32));
}
