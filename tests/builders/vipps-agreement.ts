import assert from 'node:assert/strict';
import { sql } from '@leveret/server/database/statement.js';
import { type Fields, textAt } from './fields-of.ts';
import type { Fixture } from './fixture.ts';

const keys = { 'ocp-apim-subscription-key': 'vipps-demo-key', 'merchant-serial-number': '123456' };
const login = { ...keys, client_id: 'leveret-demo', client_secret: 'vipps-demo-secret' };

/** An agreement as the provider has it, asked for as another system of the merchant would. */
export async function agreementAt(fixture: Fixture, agreementId: string): Promise<Record<string, unknown>> {
  const vipps = `${fixture.sandboxUrl}/vipps`;
  const token = await (await fetch(`${vipps}/accesstoken/get`, { method: 'POST', headers: login })).json();
  const authorization = `Bearer ${textAt(token as Fields, 'access_token')}`;
  const address = `${vipps}/recurring/v3/agreements/${agreementId}`;
  const shown = await fetch(address, { headers: { ...keys, authorization } });
  assert.equal(shown.status, 200, agreementId);
  return (await shown.json()) as Record<string, unknown>;
}

const findAttempt = sql(
  'test.agreementAttempt',
  `SELECT provider_id FROM payment_attempts
   WHERE order_id = $1 AND provider_id IS NOT NULL ORDER BY attempt_id DESC`,
);

/** The buyer opens a registered order and is sent to the provider; answers the agreement's id there. */
export async function openAgreement(fixture: Fixture, registered: Fields): Promise<string> {
  const opened = await fetch(textAt(registered, 'fulfillmentUrl'), { redirect: 'manual' });
  assert.equal(opened.status, 303, await opened.text());
  const { database } = fixture.app.context;
  const [attempt] = await database.query<{ provider_id: string }>(findAttempt, [registered['orderId']]);
  assert.ok(attempt);
  return attempt.provider_id;
}

/** What the buyer does in the app. */
export async function decideAgreement(fixture: Fixture, agreementId: string, what: 'approve' | 'refuse') {
  const url = `${fixture.sandboxUrl}/control/payments/${agreementId}/${what}`;
  const decided = await fetch(url, { method: 'POST' });
  assert.ok(decided.ok, await decided.text());
}
