import type { Reply, Tried } from './frozen-sandbox.ts';

export const swedbankHeaders = {
  authorization: 'Bearer swedbank-demo-token',
  'content-type': 'application/json;version=3.1',
  accept: 'application/json;version=3.1',
};
const base = '/swedbankpay/psp/paymentorders';

type Shown = {
  paymentOrder: {
    id: string;
    status: string;
    remainingCaptureAmount?: number;
    failedAttempts: { failedAttemptList: { problem: { type: string } }[] };
  };
  operations: { rel: string; href: string; method: string }[];
};

/** Calls Swedbank Pay as a merchant does. */
export function callSwedbank(sandbox: Tried, method: string, path: string, body?: object): Promise<Reply> {
  const address = path.startsWith('http') ? path : base + path;
  return sandbox.call(method, address, body, swedbankHeaders);
}

export function purchase(payeeReference: string, changes: object = {}): object {
  return {
    paymentorder: {
      operation: 'Purchase',
      instrument: 'CreditCard',
      currency: 'NOK',
      amount: 1500,
      vatAmount: 300,
      description: 'One month',
      userAgent: 'Mozilla/5.0',
      language: 'nb-NO',
      urls: {
        hostUrls: ['http://localhost'],
        completeUrl: 'http://localhost/complete?a=1&b=2',
        cancelUrl: 'http://localhost/cancel',
      },
      payeeInfo: {
        payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3b',
        payeeName: 'Demo Avis',
        payeeReference,
      },
      ...changes,
    },
  };
}

/** Makes an order; gives the address of the buyer's page and the order's guid. */
export async function order(
  sandbox: Tried,
  changes: object = {},
  payeeReference = 'ref1',
): Promise<{ guid: string; page: string }> {
  const made = await callSwedbank(sandbox, 'POST', '', purchase(payeeReference, changes));
  const { paymentOrder, operations } = made.json as Shown;
  const guid = paymentOrder.id.split('/').at(-1) ?? '';
  return { guid, page: operations.find((one) => one.rel === 'redirect-checkout')?.href ?? '' };
}

export async function show(sandbox: Tried, guid: string): Promise<Shown> {
  const path = `/${guid}?$expand=paid,failedAttempts,financialTransactions`;
  return (await callSwedbank(sandbox, 'GET', path)).json as Shown;
}

export async function rels(sandbox: Tried, guid: string): Promise<string[]> {
  return (await show(sandbox, guid)).operations.map((one) => one.rel);
}
