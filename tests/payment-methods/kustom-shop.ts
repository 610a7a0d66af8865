import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Charge, Report } from '@leveret/sandbox/kit/ledger.js';
import { startFrozen, type Tried } from '@leveret/sandbox/testing/frozen-sandbox.js';
import { createAddressGuard } from '@leveret/server/kit/address-guard.js';
import { createHttpClient } from '@leveret/server/kit/http-client.js';
import { kustomCheckout } from '@leveret/server/payments/methods/kustom-checkout/method.js';
import type { MethodContext, PaymentMethod } from '@leveret/server/payments/port/payment-method.js';
import type {
  AttemptFacts,
  OperationRequest,
  StartRequest,
} from '@leveret/server/payments/port/payment-request.js';
import type { Evidence } from '@leveret/server/payments/port/provider-answer.js';

/** A shop that has nothing but the adapter, and a sandbox whose time stands still. */
export type Shop = {
  sandbox: Tried;
  context: MethodContext;
  /** Makes a session; answers the attempt as it would be kept. */
  begin(changes?: Partial<StartRequest>): Promise<AttemptFacts>;
  /** A session that the buyer has paid. */
  pay(changes?: Partial<StartRequest>): Promise<AttemptFacts>;
  ask(attempt: AttemptFacts): Promise<Evidence>;
  decide(attempt: AttemptFacts, decision: string): Promise<number>;
  fault(kind: string, more?: object): Promise<void>;
  booked(attempt: AttemptFacts): Promise<Charge | undefined>;
  reports(): Promise<Report[]>;
  violations(): Promise<unknown[]>;
};

export const method = kustomCheckout as Required<Omit<PaymentMethod, keyof Unoffered>>;
type Unoffered = Pick<
  PaymentMethod,
  | 'account'
  | 'refundsWholeOnly'
  | 'currencies'
  | 'silenceSeconds'
  | 'registerNotices'
  | 'unregisterNotices'
  | 'changeAgreement'
>;

let made = 0;
export function reference(): string {
  made += 1;
  return `a${String(made).padStart(25, '0')}`;
}

/** 125.00 NOK with 25 % VAT; notices go where the sandbox's publisher writes them down. */
export function purchase(noticeUrl: string, changes: Partial<StartRequest> = {}): StartRequest {
  const line = { reference: 'GUIDE', name: 'The guide', quantity: 1, vatBasisPoints: 2500, vatMinor: 2500 };
  const { agreement } = changes;
  const renewal = agreement && { renewsEvery: agreement.period };
  return {
    reference: reference(),
    amountMinor: 12_500,
    vatMinor: 2500,
    currency: 'NOK',
    description: 'The guide',
    lines: [{ ...line, unitPriceMinor: 12_500, amountMinor: 12_500, ...renewal }],
    mobile: '+4790000001',
    email: 'kari@example.com',
    country: 'NO',
    language: 'nb',
    noticeUrl,
    agreement: undefined,
    returnUrl: 'http://localhost:8080/pay/return',
    pageUrl: 'http://localhost:8080/pay/page',
    termsUrl: 'http://localhost:8080/terms',
    buyer: { userAgent: undefined, address: undefined },
    windowSeconds: 1800,
    ...changes,
  };
}

const nothing = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

/** An operation on the whole amount, unless said. */
export function operation(changes: Partial<OperationRequest> = {}): OperationRequest {
  const whole = { amountMinor: 12_500, vatMinor: 2500, description: 'The guide', lines: undefined };
  return { reference: reference(), ...whole, ...changes };
}

function makeHttp(test: TestContext) {
  const http = createHttpClient({
    name: 'kustom',
    guard: createAddressGuard({ allowLoopback: true, blockedCidrs: [] }),
    connectTimeoutMilliseconds: 1000,
    totalTimeoutMilliseconds: 3000,
    maxInFlight: 4,
    maxQueued: 4,
    maxResponseBytes: 100_000,
  });
  test.after(() => http.close());
  return http.of({ publisherId: 1 });
}

export async function openShop(test: TestContext): Promise<Shop> {
  const sandbox = await startFrozen(test);
  const http = makeHttp(test);
  const settings = {
    baseUrl: `${sandbox.url}/kustom`,
    username: 'kco-demo',
    password: 'kustom-demo-password',
  };
  const context = { http, settings };
  const noticeUrl = `${sandbox.url}/publisher/callback/kustom`;
  const begin: Shop['begin'] = async (changes) => {
    const request = purchase(noticeUrl, changes);
    const started = await method.start(context, request);
    assert.ok(started.kind === 'started', JSON.stringify(started));
    const { reference, amountMinor, vatMinor, currency, lines } = request;
    const isAgreement = request.agreement !== undefined;
    const { providerId } = started;
    return { reference, providerId, amountMinor, vatMinor, currency, lines, money: nothing, isAgreement };
  };
  const decide: Shop['decide'] = async ({ providerId }, decision) =>
    (await sandbox.call('POST', `/control/payments/${providerId}/${decision}`)).status;
  return {
    sandbox,
    context,
    begin,
    decide,
    async pay(changes) {
      const attempt = await begin(changes);
      assert.equal(await decide(attempt, 'approve'), 200);
      return attempt;
    },
    ask: (attempt) => method.ask(context, attempt),
    async fault(kind, more = {}) {
      const fault = { provider: 'kustom', kind, rate: 1, seed: 1, times: 1, ...more };
      assert.equal((await sandbox.call('POST', '/control/faults', fault)).status, 200);
    },
    booked: async ({ providerId }) =>
      (await sandbox.ledger()).charges.find((charge) => charge.id === providerId),
    reports: async () => (await sandbox.ledger()).reports,
    violations: async () => {
      const { json } = await sandbox.call('GET', '/control/violations');
      return json['violations'] as unknown[];
    },
  };
}
