import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';
import type { Vipps } from './vipps.ts';

/** The one sales unit there is. */
export const salesUnit = {
  name: 'Leveret demo',
  clientId: 'leveret-demo',
  clientSecret: 'vipps-demo-secret',
  subscriptionKey: 'vipps-demo-key',
  msn: '123456',
  currency: 'NOK',
};

const tokenSeconds = 3600;

/** `POST /accesstoken/get`: a token for an hour of sandbox time, as in the test environment. */
export function giveToken(vipps: Vipps, headers: IncomingHttpHeaders): Answer {
  const refusal = checkSubscription(headers);
  if (refusal) return refusal;
  const isKnown = headers['client_id'] === salesUnit.clientId;
  if (!isKnown || headers['client_secret'] !== salesUnit.clientSecret) {
    return {
      status: isKnown ? 401 : 400,
      body: { error: isKnown ? 'invalid_client' : 'unauthorized_client', error_description: 'Not known.' },
    };
  }
  const expiresAtMilliseconds = vipps.world.clock.now() + tokenSeconds * 1000;
  const value = `eyJ.${randomBytes(24).toString('base64url')}`;
  vipps.tokens.put({ value, expiresAtMilliseconds });
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      expires_in: String(tokenSeconds),
      ext_expires_in: '0',
      expires_on: String(Math.floor(expiresAtMilliseconds / 1000)),
      not_before: String(Math.floor(vipps.world.clock.now() / 1000)),
      resource: '00000002-0000-0000-c000-000000000000',
      access_token: value,
    },
  };
}

/** Why a request may not pass, or nothing: subscription key, then token, then sales unit. */
export function checkAccess(vipps: Vipps, headers: IncomingHttpHeaders): Answer | undefined {
  const refusal = checkSubscription(headers);
  if (refusal) return refusal;
  const [, value = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const token = vipps.tokens.get(value);
  if (!token || token.expiresAtMilliseconds <= vipps.world.clock.now()) {
    return azure(401, 'Unauthorized. Access token is missing or invalid.');
  }
  if (headers['merchant-serial-number'] !== salesUnit.msn) {
    return azure(403, 'The merchant serial number is not one of this client.');
  }
  return undefined;
}

function checkSubscription(headers: IncomingHttpHeaders): Answer | undefined {
  if (headers['ocp-apim-subscription-key'] === salesUnit.subscriptionKey) return undefined;
  return azure(401, 'Access denied due to invalid subscription key.');
}

/** The gateway before the APIs has a form of its own for what it refuses. */
function azure(status: number, message: string): Answer {
  return { status, body: { statusCode: status, message } };
}
