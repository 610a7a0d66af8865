/**
 * Whether one of several who share `capacity` places may take one more: as long as no fewer places stay free
 * than it would hold. Alone it gets half; beside another who takes all it can, a third, and so on. So whoever
 * comes new finds room at once, whatever the others do, and nobody need be known before. Who holds nothing
 * may have the last place. The rule is the dynamic threshold by which switches share their buffers
 * (Choudhury and Hahne, 1998), with a factor of one.
 */
export function mayTakeOneMore(about: { capacity: number; used: number; held: number }): boolean {
  const free = about.capacity - about.used;
  if (free <= 0) return false;
  return about.held === 0 || about.held + 1 <= free - 1;
}
