import type { HttpClient } from '../../kit/http-client.ts';
import { findToken, type TokenAnswer } from './access-token.ts';
import { vippsAccountOf } from './account.ts';
import { callVipps } from './call-vipps.ts';

export type VippsFault = { setting: string | undefined; text: string };

/**
 * What is wrong with the keys of a sales unit, found out by asking for a token and for its registrations;
 * moves nothing. Vipps MobilePay tells a wrong client by an OAuth error, and a wrong subscription key by an
 * error of its gateway.
 */
export async function testVippsAccount(context: {
  http: HttpClient;
  settings: Readonly<Record<string, string>>;
}): Promise<VippsFault[]> {
  const account = vippsAccountOf(context.settings);
  const token = await findToken(context.http, account);
  if (token.kind === 'none') return [explainNoToken(token)];
  const answer = await callVipps(context.http, account, { method: 'GET', path: '/webhooks/v1/webhooks' });
  if (answer.kind === 'done') return [];
  const { status } = answer;
  if (status === 401) return [{ setting: 'subscriptionKey', text: 'The subscription key is not accepted.' }];
  if (status === 403 || status === 400) {
    return [
      {
        setting: 'merchantSerialNumber',
        text: 'These keys may not act for this merchant serial number.',
      },
    ];
  }
  return [
    { setting: undefined, text: `Vipps MobilePay answered in a way that says nothing: ${answer.code}.` },
  ];
}

function explainNoToken(token: Extract<TokenAnswer, { kind: 'none' }>): VippsFault {
  if (token.isClientRefused) {
    return { setting: 'clientSecret', text: 'client_id and client_secret are not known together.' };
  }
  if (token.status === 401 || token.status === 403) {
    return { setting: 'subscriptionKey', text: 'The subscription key is not accepted.' };
  }
  if (token.status === undefined || token.status === 404) {
    return { setting: 'baseUrl', text: `Vipps MobilePay does not answer at this address: ${token.code}.` };
  }
  return { setting: undefined, text: `Vipps MobilePay gives no access: ${token.code}.` };
}
