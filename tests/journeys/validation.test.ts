import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient, type Reply } from '../builders/demo-client.ts';
import { numberAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { demoLine, freeOrder, kari, prepaidOrder, smsOrder } from '../builders/orders.ts';
import {
  article,
  issue,
  type Order,
  onlyLine,
  order,
  payingBy,
  refusedOrders,
  withLine,
  withPayer,
} from './refused-orders.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const registering = (order: Order): Promise<Reply> => client.post('/capi/v1/client/order', order);
for (const [name, sent, code, field] of refusedOrders) {
  test(`refused: ${name}`, async () => {
    const { status, body } = await registering(sent);
    assert.equal(status, 400, JSON.stringify(body));
    assert.equal(body['code'], code);
    const fields = Array.isArray(body['fields']) ? body['fields'] : [];
    assert.deepEqual(
      fields.map((one) => (one as Order)['field']),
      [field],
    );
    assert.equal(body['exceptionType'], 'ValidationException');
    assert.equal(body['errorMessage'], body['detail']);
  });
}

test('a refusal of the amount shows both amounts', async () => {
  const { body } = await registering(order({ orderAmount: 98.5 }));
  assert.equal(body['detail'], 'orderAmount is 98.50, the lines come to 99.00');
});

test('every broken rule is named at once', async () => {
  const lines = [{ ...demoLine, productSpecNo: 99 }, article];
  const { body } = await registering(
    order({ recurring: true, paymentMethod: 'free', payer: {}, orderLines: lines }),
  );
  const fields = Array.isArray(body['fields']) ? body['fields'] : [];
  assert.deepEqual(
    fields.map((one) => (one as Order)['field']),
    [
      'recurring',
      'payer.lastName',
      'payer.emails',
      'orderLines[0].productSpecCode',
      'orderLines[1].unitPrice',
    ],
  );
});

/** What is taken though it is unusual, because the original's clients send it. */
const taken: readonly [string, Order][] = [
  ['nothing said of the method', order({ paymentMethod: undefined })],
  [
    'empty texts, lists and zeros for what is absent',
    order({
      customerReference: ' ',
      seller: '',
      externalOrderId: '',
      uniqueUserId: '',
      orderDate: '',
      paymentInfoPayex: {},
      payer: { ...kari, customerNumber: 0, phoneNumbers: [''], street: '', categories: [] },
      orderLines: [{ ...demoLine, receiver: { emails: [''] }, startInfo: { startDate: null } }],
    }),
  ],
  [
    'a phone number that is only of a kind',
    withPayer({ ...kari, phoneNumbers: [{ phoneNumber: '', phoneNumberType: 'mobile' }] }),
  ],
  [
    'no seconds beside no access',
    withLine({ allowAccessProduct: '', allowAccessCategoryType: null, allowAccessSeconds: null }),
  ],
  [
    'nulls for what is absent',
    order({ externalOrderId: null, recurring: null, currency: null, merchantId: null, uniqueUserId: null }),
  ],
  [
    'numbers and flags as text',
    withLine({ productSpecNo: '1', allowAccessSeconds: '60', unitPrice: '99.00' }),
  ],
  ['an amount as text', order({ orderAmount: '99.00', recurring: 'false' })],
  ['an amount without its decimals', order({ orderAmount: 99 })],
  ['nothing for what is free', freeOrder({ orderAmount: 0 })],
  ['a hundred lines', order({ orderLines: Array(100).fill(demoLine) })],
  [
    'a company as payer',
    withPayer({ companyName: 'Avis AS', emails: [{ emailAddress: 'post@avis.example' }] }),
  ],
  ['an unknown offer with a price', withLine({ productSpecNo: 99, unitPrice: 10 })],
  [
    'an unknown product with a price',
    onlyLine({ productSpecType: 'product', product: 'NONE', unitPrice: 10 }),
  ],
  ['an issue', onlyLine({ ...issue, product: '2026-47', allowAccessProduct: 'DEMO' })],
  ['Vipps that recurs', payingBy('vippsRecurring', { recurring: true })],
  [
    'an account by its name, with a space that nobody meant',
    smsOrder('90012345', { merchantId: ' strex\u200b' }),
  ],
  ['a marketing coupon', order({ marketingCouponCode: 'SUMMER', marketingCouponNumber: 12 })],
  ['no marketing coupon, in words', order({ marketingCouponCode: '', marketingCouponNumber: 0 })],
  [
    'no voucher and no reward, in words',
    withLine({ voucherCode: '', promotionCode: '', rewardId: '', rewardPartnerId: 0 }),
  ],
  ['an invoice that recurs', order({ recurring: true })],
  ['Klarna that recurs', payingBy('kco', { recurring: true })],
];

for (const [name, sent] of taken) {
  test(`taken: ${name}`, async () => {
    const { status, body } = await registering(sent);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body['warnings'], []);
    assert.equal(body['orderStatus'], 'preliminary');
  });
}

