import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  type Listener,
  startFrozen,
  startListener,
  type Tried,
} from '@leveret/sandbox/testing/frozen-sandbox.js';
import { swedbankPayDemo } from '@leveret/server/payments/methods/swedbank-pay/demo.js';
import { swedbankPayCard, swedbankPaySwish } from '@leveret/server/payments/methods/swedbank-pay/method.js';
import type { MethodContext } from '@leveret/server/payments/port/payment-method.js';
import type {
  AttemptFacts,
  ChargeRequest,
  OperationRequest,
  StartRequest,
} from '@leveret/server/payments/port/payment-request.js';
import type { Started } from '@leveret/server/payments/port/provider-answer.js';
import { client } from '@leveret/server/testing/http-client.js';
import { demoPlace } from '../builders/demo-place.ts';

export type Session = Extract<Started, { kind: 'started' }>;
type Charge = Awaited<ReturnType<Tried['ledger']>>['charges'][number];

/** A shop with an account at the sandbox's Swedbank Pay, and a server that takes its callbacks. */
export type Shop = {
  sandbox: Tried;
  context: MethodContext;
  listener: Listener;
  request(changes?: Partial<StartRequest>): StartRequest;
  startCard(changes?: Partial<StartRequest>): Promise<Session>;
  startSwish(changes?: Partial<StartRequest>): Promise<Session>;
  /** What the buyer presses on the page; answers where the browser goes. */
  press(session: Session, act: string, form?: string): Promise<string | null>;
  decide(session: Session, decision: string): Promise<number>;
  fault(kind: string, options?: object): Promise<void>;
  charges(): Promise<Charge[]>;
  violations(): Promise<unknown>;
};

const none = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

export async function openShop(t: TestContext): Promise<Shop> {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  const http = client(t, { maxResponseBytes: 1_000_000, totalTimeoutMilliseconds: 3000 });
  const context = { http, settings: swedbankPayDemo(demoPlace(sandbox.url)) };
  let attempts = 0;
  const request: Shop['request'] = (changes) => {
    attempts += 1;
    return makeRequest(reference('p', attempts), listener.url, changes);
  };
  const started = async (answer: Promise<Started>): Promise<Session> => {
    const session = await answer;
    assert.equal(session.kind, 'started', JSON.stringify(session));
    return session;
  };
  return {
    sandbox,
    context,
    listener,
    request,
    startCard: (changes) => started(start(swedbankPayCard, context, request(changes))),
    startSwish: (changes) =>
      started(start(swedbankPaySwish, context, request({ currency: 'SEK', ...changes }))),
    async press(session, act, form = '') {
      const page = session.buyer.to === 'address' ? session.buyer.url : '';
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const reply = await sandbox.call('POST', `${page}/${act}`, form, headers);
      return reply.headers.get('location');
    },
    decide: async (session, decision) => {
      const guid = session.providerId.split('/').at(-1);
      return (await sandbox.call('POST', `/control/payments/${guid}/${decision}`)).status;
    },
    async fault(kind, options) {
      const fault = { provider: 'swedbankpay', kind, ...options };
      assert.equal((await sandbox.call('POST', '/control/faults', fault)).status, 200);
    },
    charges: async () => (await sandbox.ledger()).charges,
    violations: async () => (await sandbox.call('GET', '/control/violations')).json['violations'],
  };
}

function start(method: typeof swedbankPayCard, context: MethodContext, request: StartRequest) {
  assert.ok(method.start);
  return method.start(context, request);
}

/** Ours look like this: a letter, then 25 letters and digits. */
export function reference(letter: string, number: number): string {
  return `${letter}${String(number).padStart(25, '0')}`;
}

function makeRequest(
  attemptReference: string,
  shopUrl: string,
  changes: Partial<StartRequest> = {},
): StartRequest {
  return {
    reference: attemptReference,
    amountMinor: 14_900,
    vatMinor: 2980,
    currency: 'NOK',
    description: 'Bygdeavisa, one month of everything, as ordered',
    lines: [],
    mobile: undefined,
    email: 'kari@example.com',
    country: 'NO',
    language: 'nb',
    noticeUrl: `${shopUrl}/notices/${attemptReference}`,
    agreement: undefined,
    returnUrl: `${shopUrl}/back/${attemptReference}`,
    pageUrl: `${shopUrl}/pay`,
    termsUrl: `${shopUrl}/terms`,
    buyer: { userAgent: 'Mozilla/5.0', address: undefined },
    windowSeconds: 1800,
    ...changes,
  };
}

/** The attempt of a session, as we keep it. */
export function attemptOf(
  session: Pick<Session, 'providerId'>,
  changes: Partial<AttemptFacts> = {},
): AttemptFacts {
  return {
    reference: 'p1',
    providerId: session.providerId,
    amountMinor: 14_900,
    vatMinor: 2980,
    currency: 'NOK',
    lines: [],
    money: none,
    isAgreement: false,
    ...changes,
  };
}

export function operation(number: number, amountMinor = 14_900): OperationRequest {
  return {
    reference: reference('o', number),
    amountMinor,
    vatMinor: Math.floor(amountMinor / 5),
    description: 'Delivered',
    lines: undefined,
  };
}

/** A charge of a stored card. */
export function chargeRequest(shop: Shop, agreementToken: string, changes: Partial<StartRequest> = {}) {
  const { agreement: _, ...request } = shop.request(changes);
  const facts = { validitySeconds: 900, askedAt: new Date(), isFirstCharge: false };
  return { ...request, ...facts, agreementToken } satisfies ChargeRequest;
}
