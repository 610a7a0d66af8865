import { demoLine, kari } from '../builders/orders.ts';

type Order = Record<string, unknown>;

const order = (changes: Order): Order => ({
  paymentMethod: 'invoice',
  payer: kari,
  orderLines: [demoLine],
  ...changes,
});
const withLine = (changes: Order): Order => order({ orderLines: [{ ...demoLine, ...changes }] });

/** What says how much is paid, how, by whom and for what, so unclear that a guess would cost somebody. */
export const unclearOrders: readonly [string, Order, string, string][] = [
  ['an amount that came to nothing', order({ orderAmount: null }), 'input_is_invalid', 'orderAmount'],
  ['an empty amount', order({ orderAmount: '' }), 'input_is_invalid', 'orderAmount'],
  ['a misspelt amount', order({ orderAmuont: 99 }), 'input_is_invalid', 'orderAmuont'],
  ['a wrongly cased amount', order({ orderamount: 99 }), 'input_is_invalid', 'orderamount'],
  ['prepaid or not', order({ prepaid: null }), 'input_is_invalid', 'prepaid'],
  ['prepaid, misspelt', order({ prePaid: true }), 'input_is_invalid', 'prePaid'],
  ['recurring, misspelt', order({ reccurring: true }), 'input_is_invalid', 'reccurring'],
  ['an empty method', order({ paymentMethod: '' }), 'input_is_invalid', 'paymentMethod'],
  ['a misspelt method', order({ paymentMetod: 'sms' }), 'input_is_invalid', 'paymentMetod'],
  ['a misspelt user', order({ uniqueUserID: 'x' }), 'input_is_invalid', 'uniqueUserID'],
  ['a misspelt account', order({ merchantID: 'x' }), 'input_is_invalid', 'merchantID'],
  ['a misspelt transaction', order({ paymentInfoOhter: {} }), 'input_is_invalid', 'paymentInfoOhter'],
  ...['countrycode', 'CountryCode', 'country_code'].map((name): [string, Order, string, string] => [
    `the country of a number, as ${name}`,
    order({ payer: { ...kari, [name]: 'DK' } }),
    'input_is_invalid',
    `payer.${name}`,
  ]),
  ['no price', withLine({ unitPrice: null }), 'input_is_invalid', 'orderLines[0].unitPrice'],
  ['a misspelt price', withLine({ unit_price: 9 }), 'input_is_invalid', 'orderLines[0].unit_price'],
  ['no quantity', withLine({ quantity: null }), 'input_is_invalid', 'orderLines[0].quantity'],
  ['a misspelt quantity', withLine({ quantitiy: 2 }), 'input_is_invalid', 'orderLines[0].quantitiy'],
  [
    'access for how long',
    withLine({ allowAccessProduct: 'DEMO', allowAccessSeconds: null }),
    'input_is_invalid',
    'orderLines[0].allowAccessSeconds',
  ],
  [
    'access to nothing that is known',
    withLine({ allowAccesProduct: 'DEMO', allowAccessSeconds: 60 }),
    'input_is_invalid',
    'orderLines[0].allowAccesProduct',
  ],
  [
    'seconds of nothing',
    withLine({ allowAccessProduct: '', allowAccessSeconds: 60 }),
    'input_is_invalid',
    'orderLines[0].allowAccessProduct',
  ],
  ['a misspelt receiver', withLine({ reciever: kari }), 'input_is_invalid', 'orderLines[0].reciever'],
  [
    'a misspelt address of the payer',
    order({ payer: { ...kari, Emails: ['x@example.com'] } }),
    'input_is_invalid',
    'payer.Emails',
  ],
];
