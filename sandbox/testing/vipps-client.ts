import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type Reply, startListener, type Tried } from './frozen-sandbox.ts';

const msns = { demo: '123456', web: '123457', suomi: '123458' };
const epaymentEvents = ['created', 'aborted', 'expired', 'authorized', 'captured', 'refunded', 'terminated'];

export type VippsClient = {
  call(method: string, path: string, body?: unknown, key?: string): Promise<Reply>;
  /** Makes a payment of 149 NOK; answers the landing page's path. */
  pay(reference: string, changes?: object): Promise<string>;
  /** Has all events of payments told to a new listener; `names` reads what it received. */
  listen(test: TestContext): Promise<{ names(): string[]; answers: number[]; signatures(): string[] }>;
};

/** A client of one of the sandbox's sales units. */
export async function openVippsClient(
  sandbox: Tried,
  unit: keyof typeof msns = 'demo',
): Promise<VippsClient> {
  const keys = { 'ocp-apim-subscription-key': `vipps-${unit}-key`, 'merchant-serial-number': msns[unit] };
  const client = { client_id: `leveret-${unit}`, client_secret: `vipps-${unit}-secret` };
  const { json } = await sandbox.call('POST', '/vipps/accesstoken/get', undefined, { ...keys, ...client });
  const access = { ...keys, authorization: `Bearer ${String(json['access_token'])}` };
  const call: VippsClient['call'] = (method, path, body, key) =>
    sandbox.call(method, `/vipps${path}`, body, { ...access, ...(key && { 'idempotency-key': key }) });
  return {
    call,
    async pay(reference, changes = {}) {
      const body = { ...paymentBody(reference), ...changes };
      const reply = await call('POST', '/epayment/v1/payments', body, `key-${reference}`);
      assert.equal(reply.status, 201, reply.text);
      return new URL(String(reply.json['redirectUrl'])).pathname;
    },
    async listen(test) {
      const listener = await startListener(test);
      const events = epaymentEvents.map((name) => `epayments.payment.${name}.v1`);
      const reply = await call('POST', '/webhooks/v1/webhooks', { url: `${listener.url}/hook`, events });
      assert.equal(reply.status, 201, reply.text);
      return {
        answers: listener.answers,
        names: () => listener.received.map((one) => String((JSON.parse(one.body) as { name: unknown }).name)),
        signatures: () => listener.received.map((one) => one.headers.authorization ?? ''),
      };
    },
  };
}

/** A payment in the browser that the contract allows. */
export function paymentBody(reference: string): Record<string, unknown> {
  return {
    amount: { currency: 'NOK', value: 14_900 },
    paymentMethod: { type: 'WALLET' },
    reference,
    userFlow: 'WEB_REDIRECT',
    returnUrl: 'http://localhost:8080/pay/return',
    paymentDescription: 'Bygdeavisa, one month',
  };
}