test('a price or gift that nobody has checked is kept and warned of', async () => {
  const promised = { voucherCode: 'V-1', promotionCode: 'P-1', rewardPartnerId: 2674, rewardId: '1' };
  const { status, body } = await registering(order({ orderLines: [demoLine, { ...demoLine, ...promised }] }));
  assert.equal(status, 200, JSON.stringify(body));
  const warnings = Array.isArray(body['warnings']) ? body['warnings'] : [];
  assert.deepEqual(
    warnings.map((one) => [(one as Order)['field'], (one as Order)['rule']]),
    ['promotionCode', 'voucherCode', 'rewardPartnerId', 'rewardId'].map((name) => [
      `orderLines[1].${name}`,
      'not_checked',
    ]),
  );
});

test('an exponent is refused by what was written, whatever it comes to', async () => {
  const text = JSON.stringify(order({ orderAmount: 12_345 })).replace('12345', '9.9e1');
  const reply = await fetch(`${fixture.url}/capi/v1/client/order`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
    body: text,
  });
  assert.equal(reply.status, 400);
  const body: Order = JSON.parse(await reply.text());
  assert.equal(body['detail'], 'orderAmount must be a number without an exponent');
});

/** What is left out or not kept, with the warning that says so. */
const warned: readonly [string, Order, string, string][] = [
  ['an unknown field', order({ colour: 'red' }), 'unknown_field', 'colour'],
  ['an unknown field of a line', withLine({ colour: 'red' }), 'unknown_field', 'orderLines[0].colour'],
  [
    'a birth number',
    withPayer({ ...kari, personsSocialSecurityNumber: '01019012345' }),
    'not_stored',
    'payer.personsSocialSecurityNumber',
  ],
  [
    'a prepaid order without its payment',
    prepaidOrder({ paymentInfoOther: undefined }),
    'payment_info_is_missing',
    'paymentInfoOther',
  ],
  [
    'another amount paid than owed',
    prepaidOrder({ paymentInfoOther: { transactionId: 'differs-1', amount: 98 } }),
    'paid_amount_differs',
    'paymentInfoOther.amount',
  ],
];

for (const [name, sent, rule, field] of warned) {
  test(`warned of: ${name}`, async () => {
    const { status, body } = await registering(sent);
    assert.equal(status, 200, JSON.stringify(body));
    const [warning, ...more] = Array.isArray(body['warnings']) ? body['warnings'] : [];
    assert.deepEqual(more, []);
    assert.deepEqual({ ...(warning as Order), message: '' }, { field, rule, message: '' });
  });
}

test('phone numbers become international, by the country of the publisher', async () => {
  const phoneNumbers = [
    '900 12 345',
    { phoneNumber: '22 22 55 55', phoneNumberType: 'home' },
    '0046701740605',
  ];
  const { body } = await registering(withPayer({ ...kari, phoneNumbers }));
  const shown = await client.get(`/capi/v1/client/order/${numberAt(body, 'orderId')}`);
  const payer = shown.body['payer'] as Order;
  assert.deepEqual(payer['phoneNumbers'], ['+4790012345', '+4722225555', '+46701740605']);
});

test('what must not be kept is shown nowhere', async () => {
  const { body } = await registering(withPayer({ ...kari, personsSocialSecurityNumber: '01019012345' }));
  const shown = await client.get(`/capi/v1/client/order/${numberAt(body, 'orderId')}`);
  assert.ok(!JSON.stringify(shown.body).includes('01019012345'));
});
