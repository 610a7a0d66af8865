import type { HttpClient } from '../../kit/http-client.ts';
import type { HttpOutcome } from '../../kit/http-outcome.ts';
import { type JudgedAnswer, judgeAnswer } from '../../kit/judge-answer.ts';
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

/** Not done, but not because of what was asked. Source: knowledge base, "Errors". */
const exceptions = { 401: 'not sent', 423: 'not sent', 429: 'not sent' } as const;
const forbidden = 403;

/** Calls Vipps MobilePay; a token that is refused is asked for anew, once. */
export async function callVipps(
  http: HttpClient,
  account: VippsAccount,
  call: VippsCall,
): Promise<JudgedAnswer> {
  const first = await send(http, account, call);
  if (first.kind !== 'not sent' || first.refusedToken === undefined) return first;
  await dropToken(http, account, first.refusedToken);
  return send(http, account, call);
}

async function send(
  http: HttpClient,
  account: VippsAccount,
  call: VippsCall,
): Promise<JudgedAnswer & { refusedToken?: string }> {
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

function readOutcome(outcome: HttpOutcome): JudgedAnswer {
  const answer = judgeAnswer(outcome, { exceptions, codeOf });
  // With a code of its own the API says what this sales unit may not do; without one it is the gateway.
  const isGateways =
    answer.kind === 'refused' && answer.status === forbidden && answer.code === plain(forbidden);
  return isGateways ? { kind: 'not sent', status: forbidden, code: answer.code } : answer;
}

/** Only a refusal is called by the problem that it tells. */
function codeOf(status: number, body: unknown): string {
  return status in exceptions || status >= 500 ? plain(status) : codeOfProblem(status, body);
}

function plain(status: number): string {
  return `http ${status}`;
}
