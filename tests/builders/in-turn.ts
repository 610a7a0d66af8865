/** Sixteen at a time: a node that is given more than it can do at once turns requests away. */
export async function inTurn<Made>(count: number, make: (at: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let at = 0; at < count; at += 16) {
    const some = Array.from({ length: Math.min(16, count - at) }, (_, next) => make(at + next));
    made.push(...(await Promise.all(some)));
  }
  return made;
}
