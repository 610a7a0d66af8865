import { compactVerify, decodeProtectedHeader, errors, type ProtectedHeaderParameters } from 'jose';
import { parseJsonOrNothing } from '../kit/parse-json-or-nothing.ts';
import type { KeyRing } from './key-ring.ts';
import { tokenNames } from './verify-access-token.ts';

/** The login at a site that an id_token of ours tells of. */
export type HintedLogin = { clientId: string; uniqueUserId: string; sessionUid: string };

/** What verifies a hint. */
export type HintKeys = Pick<KeyRing, 'keys'>;

type Context = { keyRing: HintKeys; settings: { publicUrl: string } };

/**
 * Which login an `id_token_hint` proves; nothing where we have not signed it, or the key has ended. One that
 * is over counts (OpenID Connect RP-Initiated Logout 1.0, 2): the site shows what it was given, however long
 * ago.
 */
export async function findHintedLogin(context: Context, idToken: string): Promise<HintedLogin | undefined> {
  const { kid, alg, typ } = headerOf(idToken);
  // An access token is signed by us as well, and is no id_token.
  if (kid === undefined || (typ ?? 'JWT') !== 'JWT') return undefined;
  const known = (await context.keyRing.keys()).idTokenKeys.get(kid);
  if (!known || known.algorithm !== alg) return undefined;
  try {
    const { payload } = await compactVerify(idToken, known.key, { algorithms: [known.algorithm] });
    return readLogin(tokenNames(context.settings.publicUrl).issuer, payload);
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return {};
  }
}

function readLogin(issuer: string, payload: Uint8Array): HintedLogin | undefined {
  const claims = parseJsonOrNothing(Buffer.from(payload).toString('utf8'));
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { iss, aud, sub, sid } = claims as Record<string, unknown>;
  if (iss !== issuer || typeof aud !== 'string' || typeof sub !== 'string') return undefined;
  return typeof sid === 'string' ? { clientId: aud, uniqueUserId: sub, sessionUid: sid } : undefined;
}
