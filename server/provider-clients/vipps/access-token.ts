import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { HttpClient } from '../../kit/http-client.ts';
import { parseJsonOrNothing } from '../../kit/parse-json-or-nothing.ts';
import { readLeniently } from '../../kit/read-leniently.ts';
import type { VippsAccount } from './account.ts';
import { vippsHeaders } from './headers.ts';

/** A token, or why there is none. `isClientRefused`: client_id or client_secret were read and not known. */
export type TokenAnswer =
  | { kind: 'token'; value: string }
  | { kind: 'none'; code: string; status: number | undefined; isClientRefused: boolean };

type Kept = { answer: Promise<TokenAnswer>; goodUntilMilliseconds: number };

const Token = Type.Object({
  access_token: Type.String({ minLength: 1 }),
  // Seconds, as a text.
  expires_in: Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.String({ pattern: /^[1-9]\d*$/ })]),
});
const OAuthError = Type.Object({ error: Type.String() });

const mostMarginSeconds = 300;
const mostKept = 10_000;
const tokens = new WeakMap<HttpClient, Map<string, Kept>>();

/**
 * The token of a sales unit, asked for once and kept until shortly before it expires; calls that come while
 * it is being asked for wait for the same one.
 */
export async function findToken(http: HttpClient, account: VippsAccount): Promise<TokenAnswer> {
  const kept = tokens.get(http) ?? new Map<string, Kept>();
  tokens.set(http, kept);
  const key = keyOf(account);
  const known = kept.get(key);
  if (known && performance.now() < known.goodUntilMilliseconds) return known.answer;
  const entry: Kept = {
    answer: askForToken(http, account).then(({ answer, goodSeconds }) => {
      entry.goodUntilMilliseconds = performance.now() + goodSeconds * 1000;
      return answer;
    }),
    goodUntilMilliseconds: Number.POSITIVE_INFINITY,
  };
  kept.delete(key);
  kept.set(key, entry);
  const oldest = kept.size > mostKept ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  return entry.answer;
}

/** Drops a token that was refused, unless a newer one has taken its place. */
export async function dropToken(http: HttpClient, account: VippsAccount, value: string): Promise<void> {
  const kept = tokens.get(http);
  const known = kept?.get(keyOf(account));
  const answer = await known?.answer;
  if (answer?.kind === 'token' && answer.value === value && known) known.goodUntilMilliseconds = 0;
}

/** `POST /accesstoken/get`; what failed is good for no time. */
async function askForToken(
  http: HttpClient,
  account: VippsAccount,
): Promise<{ answer: TokenAnswer; goodSeconds: number }> {
  const outcome = await http.send({
    method: 'POST',
    url: `${account.baseUrl}/accesstoken/get`,
    headers: {
      ...vippsHeaders(account),
      client_id: account.clientId,
      client_secret: account.clientSecret,
    },
  });
  if (outcome.kind !== 'answered') return none(`token ${outcome.reason}`, undefined);
  const body = parseJsonOrNothing(outcome.body);
  const token = readLeniently(Token, body);
  if (outcome.status !== 200 || !token) {
    const isClientRefused = readLeniently(OAuthError, body) !== undefined;
    return none(`token http ${outcome.status}`, outcome.status, isClientRefused);
  }
  const { access_token: value } = token;
  const seconds = Number(token.expires_in);
  const marginSeconds = Math.min(mostMarginSeconds, seconds / 10);
  return { answer: { kind: 'token', value }, goodSeconds: seconds - marginSeconds };
}

function none(
  code: string,
  status: number | undefined,
  isClientRefused = false,
): { answer: TokenAnswer; goodSeconds: number } {
  return { answer: { kind: 'none', code, status, isClientRefused }, goodSeconds: 0 };
}

/** All that a token depends on, as a hash, so that no secret is kept twice. */
function keyOf(account: VippsAccount): string {
  const { baseUrl, clientId, clientSecret, subscriptionKey, merchantSerialNumber } = account;
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, clientId, clientSecret, subscriptionKey, merchantSerialNumber]))
    .digest('base64');
}
