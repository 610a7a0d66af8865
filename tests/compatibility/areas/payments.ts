import { type Area, type Row, unseen } from '../row.ts';

const wayBack = 'clientId={clientId}&returnUrl={returnUrl}&errorUrl={errorUrl}';

/** A page that the reader is sent to with what an endpoint before it answered. */
function page(name: string, path: string, id: string): Row {
  return {
    name,
    original: `loginServer ${path}`,
    from: ['portal', 'reference'],
    state: 'later',
    proof: [
      {
        as: 'browser',
        path: `/user${path}?${wayBack}&${id}=1`,
        answer: { leadsTo: '{sandbox}' },
      },
    ],
  };
}

const begun = { success: 'boolean', transactionId: 'text' } as const;

export const payments: Area = {
  title: 'Payment of what runs',
  rows: [
    {
      name: 'Change payment method',
      original: 'POST /v1/product/payment/{productCode}',
      from: ['portal'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/product/payment/DEMO',
          body: { paymentMethod: 'recurringPayExCardPayment' },
          answer: { fields: { paymentChangeId: 'text' } },
        },
      ],
    },
    page('Page: change the payment', '/paymentChange', 'paymentChangeId'),
    {
      name: 'List PayEx tokens',
      original: 'GET /v1/api/payment/payex/token',
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          path: '/capi/v1/api/payment/payex/token',
          answer: {
            fields: {
              paymentRecurrenceTokens: [
                {
                  recurrenceToken: 'text',
                  paymentProviderId: 'integer',
                  merchantId: 'text',
                  productCode: 'text',
                  maskedCardNumber: 'text',
                  expirationMonth: 'integer',
                  expirationYear: 'integer',
                  cardTypeName: 'text',
                },
              ],
            },
          },
        },
      ],
    },
    {
      name: 'Add PayEx token',
      original: unseen,
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/api/payment/payex/token',
          body: { tokenType: 'card', productCode: 'DEMO' },
          answer: { fields: begun },
        },
      ],
    },
    page('Page: add a PayEx token', '/payment/payex/token/add', 'transactionId'),
    {
      name: 'Remove PayEx token',
      original: unseen,
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          method: 'DELETE',
          path: '/capi/v1/api/payment/payex/token',
          body: { paymentProviderId: 1, recurrenceToken: 'token' },
          answer: { fields: { success: 'boolean' } },
        },
      ],
    },
    {
      name: 'Add Vipps agreement',
      original: 'POST /v1/customer/payment/vipps/agreement',
      from: ['portal'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/customer/payment/vipps/agreement',
          body: { productCode: 'DEMO' },
          answer: { fields: begun },
        },
      ],
    },
    page('Page: add a Vipps agreement', '/payment/vipps/agreement/add', 'transactionId'),
    {
      name: 'List Vipps agreements',
      original: unseen,
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          path: '/capi/v1/customer/payment/vipps/agreement',
          answer: {
            fields: {
              recurringAgreements: [
                { agreementRef: 'text', paymentProviderId: 'integer', productCode: 'text' },
              ],
            },
          },
        },
      ],
    },
    {
      name: 'Remove Vipps agreement',
      original: unseen,
      from: ['reference'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          method: 'DELETE',
          path: '/capi/v1/customer/payment/vipps/agreement',
          body: { agreementRef: 'agr_1', paymentProviderId: 1 },
          answer: { fields: { success: 'boolean' } },
        },
      ],
    },
    {
      name: 'Pay invoice',
      original: unseen,
      from: ['navigation'],
      state: 'later',
      proof: [
        {
          as: 'reader',
          method: 'POST',
          path: '/capi/v1/customer/invoice/pay',
          body: { invoiceNumber: 1 },
          answer: { fields: 'object' },
        },
      ],
    },
    {
      name: 'List invoice address',
      original: unseen,
      from: ['navigation'],
      state: 'later',
      proof: [{ as: 'reader', path: '/capi/v1/customer/invoice/address', answer: { fields: 'object' } }],
    },
  ],
};
