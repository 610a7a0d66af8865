import type { HttpClient } from '../../kit/http-client.ts';
import type { HttpOutcome } from '../../kit/http-outcome.ts';
import { parseJsonOrNothing } from '../../kit/parse-json-or-nothing.ts';
import { dropToken, findToken } from './access-token.ts';
import type { VippsAccount } from './account.ts';
import { vippsHeaders } from './headers.ts';
import { codeOfProblem } from './read-problem.ts';

export type VippsCall = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** At most 40 letters, digits and hyphens; the same key with another body is a conflict. */
  key?: string;
  body?: object;
};

/**
 * How a call ended. `refused` was read and surely not done, and will not be under this key. `not sent` was
 * surely not done either, and may be by the same call later: no connection, no token, a locked payment, too
 * many calls, keys that are not (yet) right. `unknown` may have been done.
 */
export type VippsAnswer =
  | { kind: 'done'; status: number; body: unknown; raw: string }
  | { kind: 'refused'; status: number; code: string; raw: string }
  | { kind: 'not sent'; code: string; status: number | undefined }
  | { kind: 'unknown'; code: string; raw: string };

/** Not done, but not because of what was asked. Source: knowledge base, "Errors". */
const passing: readonly number[] = [401, 423, 429];
const forbidden = 403;
// Says that the request was not read to the end in time, and not that nothing came of it.
const requestTimeout = 408;

/** Calls Vipps MobilePay; a token that is refused is asked for anew, once. */
export async function callVipps(
  http: HttpClient,
  account: VippsAccount,
  call: VippsCall,
): Promise<VippsAnswer> {
  const first = await send(http, account, call);
  if (first.kind !== 'not sent' || first.refusedToken === undefined) return first;
  await dropToken(http, account, first.refusedToken);
  return send(http, account, call);
}

async function send(
  http: HttpClient,
  account: VippsAccount,
  call: VippsCall,
): Promise<VippsAnswer & { refusedToken?: string }> {
  const token = await findToken(http, account);
  if (token.kind === 'none') return { kind: 'not sent', code: token.code, status: token.status };
  const outcome = await http.send({
    method: call.method,
    url: `${account.baseUrl}${call.path}`,
    headers: {
      ...vippsHeaders(account),
      authorization: `Bearer ${token.value}`,
      ...(call.key !== undefined && { 'idempotency-key': call.key }),
      ...(call.body && { 'content-type': 'application/json' }),
    },
    ...(call.body && { body: JSON.stringify(call.body) }),
  });
  const answer = readOutcome(outcome);
  const isTokenRefused = outcome.kind === 'answered' && outcome.status === 401;
  return isTokenRefused ? { ...answer, refusedToken: token.value } : answer;
}

function readOutcome(outcome: HttpOutcome): VippsAnswer {
  if (outcome.kind === 'not_sent') return { kind: 'not sent', code: outcome.reason, status: undefined };
  if (outcome.kind === 'unknown') return { kind: 'unknown', code: outcome.reason, raw: '' };
  const { status, body: raw } = outcome;
  const body = parseJsonOrNothing(raw);
  if (status >= 200 && status < 300) return { kind: 'done', status, body, raw };
  const code = codeOfProblem(status, body);
  // With a code of its own the API says what this sales unit may not do; without one it is the gateway.
  const isPassing = passing.includes(status) || (status === forbidden && code === `http ${status}`);
  if (isPassing) return { kind: 'not sent', code: `http ${status}`, status };
  if (status >= 400 && status < 500 && status !== requestTimeout)
    return { kind: 'refused', status, code, raw };
  return { kind: 'unknown', code: `http ${status}`, raw };
}
