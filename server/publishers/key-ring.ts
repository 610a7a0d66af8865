import type { Database } from '../database/transaction.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { provideSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The signing keys as this node knows them, at most five seconds old, so that a key ends everywhere. */
export type KeyRing = {
  /** The keys now: at once where they are young enough, else after they were read again. */
  keys(): SigningKeys | Promise<SigningKeys>;
  /** The keys, read again first where the id is unknown and the last reading is not from just now. */
  keysWith(keyId: string): Promise<SigningKeys>;
};

const oldestServedMilliseconds = 5000;
const refreshedAfterMilliseconds = 2000;
// Tokens with made-up key ids may not become a way to keep the database busy.
const rereadForUnknownAfterMilliseconds = 500;

type Options = { database: Database; secrets: { sealing: SealingKeys }; now?: () => number };

/** Reads the keys, makes the first one in a new database, and keeps them. */
export async function createKeyRing(options: Options): Promise<KeyRing> {
  const now = options.now ?? (() => performance.now());
  let readAt = now();
  let keys = await provideSigningKeys(options);
  let reading: Promise<SigningKeys> | undefined;

  function read(): Promise<SigningKeys> {
    reading ??= (async () => {
      const startedAt = now();
      try {
        const fresh = await provideSigningKeys(options);
        readAt = startedAt;
        // The same keys stay the same object, so that whoever depends on them sees when they change.
        if (!isSame(fresh, keys)) keys = fresh;
        return keys;
      } finally {
        reading = undefined;
      }
    })();
    return reading;
  }

  return {
    keys() {
      const age = now() - readAt;
      if (age > oldestServedMilliseconds) return read();
      // A failure shows when the keys are too old to be served; then the caller gets it.
      if (age > refreshedAfterMilliseconds) read().catch(() => undefined);
      return keys;
    },
    async keysWith(keyId) {
      const isStale = now() - readAt > rereadForUnknownAfterMilliseconds;
      return !keys.publicKeys.has(keyId) && isStale ? read() : keys;
    },
  };
}

function isSame(first: SigningKeys, second: SigningKeys): boolean {
  return describe(first) === describe(second);
}

function describe(keys: SigningKeys): string {
  return keys.all.map(({ kid }) => kid).join(' ');
}
