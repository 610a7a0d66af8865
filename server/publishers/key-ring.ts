import type { Database } from '../database/transaction.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { provideSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The signing keys as this node knows them, at most a minute old while they are used. */
export type KeyRing = {
  /** The keys now; reads again in the background where they are older than a minute. */
  keys(): SigningKeys;
  /** The keys, read again first where the id is unknown and the last reading is not from just now. */
  keysWith(keyId: string): Promise<SigningKeys>;
};

const refreshedAfterMilliseconds = 60_000;
const rereadForUnknownAfterMilliseconds = 5000;

type Options = { database: Database; secrets: { sealing: SealingKeys }; now?: () => number };

/** Reads the keys, makes the first one in a new database, and keeps them. */
export async function createKeyRing(options: Options): Promise<KeyRing> {
  const now = options.now ?? (() => performance.now());
  let readAt = now();
  let keys = await provideSigningKeys(options);
  let reading: Promise<void> | undefined;

  function read(): Promise<void> {
    reading ??= (async () => {
      const startedAt = now();
      try {
        const fresh = await provideSigningKeys(options);
        readAt = startedAt;
        // The same keys stay the same object, so that whoever depends on them sees when they change.
        if (!isSame(fresh, keys)) keys = fresh;
      } finally {
        reading = undefined;
      }
    })();
    return reading;
  }

  return {
    keys() {
      if (now() - readAt > refreshedAfterMilliseconds) read().catch(() => undefined);
      return keys;
    },
    async keysWith(keyId) {
      const isStale = now() - readAt > rereadForUnknownAfterMilliseconds;
      if (!keys.publicKeys.has(keyId) && isStale) await read();
      return keys;
    },
  };
}

function isSame(first: SigningKeys, second: SigningKeys): boolean {
  return describe(first) === describe(second);
}

function describe(keys: SigningKeys): string {
  return [keys.signing.kid, ...keys.publicKeys.keys()].join(' ');
}
