import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';
import type { Vipps } from './vipps.ts';

export type SalesUnit = {
  name: string;
  clientId: string;
  clientSecret: string;
  subscriptionKey: string;
  msn: string;
  currency: 'NOK' | 'DKK' | 'EUR';
  /** Has it been approved to ask on a phone without the landing page? */
  mayPush: boolean;
};

/** The demo's own sales unit, one that is as approved as most are, and one of Finland. */
const salesUnits: readonly [SalesUnit, ...SalesUnit[]] = [
  {
    name: 'Leveret demo',
    clientId: 'leveret-demo',
    clientSecret: 'vipps-demo-secret',
    subscriptionKey: 'vipps-demo-key',
    msn: '123456',
    currency: 'NOK',
    mayPush: true,
  },
  {
    name: 'Leveret web',
    clientId: 'leveret-web',
    clientSecret: 'vipps-web-secret',
    subscriptionKey: 'vipps-web-key',
    msn: '123457',
    currency: 'NOK',
    mayPush: false,
  },
  {
    name: 'Leveret Suomi',
    clientId: 'leveret-suomi',
    clientSecret: 'vipps-suomi-secret',
    subscriptionKey: 'vipps-suomi-key',
    msn: '123458',
    currency: 'EUR',
    mayPush: false,
  },
];

const tokenSeconds = 3600;

/** The sales unit of a request that was let in. */
export function salesUnitOf(msn: string): SalesUnit {
  return salesUnits.find((unit) => unit.msn === msn) ?? salesUnits[0];
}

/** `POST /accesstoken/get`: a token for an hour of sandbox time, as in the test environment. */
export function giveToken(vipps: Vipps, headers: IncomingHttpHeaders): Answer {
  const unit = bySubscription(headers);
  if (!unit) return noSubscription;
  const isKnown = headers['client_id'] === unit.clientId;
  if (!isKnown || headers['client_secret'] !== unit.clientSecret) {
    return {
      status: isKnown ? 401 : 400,
      body: { error: isKnown ? 'invalid_client' : 'unauthorized_client', error_description: 'Not known.' },
    };
  }
  const expiresAtMilliseconds = vipps.world.clock.now() + tokenSeconds * 1000;
  const value = `eyJ.${randomBytes(24).toString('base64url')}`;
  vipps.tokens.put({ value, msn: unit.msn, expiresAtMilliseconds });
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
  const unit = bySubscription(headers);
  if (!unit) return noSubscription;
  const [, value = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const token = vipps.tokens.get(value);
  const isGood = token?.msn === unit.msn && token.expiresAtMilliseconds > vipps.world.clock.now();
  if (!isGood) return azure(401, 'Unauthorized. Access token is missing or invalid.');
  if (headers['merchant-serial-number'] !== unit.msn) {
    return azure(403, 'The merchant serial number is not one of this client.');
  }
  return undefined;
}

function bySubscription(headers: IncomingHttpHeaders): SalesUnit | undefined {
  const key = headers['ocp-apim-subscription-key'];
  return salesUnits.find((unit) => unit.subscriptionKey === key);
}

const noSubscription = azure(401, 'Access denied due to invalid subscription key.');

/** The gateway before the APIs has a form of its own for what it refuses. */
function azure(status: number, message: string): Answer {
  return { status, body: { statusCode: status, message } };
}
