import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { client, serve } from '../../../testing/http-client.ts';
import type { AttemptFacts } from '../../port/payment-request.ts';
import { ask } from './ask.ts';
import { acknowledge } from './move-money.ts';

const nothing = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

function attempt(changes: Partial<AttemptFacts>): AttemptFacts {
  const asked = {
    reference: 'a1',
    providerId: 'k1',
    amountMinor: 0,
    vatMinor: 0,
    currency: 'NOK',
    lines: [],
  };
  return { ...asked, money: nothing, isAgreement: true, ...changes };
}

/** A provider whose checkout is complete, and whose order management has no such order. */
async function withoutOrder(t: TestContext, session: object) {
  const host = await serve(t, (request, response) => {
    const isSession = request.url?.startsWith('/checkout/') === true;
    const body = isSession
      ? { order_id: 'k1', status: 'checkout_complete', ...session }
      : { error_code: 'NO_SUCH_ORDER' };
    request.resume().on('end', () => response.writeHead(isSession ? 200 : 404).end(JSON.stringify(body)));
  });
  return { http: client(t), settings: { baseUrl: `http://${host}`, username: 'u', password: 'p' } };
}

const told: [
  name: string,
  session: object,
  changes: Partial<AttemptFacts>,
  meaning: string,
  token?: string,
][] = [
  ['a trial with a token', { recurring_token: 't1' }, {}, 'secured', 't1'],
  ['a trial without one', {}, {}, 'pending'],
  ['a payment that arrives later', { recurring_token: 't1' }, { amountMinor: 9900 }, 'pending'],
  ['what is paid once', {}, { amountMinor: 9900, isAgreement: false }, 'pending'],
];

for (const [name, session, changes, meaning, token] of told) {
  test(`${name}, and no order yet: ${meaning}`, async (t) => {
    const evidence = await ask(await withoutOrder(t, session), attempt(changes));
    assert.equal(evidence.meaning, meaning);
    assert.equal(evidence.agreement?.token, token);
  });
}

test('a trial that has no order needs no acknowledgement; a payment does', async (t) => {
  const context = await withoutOrder(t, {});
  assert.equal((await acknowledge(context, attempt({}))).kind, 'succeeded');
  assert.equal((await acknowledge(context, attempt({ amountMinor: 9900 }))).kind, 'failed');
});
