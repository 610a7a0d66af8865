import { Type } from 'typebox';
import type { HttpClient } from '../../../kit/http-client.ts';
import { type JudgedAnswer, judgeAnswer } from '../../../kit/judge-answer.ts';
import { readLeniently } from '../../../kit/read-leniently.ts';
import { withoutEnd } from '../../../kit/without-end.ts';

/** Where and as whom we speak to Kustom. The hosts have moved once, so the address is a setting. */
export type KustomAccount = { baseUrl: string; username: string; password: string };

export type KustomCall = {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: object;
  /** Honoured by order management's writes only: for one key the operation is carried out once. */
  idempotencyKey?: string;
};

/** Sends one request, once. */
export async function callKustom(
  http: HttpClient,
  account: KustomAccount,
  { method, path, body, idempotencyKey }: KustomCall,
): Promise<JudgedAnswer> {
  const login = Buffer.from(`${account.username}:${account.password}`).toString('base64');
  const outcome = await http.send({
    method,
    url: `${withoutEnd(account.baseUrl, '/')}${path}`,
    headers: {
      authorization: `Basic ${login}`,
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'klarna-idempotency-key': idempotencyKey }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return judgeAnswer(outcome, { exceptions, codeOf });
}

// A conflict leaves open whether the same call is still being carried out.
const exceptions = { 409: 'unknown', 429: 'not sent' } as const;
const ErrorBody = Type.Object({ error_code: Type.String({ pattern: /^\w{1,60}$/ }) });

function codeOf(status: number, body: unknown): string {
  return readLeniently(ErrorBody, body)?.error_code ?? `status ${status}`;
}
