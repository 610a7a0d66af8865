import type { Adapter } from 'oidc-provider';
import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { PublisherEvent } from '../publisher.ts';
import { readerScopes } from '../reader-scopes.ts';
import { tokenNames } from '../verify-access-token.ts';
import { siteOf } from './clients-adapter.ts';
import { Provider } from './load-provider.ts';
import { onlyReads } from './read-only.ts';
import { findRecord, rememberedDays } from './records-store.ts';
import { isOfTokensNow, readFamilyId, type TokenFamily } from './token-family.ts';

type Context = { database: Database; publishers: PublisherDirectory; settings: { publicUrl: string } };

const shownSeconds = 86_400;

const endFamily = sql(
  'oauthRecords.endFamily',
  `INSERT INTO oauth_records (model, record_id, payload, expires_at)
   VALUES ('EndedGrant', $1, '{}', (SELECT leveret_now()) + $2 * interval '1 day')
   ON CONFLICT (model, record_id) DO NOTHING RETURNING record_id`,
);

/**
 * What the library calls grants: here all tokens of one login at one site. Nobody is asked to consent to a
 * publisher's own sites, so a family has no row until it ends.
 */
export function createFamiliesAdapter(context: Context): Adapter {
  const scope = readerScopes.join(' ');
  const { audience } = tokenNames(context.settings.publicUrl);
  return {
    ...onlyReads('grants'),
    async find(id) {
      const family = readFamilyId(id);
      if (!family || (await isEnded(context, family, id))) return undefined;
      const now = Math.floor(Date.now() / 1000);
      return {
        jti: id,
        kind: 'Grant',
        clientId: family.clientId,
        accountId: family.uniqueUserId,
        openid: { scope },
        resources: { [audience]: scope },
        iat: now,
        exp: now + shownSeconds,
      };
    },
    destroy: async (id) => {
      if (!outlivesCode()) await end(context, id);
    },
  };
}

/** By itself, or with all tokens of its client. */
async function isEnded({ database, publishers }: Context, family: TokenFamily, id: string): Promise<boolean> {
  if (!isOfTokensNow(family, await publishers.findClient(family.clientId))) return true;
  return (await database.query(findRecord, ['EndedGrant', id])).length > 0;
}

/** Ends a family for good, and tells the publisher where a token was used that had been used up. */
async function end(context: Context, id: string): Promise<void> {
  const family = readFamilyId(id);
  const client = family && (await context.publishers.findClient(family.clientId));
  const reason = whyEnded();
  await context.database.transaction('end token family', async (transaction) => {
    const ended = await transaction.query(endFamily, [id, rememberedDays]);
    if (!client || !reason || ended.length === 0) return;
    const { publisherId } = client.publisher;
    const { uniqueUserId } = family;
    await transaction.report<PublisherEvent>([
      { name: 'reader tokens ended', publisherId, clientId: client.clientId, uniqueUserId, reason },
    ]);
  });
}

/**
 * Whether what a code gave lives on when the code comes again. RFC 6749 (4.1.2) wants it ended if possible.
 * Clients of the original send the code again when a reader loads their page again, and prove that they are
 * the client; the second time is refused, and the reader stays logged in.
 */
export function outlivesCode(): boolean {
  const { client, params } = Provider.ctx?.oidc ?? {};
  return params?.['grant_type'] === 'authorization_code' && siteOf(client).profile === 'original';
}

/** A site that revokes its own tokens knows it. */
function whyEnded(): 'refresh_token_reused' | 'code_reused' | undefined {
  switch (Provider.ctx?.oidc.params?.['grant_type']) {
    case 'refresh_token':
      return 'refresh_token_reused';
    case 'authorization_code':
      return 'code_reused';
    default:
      return undefined;
  }
}
