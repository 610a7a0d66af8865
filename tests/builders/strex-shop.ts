import type { TestContext } from 'node:test';
import {
  type Listener,
  startFrozen,
  startListener,
  type Tried,
} from '@leveret/sandbox/testing/frozen-sandbox.js';
import { strexConnectDemo } from '@leveret/server/payments/methods/strex-connect/demo.js';
import { strexConnect } from '@leveret/server/payments/methods/strex-connect/method.js';
import type { MethodContext, MethodSettings } from '@leveret/server/payments/port/payment-method.js';
import type { AttemptFacts, ChargeRequest } from '@leveret/server/payments/port/payment-request.js';
import type {
  Evidence,
  OperationAnswer,
  ProviderMoney,
  Started,
} from '@leveret/server/payments/port/provider-answer.js';
import { demoPlace } from './demo-place.ts';
import { providerHttp } from './provider-http.ts';

/** A shop that charges by Strex Connect in a sandbox whose time stands still. */
export type StrexShop = {
  sandbox: Tried;
  listener: Listener;
  context: MethodContext;
  charge(mobile: string, changes?: Partial<ChargeRequest>): Promise<Evidence>;
  sendCode(mobile: string): Promise<Started>;
  confirm(mobile: string, code: string): Promise<Evidence>;
  ask(changes?: Partial<AttemptFacts>): Promise<Evidence>;
  refund(changes?: Partial<AttemptFacts>, amountMinor?: number): Promise<OperationAnswer>;
  testSettings(changes: MethodSettings): Promise<(string | undefined)[]>;
  fault(kind: string, more?: object): Promise<void>;
  /** What the provider has booked: charges with state and taken money, and refunds. */
  books(): Promise<{ charges: [state: string, takenMinor: number][]; refundsMinor: number[] }>;
};

export const reference = 'p0123456789abcdefghijklmno';
const home = 'https://shop.example/';
export const priceMinor = 14_950;
const nothing: ProviderMoney = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
export const taken: ProviderMoney = { ...nothing, authorizedMinor: priceMinor, capturedMinor: priceMinor };

/** Opens a shop that closes with the test. */
export async function openStrexShop(t: TestContext): Promise<StrexShop> {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  const http = providerHttp(t);
  const context = { http, settings: strexConnectDemo(demoPlace(sandbox.url)) };
  return {
    sandbox,
    listener,
    context,
    charge: (mobile, changes) => offered('charge')(context, { ...order(mobile, listener), ...changes }),
    sendCode: (mobile) =>
      offered('start')(context, {
        ...order(mobile, listener),
        ...{ pageUrl: home, termsUrl: home, windowSeconds: 1800 },
        ...{ agreement: undefined, buyer: { userAgent: undefined, address: undefined } },
      }),
    confirm: (mobile, code) => offered('confirm')(context, { ...order(mobile, listener), code }),
    ask: (changes) => offered('ask')(context, { ...attempt, ...changes }),
    refund: (changes, amountMinor = priceMinor) =>
      offered('refund')(
        context,
        { ...attempt, money: taken, ...changes },
        { reference: 'r1', amountMinor, vatMinor: 0, description: 'back', lines: undefined },
      ),
    testSettings: async (changes) => {
      const faults = await offered('testSettings')({ http, settings: { ...context.settings, ...changes } });
      return faults.map((one) => one.setting);
    },
    fault: async (kind, more = {}) => {
      await sandbox.call('POST', '/control/faults', { provider: 'strex', kind, milliseconds: 50, ...more });
    },
    books: async () => {
      const { charges, refunds } = await sandbox.ledger();
      return {
        charges: charges.map((one) => [one.state, one.capturedMinor ?? 0]),
        refundsMinor: refunds.map((one) => one.amountMinor),
      };
    },
  };
}

function offered<Name extends 'charge' | 'start' | 'confirm' | 'ask' | 'refund' | 'testSettings'>(
  name: Name,
) {
  const found = strexConnect[name];
  if (!found) throw new Error(`the method does not offer ${name}`);
  return found;
}

const attempt: AttemptFacts = {
  reference,
  providerId: reference,
  amountMinor: priceMinor,
  vatMinor: 0,
  currency: 'NOK',
  lines: [],
  money: nothing,
  isAgreement: false,
};

function order(mobile: string, listener: Listener): ChargeRequest {
  return {
    reference,
    amountMinor: priceMinor,
    vatMinor: 0,
    currency: 'NOK',
    description: 'Haredalen Pluss',
    lines: [],
    mobile,
    email: undefined,
    country: 'NO',
    language: 'nb',
    noticeUrl: `${listener.url}/notices/1`,
    validitySeconds: 1800,
    askedAt: new Date(),
    isFirstCharge: true,
    returnUrl: home,
  };
}
