import assert from 'node:assert/strict';
import { methods } from '../payments/methods/list.ts';
import type { StartRequest } from '../payments/port/payment-request.ts';
import type { Started } from '../payments/port/provider-answer.ts';
import { type MoneyFixture, openMoneyFixture } from './money.ts';

/** What the script on a page reads behind the `#`. */
export type Told = { status: string; code?: string; order?: { paymentInfoNexi: Record<string, unknown> } };

export function resultIn(location = ''): Told {
  return JSON.parse(Buffer.from(location.split('#leveretpay=')[1] ?? '', 'base64url').toString());
}

export type PagePayments = Awaited<ReturnType<typeof openPagePayments>>;

/** A node whose demo publisher has payments on its page, by `nexi`; `willStart` answers for its provider. */
export async function openPagePayments() {
  const fixture = await openMoneyFixture();
  const { node } = fixture;
  // In place, since endpoints hold the limiter that the node began with.
  Object.assign(node.context.rateLimiter, {
    take: () => ({ allowed: true, remaining: 1, resetSeconds: 1, retryAfterSeconds: 1 }),
  });
  const reads = reading(node);
  const requests: StartRequest[] = [];
  const starts: { willStart: ((request: StartRequest) => Started) | undefined } = { willStart: undefined };
  const [method] = methods.nexi ?? [];
  assert.ok(method);
  Object.assign(method, {
    async start(_context: unknown, request: StartRequest): Promise<Started> {
      requests.push(request);
      assert.equal(
        await reads.stateOf(request.reference),
        'open',
        'committed before the provider hears of it',
      );
      if (starts.willStart) return starts.willStart(request);
      const buyer = { to: 'address', url: 'https://provider.example/pay' } as const;
      return { kind: 'started', providerId: request.reference, buyer, raw: '' };
    },
  });

  async function begin(): Promise<{ location: string; reference: string; back: string }> {
    const fields = { clientId: 'no.leveret.demo', paymentMethod: 'nexi', amount: '100', currency: 'NOK' };
    const page = { returnUrl: 'http://localhost:3000/shop', state: 's' };
    const reply = await node.app.http.app.inject({
      method: 'POST',
      url: '/capi/mcpay/start',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...fields, ...page }).toString(),
    });
    const request = requests.at(-1);
    assert.ok(request);
    const { pathname } = new URL(request.returnUrl);
    return { location: reply.headers.location ?? '', reference: request.reference, back: pathname };
  }

  const open = (url: string, headers = {}, method: 'GET' | 'HEAD' = 'GET') =>
    node.app.http.app.inject({ method, url, headers });

  return {
    ...fixture,
    ...reads,
    starts,
    begin,
    open,
    /** Begun, paid, and come back from. */
    async paid(money: object = { authorizedMinor: 10_000 }) {
      const begun = await begin();
      fixture.provider.put(begun.reference, money);
      return { ...begun, told: resultIn((await open(begun.back)).headers.location) };
    },
  };
}

function reading(node: MoneyFixture['node']) {
  return {
    /** `of an order`, or how the payment stands by itself. */
    async stateOf(reference: string): Promise<string | undefined> {
      const [row] = await node.rows<{ state: string; order_id: number | null; moves: string[] | null }>(
        `SELECT state, order_id, (SELECT array_agg(operations.state) FROM payment_operations operations
           WHERE operations.attempt_id = attempts.attempt_id AND kind IN ('cancel', 'refund')) AS moves
         FROM payment_attempts attempts WHERE reference = $1`,
        [reference],
      );
      if (!row) return undefined;
      if (row.order_id !== null) return 'of an order';
      if (row.moves) return row.moves.includes('succeeded') ? 'given back' : 'going back';
      return ['created', 'sent', 'pending', 'unknown'].includes(row.state) ? 'open' : row.state;
    },
    /** The open cases that name no order. */
    async openCases(): Promise<{ caseId: number; kind: string; orderId: number | null }[]> {
      const { body } = await node.get('/capi/v1/client/cases?state=open');
      const cases = body['cases'] as { caseId: number; kind: string; orderId: number | null }[];
      return cases.filter(({ orderId }) => orderId === null);
    },
  };
}
