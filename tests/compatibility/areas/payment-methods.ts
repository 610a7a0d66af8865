import { kari } from '../../builders/orders.ts';
import type { Area, Row, Step } from '../row.ts';
import { exactly } from '../shape.ts';

const guide = { productSpecType: 'product', product: 'GUIDE' };
const monthly = { productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 };
const payer = { ...kari, phoneNumbers: ['+4790000001'] };

type Order = Record<string, unknown> & { paymentMethod: string };

function registering(order: Order): Step {
  return {
    as: 'client',
    method: 'POST',
    path: '/capi/v1/client/order',
    body: { payer, orderLines: [guide], ...order },
    answer: { fields: { orderId: 'integer' } },
    keeps: ['orderId', 'fulfillmentUrl'],
  };
}

const completing: Step = {
  as: 'client',
  method: 'POST',
  path: '/capi/v1/client/order/fulfillment',
  body: { orderId: '{orderId}' },
  answer: { fields: { fulfillmentStatus: exactly('OK'), orderId: 'integer', errorMessage: 'text?' } },
};

/** As a browser goes there from the page of a site. */
const sent = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

const visiting = (answer: Step['answer']): Step => ({
  as: 'visitor',
  path: '{fulfillmentUrl}?returnUrl={returnUrl}',
  headers: sent,
  answer,
});
const toProvider = visiting({ leadsTo: '{sandbox}' });
const straightBack = visiting({ leadsTo: '{returnUrl}?fulfillmentStatus=success' });

/** Evidence of what was paid elsewhere; each order needs a transaction of its own. */
const paidElsewhere = (paymentMethod: string, info: string, more: object = {}): Order => ({
  paymentMethod,
  prepaid: true,
  ...more,
  [info]: { transactionId: `table-${paymentMethod}` },
});

const known = { from: ['register', 'tips', 'reference'], original: 'POST /v1/client/order' } as const;
const evidence = 'the fields of the payment info are ours: the original’s are not documented';

function method(
  name: string,
  row: { state: 'same' } | { state: 'differs'; note: string },
  proof: readonly Step[],
): Row {
  return { ...known, name: `Pay by ${name}`, ...row, proof };
}

export const paymentMethods: Area = {
  title: 'Payment methods',
  about: 'Each is registered, and then completed as the method allows: by API, or by URL in a browser.',
  rows: [
    method('`invoice`', { state: 'same' }, [registering({ paymentMethod: 'invoice' }), completing]),
    method('`free`', { state: 'same' }, [registering({ paymentMethod: 'free' }), completing]),
    method('`sms`', { state: 'same' }, [registering({ paymentMethod: 'sms' }), completing]),
    method('`other`', { state: 'differs', note: evidence }, [
      registering(paidElsewhere('other', 'paymentInfoOther')),
      completing,
    ]),
    method('`vippsEcommerce`', { state: 'same' }, [
      registering({ paymentMethod: 'vippsEcommerce' }),
      toProvider,
    ]),
    method('`vippsEcommerce`, prepaid', { state: 'differs', note: evidence }, [
      registering(paidElsewhere('vippsEcommerce', 'paymentInfoVipps')),
      straightBack,
    ]),
    method(
      '`vippsRecurring`',
      { state: 'differs', note: 'the first period is paid and the agreement made; renewals come later' },
      [registering({ paymentMethod: 'vippsRecurring', recurring: true, orderLines: [monthly] }), toProvider],
    ),
    method('`kco`', { state: 'differs', note: 'in a page of ours, in which the checkout of Kustom stands' }, [
      registering({ paymentMethod: 'kco' }),
      visiting({ shows: '<iframe' }),
    ]),
    method('`creditcardPayex`', { state: 'same' }, [
      registering({ paymentMethod: 'creditcardPayex' }),
      toProvider,
    ]),
    method('`creditcardPayex`, prepaid', { state: 'differs', note: evidence }, [
      registering(paidElsewhere('creditcardPayex', 'paymentInfoPayex')),
      completing,
    ]),
    method('`swishPayex`', { state: 'same' }, [
      registering({
        paymentMethod: 'swishPayex',
        currency: 'SEK',
        orderLines: [{ productSpecType: 'article', articleDetail: { articleRef: 'svensk' }, unitPrice: 20 }],
      }),
      toProvider,
    ]),
    method('`smsPay`', { state: 'differs', note: `only prepaid: no such provider is built; ${evidence}` }, [
      registering(paidElsewhere('smsPay', 'paymentInfoSmsPay')),
      completing,
    ]),
    method('`nexi`', { state: 'differs', note: `only prepaid: no such provider is built; ${evidence}` }, [
      registering(paidElsewhere('nexi', 'paymentInfoNexi')),
      completing,
    ]),
  ],
};
