/** Random numbers that come again with the same seed; every failure prints its seed. */
export type Random = {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** One of some, by weight where each has one. */
  pick<Choice>(choices: readonly Choice[], weightOf?: (choice: Choice) => number): Choice;
};

/** Mulberry32, by Tommy Ettinger: small, and good enough to choose moments and orders. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick(choices, weightOf = () => 1) {
      let left = next() * choices.reduce((sum, choice) => sum + weightOf(choice), 0);
      const found = choices.find((choice) => {
        left -= weightOf(choice);
        return left < 0;
      });
      const chosen = found ?? choices.at(-1);
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
  };
}

export function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
