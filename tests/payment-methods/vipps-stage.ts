import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { startFrozen, startListener } from '@leveret/sandbox/testing/frozen-sandbox.js';
import { vippsDemo } from '@leveret/server/payments/methods/vipps-epayment/demo.js';
import type { MethodContext, PaymentMethod } from '@leveret/server/payments/port/payment-method.js';
import type {
  AttemptFacts,
  OperationRequest,
  StartRequest,
} from '@leveret/server/payments/port/payment-request.js';
import { client } from '@leveret/server/testing/http-client.js';
import { demoPlace } from '../builders/demo-place.ts';

const gateToken = 'an-unguessable-part-of-the-address';

type Decision = 'approve' | 'refuse' | 'abandon' | 'expire';
export type VippsStage = Awaited<ReturnType<typeof openVippsStage>>;

/** A sandbox whose time stands still, and a method of Vipps MobilePay that speaks to its sales unit. */
export async function openVippsStage(t: TestContext) {
  const sandbox = await startFrozen(t);
  const http = client(t, { maxResponseBytes: 100_000 });
  const context: MethodContext = { http, settings: vippsDemo(demoPlace(sandbox.url, gateToken)) };
  return {
    sandbox,
    context,
    /** Another context whose client has no patience. */
    impatient: (): MethodContext => ({
      ...context,
      http: client(t, { maxResponseBytes: 100_000, totalTimeoutMilliseconds: 200 }),
    }),
    /** Lets one exchange go wrong. */
    async fault(kind: string, more: object = {}): Promise<void> {
      const milliseconds = kind === 'slow' ? 20 : 0;
      const fault = { provider: 'vipps', kind, times: 1, milliseconds, ...more };
      assert.equal((await sandbox.call('POST', '/control/faults', fault)).status, 200);
    },
    async decide(id: string, decision: Decision): Promise<number> {
      return (await sandbox.call('POST', `/control/payments/${id}/${decision}`)).status;
    },
    /** The charges and refunds that were booked, as the words and sums that matter. */
    async booked(): Promise<{ charges: [string, number, number][]; refundedMinor: number }> {
      const { charges, refunds } = await sandbox.ledger();
      return {
        charges: charges.map((one) => [one.state, one.amountMinor, one.capturedMinor ?? 0]),
        refundedMinor: refunds.reduce((sum, one) => sum + one.amountMinor, 0),
      };
    },
    /** Every request kept to the provider's contract. */
    async keptContract(): Promise<void> {
      const { json } = await sandbox.call('GET', '/control/violations');
      assert.deepEqual(json['violations'], []);
    },
    /** Has the method register for notices at a listener; answers the settings with what was made. */
    async register(method: PaymentMethod) {
      const listener = await startListener(t);
      const noticeUrl = `${listener.url}/capi/notices/vipps/${gateToken}?x=1`;
      const registered = await method.registerNotices?.(context, noticeUrl);
      assert.equal(registered?.kind, 'registered');
      const made = registered?.kind === 'registered' ? registered.settings : {};
      return { listener, noticeUrl, settings: { ...context.settings, ...made } };
    },
  };
}

let lastNumber = 0;

/** A reference in the form of ours that no other test uses. */
export function newReference(): string {
  lastNumber += 1;
  return `p${String(lastNumber).padStart(25, '0')}`;
}

export function startRequest(changes: Partial<StartRequest> = {}): StartRequest {
  const line = {
    reference: '1',
    name: 'Bygdeavisa, one month',
    quantity: 1,
    unitPriceMinor: 14_900,
    amountMinor: 14_900,
    vatBasisPoints: 2500,
    vatMinor: 2980,
  };
  return {
    reference: newReference(),
    amountMinor: 14_900,
    vatMinor: 2980,
    currency: 'NOK',
    description: 'Bygdeavisa, one month',
    lines: [line],
    mobile: '+4791234567',
    email: undefined,
    country: 'NO',
    language: 'nb',
    noticeUrl: 'http://localhost:8080/capi/notices/attempt',
    agreement: undefined,
    returnUrl: 'http://localhost:8080/pay/return',
    pageUrl: 'http://localhost:8080/pay',
    termsUrl: 'http://localhost:8080/terms',
    buyer: { userAgent: undefined, address: undefined },
    windowSeconds: 1800,
    ...changes,
  };
}

/** The attempt that a request made, as it is known later. */
export function attemptOf(
  request: Pick<StartRequest, 'reference' | 'amountMinor' | 'agreement'>,
  providerId?: string,
): AttemptFacts {
  return {
    reference: request.reference,
    providerId,
    amountMinor: request.amountMinor,
    vatMinor: 0,
    currency: 'NOK',
    lines: [],
    money: { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 },
    isAgreement: request.agreement !== undefined,
  };
}

export function operation(amountMinor: number, reference = newReference()): OperationRequest {
  return { reference, amountMinor, vatMinor: 0, description: 'Bygdeavisa', lines: undefined };
}
