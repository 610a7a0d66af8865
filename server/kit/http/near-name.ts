/** A known name with other words for it, by which callers look for it. */
export type KnownName = { name: string; alsoCalled?: readonly string[] };

/**
 * Whether somebody who wrote `given` may well have meant `known`: it differs by case and separators alone, or
 * by a letter left out, added, changed or swapped; by two in a long name.
 */
export function isMisspelt(given: string, known: string): boolean {
  const [one, other] = [plain(given), plain(known)];
  const allowed = Math.min(one.length, other.length) < 6 ? 1 : 2;
  return Math.abs(one.length - other.length) <= allowed && distance(one, other) <= allowed;
}

/**
 * The known name that is nearest to what was written: one misspelt, one that is called so by others, or one
 * that stands inside the other. Nothing where none is near.
 */
export function nearestName(given: string, known: readonly KnownName[]): string | undefined {
  const written = plain(given.slice(0, 100));
  const judged = known.map((one) => ({ name: one.name, far: howFar(written, one) }));
  const nearest = judged.toSorted((one, other) => one.far - other.far)[0];
  return nearest !== undefined && nearest.far <= Math.max(1, written.length / 3) ? nearest.name : undefined;
}

function howFar(written: string, { name, alsoCalled = [] }: KnownName): number {
  if (alsoCalled.some((other) => plain(other) === written)) return 0;
  const known = plain(name);
  const far = distance(written, known);
  const isInside =
    Math.min(known.length, written.length) >= 4 && (written.includes(known) || known.includes(written));
  return isInside ? Math.min(far, 1) : far;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Letters left out, added, changed or swapped with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + cost,
        row > 1 && column > 1 && isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
