/** A bounded memory in two halves: what was not asked for while one half filled is forgotten. */
export type RecentCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  clear(): void;
};

/** Holds at most `size` entries, at a cost that does not grow with them. */
export function createRecentCache<Value>(size: number): RecentCache<Value> {
  const half = Math.ceil(size / 2);
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function set(key: string, value: Value): void {
    if (young.size >= half) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    set,
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    clear() {
      young = new Map();
      old = new Map();
    },
  };
}
