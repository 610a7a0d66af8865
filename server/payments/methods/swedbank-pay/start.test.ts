import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { client, serve } from '../../../testing/http-client.ts';
import type { StartRequest } from '../../port/payment-request.ts';
import { startOrder } from './start.ts';

const request: StartRequest = {
  reference: 'p0000000000000000000000001',
  amountMinor: 14_900,
  vatMinor: 2980,
  currency: 'NOK',
  description: 'Bygdeavisa',
  lines: [],
  mobile: undefined,
  email: undefined,
  country: 'NO',
  language: 'nn',
  noticeUrl: 'https://shop.example/notices/1',
  agreement: undefined,
  returnUrl: 'https://shop.example/back',
  pageUrl: 'https://shop.example/pay',
  termsUrl: 'https://shop.example/terms',
  buyer: { userAgent: undefined, address: undefined },
  windowSeconds: 1800,
};
const period = { unit: 'month', count: 1 } as const;
const agreement = {
  productName: 'Bygdeavisa',
  amountMinor: 24_900,
  period,
  manageUrl: 'https://shop.example',
};

/** What Swedbank Pay is told where an order is started. */
async function told(t: TestContext, changes: Partial<StartRequest>): Promise<Record<string, unknown>> {
  const bodies: string[] = [];
  const host = await serve(t, (incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      bodies.push(Buffer.concat(parts).toString());
      response.writeHead(400).end('{}');
    });
  });
  const settings = { baseUrl: `http://${host}`, accessToken: 'token', payeeId: 'id', payeeName: 'name' };
  await startOrder({ http: client(t), settings }, 'CreditCard', { ...request, ...changes });
  assert.equal(bodies.length, 1);
  const body = JSON.parse(bodies[0] ?? '') as { paymentorder: Record<string, unknown> };
  return body.paymentorder;
}

const fields = ['operation', 'instrument', 'amount', 'vatAmount', 'generateUnscheduledToken', 'payer'];
const orders: [name: string, changes: Partial<StartRequest>, told: unknown[]][] = [
  ['what is paid once', {}, ['Purchase', 'CreditCard', 14_900, 2980, undefined, undefined]],
  ['what renews', { agreement }, ['Purchase', 'CreditCard', 14_900, 2980, true, undefined]],
  // As in the documents of `Verify`, which names neither an amount nor an instrument.
  [
    'a trial',
    { agreement, amountMinor: 0, vatMinor: 0 },
    ['Verify', undefined, undefined, undefined, true, undefined],
  ],
  [
    'a payer',
    { email: 'kari@bokmål.no', mobile: '+4790000001' },
    [
      'Purchase',
      'CreditCard',
      14_900,
      2980,
      undefined,
      { msisdn: '+4790000001', email: 'kari@xn--bokml-pra.no' },
    ],
  ],
];

test('a browser that tells much of itself is told of in part', async (t) => {
  const buyer = { userAgent: 'Mozilla/5.0 '.repeat(1000), address: undefined };
  const { userAgent } = await told(t, { buyer });
  assert.equal(String(userAgent).length, 2048);
});

for (const [name, changes, expected] of orders) {
  test(`Swedbank Pay is told of ${name}`, async (t) => {
    const order = await told(t, changes);
    assert.deepEqual(
      fields.map((field) => order[field]),
      expected,
    );
    assert.equal(order['language'], 'nb-NO');
  });
}
