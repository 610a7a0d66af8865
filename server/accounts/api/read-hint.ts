import { parseJsonOrNothing } from '../../kit/parse-json-or-nothing.ts';
import { Problem } from '../../kit/problem.ts';

/**
 * Whom a site means by an ID token (OpenID Connect Core, 2). It is taken at its word, without its signature:
 * whoever is logged in is asked before the session ends, and a hint can only spare it. What ends without the
 * reader being asked is said by a signature (`publishers/find-hinted-login.ts`).
 */
export function readHint(idToken: string): { clientId?: string; uniqueUserId?: string } {
  const [, payload = ''] = idToken.split('.');
  const claims = parseJsonOrNothing(Buffer.from(payload, 'base64url').toString('utf8'));
  if (typeof claims !== 'object' || claims === null) throw unreadable();
  const { aud, sub } = claims as { aud?: unknown; sub?: unknown };
  const audience: unknown = Array.isArray(aud) ? aud[0] : aud;
  return {
    ...(typeof audience === 'string' && { clientId: audience }),
    ...(typeof sub === 'string' && { uniqueUserId: sub }),
  };
}

function unreadable(): Problem {
  const message = 'id_token_hint is no ID token';
  const fields = [{ field: 'id_token_hint', rule: 'unreadable', message }];
  return new Problem('input_is_invalid', { detail: message, fields });
}
