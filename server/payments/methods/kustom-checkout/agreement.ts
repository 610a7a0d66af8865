import type { MethodContext } from '../../port/payment-method.ts';
import type { Evidence, OperationAnswer } from '../../port/provider-answer.ts';
import { callKustom } from './call-kustom.ts';
import { answerOf } from './move-money.ts';
import { readCustomerToken } from './read-order.ts';
import { accountOf } from './settings.ts';

type Agreement = { token: string };

/** Cancels the token, after which nothing can be charged by it. Doing it again changes nothing. */
export async function stopAgreement(
  { http, settings }: MethodContext,
  { token }: Agreement,
): Promise<OperationAnswer> {
  const path = `${pathOf(token)}/status`;
  const body = { status: 'CANCELLED' };
  return answerOf(await callKustom(http, accountOf(settings), { method: 'PATCH', path, body }));
}

/** A suspended token may come back, and so it stands. */
export async function askAgreement(
  { http, settings }: MethodContext,
  token: string,
): Promise<Pick<Evidence, 'agreement' | 'code' | 'raw'>> {
  const answer = await callKustom(http, accountOf(settings), { method: 'GET', path: pathOf(token) });
  const stopped = { token, state: 'stopped' } as const;
  switch (answer.kind) {
    case 'done':
      return { ...read(token, readCustomerToken(answer.body)?.status), raw: answer.raw };
    case 'refused':
      return { ...(answer.status === 404 && { agreement: stopped }), code: answer.code, raw: answer.raw };
    case 'not sent':
    case 'unknown':
      return { code: answer.code, raw: 'raw' in answer ? answer.raw : '' };
  }
}

function read(token: string, status: string | undefined): Pick<Evidence, 'agreement' | 'code'> {
  switch (status) {
    case 'ACTIVE':
    case 'SUSPENDED':
      return { agreement: { token, state: 'active' }, code: status };
    case 'CANCELLED':
      return { agreement: { token, state: 'stopped' }, code: status };
    default:
      return { code: 'a token status that is not known' };
  }
}

function pathOf(token: string): string {
  return `/customer-token/v1/tokens/${encodeURIComponent(token)}`;
}
