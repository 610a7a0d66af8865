import { z } from 'zod';
import type { HttpClient } from '../../kit/http-client.ts';
import { withoutEnd } from '../../kit/without-end.ts';

/** Where and as whom we speak to Kustom. The hosts have moved once, so the address is a setting. */
export type KustomAccount = { baseUrl: string; username: string; password: string };

export type KustomCall = {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: object;
  /** Honoured by order management's writes only: for one key the operation is carried out once. */
  idempotencyKey?: string;
};

/**
 * How a call ended. `refused` was surely not carried out; `not sent` neither, and it may be tried again.
 * After `unknown` it may have been carried out.
 */
export type KustomAnswer =
  | { kind: 'done'; json: unknown; raw: string }
  | { kind: 'refused'; status: number; code: string; raw: string }
  | { kind: 'not sent'; code: string }
  | { kind: 'unknown'; code: string; raw: string };

/** Sends one request, once. */
export async function callKustom(
  http: HttpClient,
  account: KustomAccount,
  { method, path, body, idempotencyKey }: KustomCall,
): Promise<KustomAnswer> {
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
  if (outcome.kind === 'not_sent') return { kind: 'not sent', code: outcome.reason };
  if (outcome.kind === 'unknown') return { kind: 'unknown', code: outcome.reason, raw: '' };
  return readAnswer(outcome.status, outcome.body);
}

const ErrorBody = z.looseObject({ error_code: z.string().regex(/^\w{1,60}$/) });
const requestTimeout = 408;
const conflict = 409;
const tooManyRequests = 429;

/**
 * What a status says of the operation. 408 and 409 leave open whether it was, or still is, carried out;
 * 429 is said before anything is done.
 */
function readAnswer(status: number, raw: string): KustomAnswer {
  const json = parseJson(raw);
  if (status >= 200 && status < 300) return { kind: 'done', json, raw };
  if (status === tooManyRequests) return { kind: 'not sent', code: 'too many requests' };
  const isRefusal = status >= 400 && status < 500 && status !== requestTimeout && status !== conflict;
  const parsed = ErrorBody.safeParse(json);
  const code = parsed.success ? parsed.data.error_code : `status ${status}`;
  return isRefusal ? { kind: 'refused', status, code, raw } : { kind: 'unknown', code, raw };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
