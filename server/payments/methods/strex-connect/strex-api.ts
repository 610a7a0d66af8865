import type { HttpClient, HttpRequest } from '../../../kit/http-client.ts';
import type { MethodSettings } from '../../port/payment-method.ts';

/** How a call to Strex Connect ended: answered, surely never there, or lost on the way. */
export type StrexAnswer =
  | { kind: 'answered'; status: number; raw: string }
  | { kind: 'not sent'; code: string }
  | { kind: 'unknown'; code: string };

// A transaction that is not decided yet is answered after 20 s.
const readTimeoutMilliseconds = 25_000;

export function postTransaction(http: HttpClient, settings: MethodSettings, body: object) {
  return call(http, settings, { method: 'POST', path: '/transactions', body: JSON.stringify(body) });
}

export function postOneTimePassword(http: HttpClient, settings: MethodSettings, body: object) {
  return call(http, settings, { method: 'POST', path: '/one-time-passwords', body: JSON.stringify(body) });
}

export function getTransaction(http: HttpClient, settings: MethodSettings, transactionId: string) {
  const path = `/transactions/${encodeURIComponent(transactionId)}`;
  return call(http, settings, { method: 'GET', path, timeoutMilliseconds: readTimeoutMilliseconds });
}

export function deleteTransaction(http: HttpClient, settings: MethodSettings, transactionId: string) {
  return call(http, settings, {
    method: 'DELETE',
    path: `/transactions/${encodeURIComponent(transactionId)}`,
  });
}

export function getMerchant(http: HttpClient, settings: MethodSettings) {
  const path = `/merchants/${encodeURIComponent(need(settings, 'merchantId'))}`;
  return call(http, settings, { method: 'GET', path });
}

/** The id of the transaction that gives a charge back. */
export function reversalOf(transactionId: string): string {
  return `-${transactionId}`;
}

async function call(
  http: HttpClient,
  settings: MethodSettings,
  request: Omit<HttpRequest, 'url' | 'headers' | 'rules'> & { path: string },
): Promise<StrexAnswer> {
  const { path, ...rest } = request;
  const outcome = await http.send({
    ...rest,
    url: `${need(settings, 'baseUrl')}/api/strex${path}`,
    headers: {
      'x-apikey': need(settings, 'apiKey'),
      accept: 'application/json',
      ...(rest.body !== undefined && { 'content-type': 'application/json' }),
    },
  });
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'answered', status: outcome.status, raw: outcome.body };
    case 'not_sent':
      return { kind: 'not sent', code: outcome.reason };
    case 'unknown':
      return { kind: 'unknown', code: outcome.reason };
  }
}

/** A required setting; settings are checked when they are saved and when they are read. */
export function need(settings: MethodSettings, name: string): string {
  const value = settings[name];
  if (value === undefined) throw new Error(`the setting ${name} is missing`);
  return value;
}
