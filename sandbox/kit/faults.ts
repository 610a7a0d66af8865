import { BadInput } from './bad-input.ts';

export const faultKinds = [
  'duplicate',
  'late',
  'lost',
  'early',
  'reordered',
  'wrong-signature',
  'error-500',
  'timeout-after-success',
  'timeout-before',
  'slow',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/**
 * A fault that hits a share of a provider's exchanges. `milliseconds`: how long slow and timeout faults last.
 */
export type Fault = {
  provider: string;
  kind: FaultKind;
  rate: number;
  seed: number;
  times?: number;
  milliseconds?: number;
};

/** The faults that hit one exchange. */
export type Hits = ReadonlyMap<FaultKind, Fault>;

export type Faults = {
  /** A provider says which kinds it can do. */
  support(provider: string, kinds: readonly FaultKind[]): void;
  /** Switches one on; one of the same provider and kind is replaced. Throws `BadInput`. */
  set(fault: Fault): void;
  list(): Fault[];
  /** Draws once for each fault of the provider, or for those of some kinds. */
  draw(provider: string, kinds?: readonly FaultKind[]): Hits;
  forget(): void;
};

const none: Hits = new Map();

/** Faults drawn from a seeded random, so that the same seed and the same order of requests fail alike. */
export function makeFaults(): Faults {
  const supported = new Map<string, readonly FaultKind[]>();
  let active: { fault: Fault; random: () => number; left: number }[] = [];
  return {
    support: (provider, kinds) => void supported.set(provider, kinds),
    set(fault) {
      const kinds = supported.get(fault.provider);
      if (!kinds) {
        throw new BadInput('provider', 'known', `must be one of ${[...supported.keys()].join(', ')}`);
      }
      if (!kinds.includes(fault.kind)) {
        throw new BadInput('kind', 'supported', `${fault.provider} can do ${kinds.join(', ')}`);
      }
      active = active.filter((one) => one.fault.provider !== fault.provider || one.fault.kind !== fault.kind);
      active.push({ fault, random: seededRandom(fault.seed), left: fault.times ?? Infinity });
    },
    list: () => active.map((one) => one.fault),
    draw(provider, kinds = faultKinds) {
      if (active.length === 0) return none;
      const hits = new Map<FaultKind, Fault>();
      for (const one of active) {
        if (one.fault.provider !== provider || !kinds.includes(one.fault.kind)) continue;
        if (one.random() >= one.fault.rate || one.left <= 0) continue;
        one.left -= 1;
        hits.set(one.fault.kind, one.fault);
      }
      return hits;
    },
    forget() {
      active = [];
    },
  };
}

/** The mulberry32 generator: numbers from 0 up to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
