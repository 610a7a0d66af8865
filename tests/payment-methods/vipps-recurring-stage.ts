import assert from 'node:assert/strict';
import { vippsRecurring } from '@leveret/server/payments/methods/vipps-recurring/method.js';
import type { AttemptFacts, ChargeRequest } from '@leveret/server/payments/port/payment-request.js';
import { attemptOf, startRequest, type VippsStage } from './vipps-stage.ts';

export const daySeconds = 86_400;

export const terms = {
  productName: 'Bygdeavisa, a name that is longer than the app shows',
  amountMinor: 14_900,
  period: { unit: 'month', count: 1 },
  manageUrl: 'http://localhost:8080/me/agreements/1',
} as const;

/** An agreement that waits for its buyer. */
export async function beginAgreement(stage: VippsStage, changes: object = {}) {
  const request = startRequest({ agreement: terms, ...changes });
  const started = await vippsRecurring.start?.(stage.context, request);
  assert.ok(started?.kind === 'started', JSON.stringify(started));
  return { request, started, id: started.providerId, attempt: attemptOf(request, started.providerId) };
}

export async function activeAgreement(stage: VippsStage) {
  const begun = await beginAgreement(stage);
  await stage.decide(begun.id, 'approve');
  return begun;
}

/** A charge of an agreement three days from now. */
export function renewal(agreementToken: string, changes: Partial<ChargeRequest> = {}): ChargeRequest {
  const { agreement: _, ...request } = startRequest();
  const validitySeconds = 2 * daySeconds;
  return {
    ...request,
    agreementToken,
    validitySeconds,
    askedAt: new Date(),
    isFirstCharge: false,
    dueOn: dayAfter(3),
    ...changes,
  };
}

export function attemptOfCharge(request: ChargeRequest, providerId?: string): AttemptFacts {
  return attemptOf({ ...request, agreement: undefined }, providerId);
}

export function dayAfter(days: number): string {
  return new Date(Date.now() + days * daySeconds * 1000).toISOString().slice(0, 10);
}

/** The headers of another system of the same merchant. */
export async function accessOf(stage: VippsStage): Promise<Record<string, string>> {
  const keys = { 'ocp-apim-subscription-key': 'vipps-demo-key', 'merchant-serial-number': '123456' };
  const client = { client_id: 'leveret-demo', client_secret: 'vipps-demo-secret' };
  const given = { ...keys, ...client };
  const { json } = await stage.sandbox.call('POST', '/vipps/accesstoken/get', undefined, given);
  return { ...keys, authorization: `Bearer ${String(json['access_token'])}` };
}
