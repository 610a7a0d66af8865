import { randomBytes } from 'node:crypto';
import { ensureAccount, markProven } from '../accounts/accounts-store.ts';
import { sessionCookieName } from '../accounts/find-session-id.ts';
import { logInBrowser } from '../accounts/sessions-store.ts';
import type { Context } from '../context.ts';
import { credentialKey, parseCredential } from '../kit/credential.ts';
import { cookieOf } from '../kit/http/browser-form.ts';
import type { LoginStrength } from '../kit/login-strength.ts';

type Options = {
  strength?: LoginStrength;
  /** The cookie that the browser has. */
  former?: string;
};

/** The cookie of a browser that has just logged in at a client's publisher, as `name=value`. */
export async function logInReader(
  context: Pick<Context, 'database' | 'publishers' | 'secrets' | 'settings'>,
  clientId: string,
  credential: string,
  options: Options = {},
): Promise<string> {
  const { database, publishers, secrets, settings } = context;
  const client = await publishers.findClient(clientId);
  const parsed = client && parseCredential(credential, client.publisher.country);
  if (!parsed) throw new Error(`${credential} is no credential at ${clientId}`);
  const { publisherId } = client.publisher;
  const key = credentialKey(secrets.credentialHash, publisherId, parsed);
  const id = randomBytes(32).toString('base64url');
  await database.transaction('log in', async (transaction) => {
    await ensureAccount(transaction, { publisherId, key, kind: parsed.kind, credential: parsed.shown });
    await markProven(transaction, publisherId, key);
    const { strength = 'code', former } = options;
    const formerId = former?.split('=')[1];
    await logInBrowser(transaction, { id, formerId, publisherId, credentialKey: key, strength });
  });
  return `${cookieOf(settings.publicUrl, sessionCookieName).name}=${id}`;
}
