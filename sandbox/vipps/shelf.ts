import type { Journal } from '../kit/journal.ts';

/** Records by key, kept in the journal; putting one again replaces it. */
export type Shelf<T> = {
  put(record: T): void;
  get(key: string): T | undefined;
  all(): T[];
  forget(): void;
};

export function openShelf<T>(journal: Journal, kind: string, keyOf: (record: T) => string): Shelf<T> {
  const records = new Map<string, T>();
  return {
    put: journal.kind<T>(
      kind,
      (record) => records.set(keyOf(record), record),
      () => records.values(),
    ),
    get: (key) => records.get(key),
    all: () => [...records.values()],
    forget: () => records.clear(),
  };
}
