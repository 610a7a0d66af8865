import type { HttpClient, HttpRequest } from '../../../kit/http-client.ts';
import { type JudgedAnswer, judgeAnswer } from '../../../kit/judge-answer.ts';
import { needSetting } from '../../../kit/need-setting.ts';
import type { MethodSettings } from '../../port/payment-method.ts';

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
  const path = `/merchants/${encodeURIComponent(needSetting(settings, 'merchantId'))}`;
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
): Promise<JudgedAnswer> {
  const { path, ...rest } = request;
  const outcome = await http.send({
    ...rest,
    url: `${needSetting(settings, 'baseUrl')}/api/strex${path}`,
    headers: {
      'x-apikey': needSetting(settings, 'apiKey'),
      accept: 'application/json',
      ...(rest.body !== undefined && { 'content-type': 'application/json' }),
    },
  });
  return judgeAnswer(outcome, { exceptions: { 429: 'not sent' } });
}
