import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, serve } from '../../../testing/http-client.ts';
import { createOrder, findOperation } from './call-swedbank.ts';
import { isOrderId, readOrderAnswer } from './payment-order.ts';

const guid = '5adc265f-f87f-4313-577e-08d3dca1a26c';
const order = { id: `/psp/paymentorders/${guid}`, status: 'Initialized', amount: 1500 };
const shown = JSON.stringify({ paymentOrder: order, operations: [] });
const problem = JSON.stringify({ type: 'https://api.payex.com/psp/errordetail/creditcard/carddeclined' });

const table: [number, string, string, string?][] = [
  [201, shown, 'answered'],
  [200, JSON.stringify({ paymentOrder: { ...order, status: 'Dreaming', news: 1 }, more: true }), 'answered'],
  [201, JSON.stringify({ paymentOrder: { ...order, id: 'https://evil.example/' } }), 'unknown'],
  [201, '', 'unknown'],
  [204, '', 'unknown'],
  [302, '', 'unknown', '302'],
  [400, problem, 'refused', 'carddeclined'],
  [401, 'no JSON', 'refused', '401'],
  [408, '', 'unknown', '408'],
  [409, '{}', 'refused', '409'],
  [500, problem, 'unknown', 'carddeclined'],
  [504, '', 'unknown', '504'],
];
for (const [status, text, kind, code] of table) {
  test(`an answer of ${status} ${text} is ${kind}`, async (t) => {
    const host = await serve(t, (request, response) => {
      request.resume().on('end', () => response.writeHead(status).end(text));
    });
    const account = { baseUrl: `http://${host}`, accessToken: 'token' };
    const answer = await createOrder(client(t), account, {});
    assert.equal(answer.kind, kind);
    if (code === undefined) return;
    assert.equal(
      answer.kind === 'refused' ? answer.problem.name : answer.kind === 'unknown' && answer.code,
      code,
    );
  });
}

const account = { baseUrl: 'https://api.payex.com/pay', accessToken: 'token' };
const hrefs: [string, boolean][] = [
  [`https://api.payex.com/pay/psp/paymentorders/${guid}`, true],
  [`https://api.payex.com/pay/../psp/paymentorders/${guid}`, false],
  [`https://api.payex.com/payment/${guid}`, false],
  [`https://api.payex.com@evil.example/pay/${guid}`, false],
  [`https://api.payex.com.evil.example/pay/${guid}`, false],
  [`http://api.payex.com/pay/${guid}`, false],
  [`https://api.payex.com:8443/pay/${guid}`, false],
  ['http://169.254.169.254/latest', false],
  [`/psp/paymentorders/${guid}`, false],
];
for (const [href, isOffered] of hrefs) {
  test(`an operation at ${href} is ${isOffered ? '' : 'not '}there`, () => {
    const operations = [{ rel: 'capture', method: 'POST', href }];
    const answer = readOrderAnswer({ paymentOrder: order, operations });
    assert.ok(answer);
    assert.equal(findOperation(account, answer, 'capture') !== undefined, isOffered);
    assert.equal(findOperation(account, answer, 'cancel'), undefined);
  });
}

test('what cannot be read stands not in the way of the rest', () => {
  const paid = {
    tokens: [
      { type: 'payment', token: null },
      { type: 'unscheduled', token: guid },
    ],
  };
  const operations = [{ rel: 'news' }, { rel: 'abort', method: 'PATCH', href: `${account.baseUrl}/x` }];
  const answer = readOrderAnswer({ paymentOrder: { ...order, paid }, operations });
  assert.ok(answer);
  assert.deepEqual(answer.paymentOrder.paid?.tokens, [{ type: 'unscheduled', token: guid }]);
  assert.ok(findOperation(account, answer, 'abort'));
});

test('the id of an order is nothing but that', () => {
  assert.equal(isOrderId(order.id), true);
  for (const id of [`${order.id}/`, `${order.id}\n`, ` ${order.id}`, `//evil.example${order.id}`, guid, '']) {
    assert.equal(isOrderId(id), false, JSON.stringify(id));
  }
});
