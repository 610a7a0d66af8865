import type { Queryable } from '../database/statement.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { CatalogueSnapshot, CatalogueSnapshots } from './catalogue.ts';
import { readContent, readVersion } from './catalogue-store.ts';

const freshForMilliseconds = 2_000;

type Kept = {
  snapshot: CatalogueSnapshot | undefined;
  checkedAt: number;
  refreshing: Promise<CatalogueSnapshot> | undefined;
};

type Options = {
  database: Queryable;
  /** A clock that only measures age, in milliseconds; the process's own unless a test gives one. */
  elapsed?: () => number;
};

/**
 * Keeps each publisher's catalogue in memory. An older snapshot is compared by its version, which costs one
 * row; only a changed catalogue is read again. Concurrent callers share one read.
 */
export function createCatalogueSnapshots(options: Options): CatalogueSnapshots {
  const elapsed = options.elapsed ?? (() => performance.now());
  const kept = new Map<number, Kept>();

  async function refresh(publisherId: number, entry: Kept): Promise<CatalogueSnapshot> {
    const startedAt = elapsed();
    const known = entry.snapshot;
    const isCurrent =
      known !== undefined && (await readVersion(options.database, publisherId)) === known.version;
    const snapshot = isCurrent ? known : buildSnapshot(await readContent(options.database, publisherId));
    entry.snapshot = snapshot;
    entry.checkedAt = startedAt;
    return snapshot;
  }

  return {
    async of(publisherId) {
      const entry = kept.get(publisherId) ?? { snapshot: undefined, checkedAt: 0, refreshing: undefined };
      kept.set(publisherId, entry);
      if (entry.snapshot && elapsed() - entry.checkedAt < freshForMilliseconds) return entry.snapshot;
      entry.refreshing ??= refresh(publisherId, entry).finally(() => {
        entry.refreshing = undefined;
      });
      return entry.refreshing;
    },
    // A refresh that is under way keeps writing to the entry that is dropped here, where nobody looks.
    forget: (publisherId) => void kept.delete(publisherId),
  };
}
