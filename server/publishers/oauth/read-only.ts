import type { Adapter } from 'oidc-provider';

const nothing = () => Promise.resolve(undefined);

/** The rest of an adapter that shows what stands elsewhere: it finds nothing, and writing fails. */
export function onlyReads(what: string): Adapter {
  const refuse = () => Promise.reject(new Error(`${what} are not written by the OAuth server`));
  return {
    find: nothing,
    findByUid: nothing,
    findByUserCode: nothing,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: nothing,
  };
}
