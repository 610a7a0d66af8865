import { demoLine, freeOrder, kari, smsOrder } from '../builders/orders.ts';
import { unclearOrders } from './unclear-orders.ts';

export type Order = Record<string, unknown>;

export const order = (changes: Order = {}): Order => ({
  paymentMethod: 'invoice',
  payer: kari,
  orderLines: [demoLine],
  ...changes,
});
export const withLine = (changes: Order): Order => order({ orderLines: [{ ...demoLine, ...changes }] });
export const onlyLine = (line: Order): Order => order({ orderLines: [line] });
export const payingBy = (paymentMethod: string, changes: Order = {}): Order =>
  order({ paymentMethod, ...changes });
export const withPayer = (payer: Order): Order => order({ payer });
export const article = { productSpecType: 'article', articleDetail: { articleRef: 'any' } };
export const issue = { productSpecType: 'issue', productSpecCode: 'DEMO', productSpecNo: 1 };

/** A broken rule: what is sent, the code that answers, and the field that is named. */
export const refusedOrders: readonly [string, Order, string, string][] = [
  ...unclearOrders,
  ['free cannot recur', freeOrder({ recurring: true }), 'method_cannot_recur', 'recurring'],
  ['sms cannot recur', smsOrder('90012345', { recurring: true }), 'method_cannot_recur', 'recurring'],
  [
    'Vipps once cannot recur',
    payingBy('vippsEcommerce', { recurring: true }),
    'method_cannot_recur',
    'recurring',
  ],
  ['Swish cannot recur', payingBy('swishPayex', { recurring: true }), 'method_cannot_recur', 'recurring'],
  ['Vipps recurring must recur', payingBy('vippsRecurring'), 'method_must_recur', 'recurring'],
  ['free cannot be prepaid', freeOrder({ prepaid: true }), 'method_cannot_be_prepaid', 'prepaid'],
  ['an invoice cannot be prepaid', order({ prepaid: true }), 'method_cannot_be_prepaid', 'prepaid'],
  ['sms cannot be prepaid', smsOrder('90012345', { prepaid: true }), 'method_cannot_be_prepaid', 'prepaid'],
  ['other must be prepaid', payingBy('other'), 'method_must_be_prepaid', 'prepaid'],
  ['a method that nobody has', payingBy('barter'), 'input_is_invalid', 'paymentMethod'],
  ['nexi, not built', payingBy('nexi'), 'payment_method_is_not_configured', 'paymentMethod'],
  ['smsPay, not built', payingBy('smsPay'), 'payment_method_is_not_configured', 'paymentMethod'],
  [
    'nexi at an account that others have',
    payingBy('nexi', { merchantId: 'strex' }),
    'payment_method_is_not_configured',
    'paymentMethod',
  ],
  [
    'an account that nobody has',
    payingBy('kco', { merchantId: 'nobody' }),
    'payment_method_is_not_configured',
    'merchantId',
  ],
  [
    'an account of another method',
    payingBy('creditcardPayex', { merchantId: 'strex' }),
    'payment_method_is_not_configured',
    'merchantId',
  ],
  [
    'an account in other letters',
    smsOrder('90012345', { merchantId: 'STREX' }),
    'payment_method_is_not_configured',
    'merchantId',
  ],
  [
    'an account that nobody has, where the buyer chooses',
    order({ paymentMethod: undefined, merchantId: 'nobody' }),
    'payment_method_is_not_configured',
    'merchantId',
  ],
  [
    'a marketing coupon without its number',
    order({ marketingCouponCode: 'SUMMER' }),
    'input_is_invalid',
    'marketingCouponNumber',
  ],
  [
    'a marketing coupon without its code',
    order({ marketingCouponCode: '', marketingCouponNumber: 12 }),
    'input_is_invalid',
    'marketingCouponCode',
  ],
  [
    'a reward without its partner',
    withLine({ rewardId: '1', rewardPartnerId: 0 }),
    'input_is_invalid',
    'orderLines[0].rewardPartnerId',
  ],
  [
    'a reward that is not named',
    withLine({ rewardPartnerId: 2674 }),
    'input_is_invalid',
    'orderLines[0].rewardId',
  ],
  ['sms without a number', payingBy('sms'), 'mobile_is_required', 'payer.phoneNumbers'],
  ['sms with a landline', smsOrder('+4722225555'), 'mobile_is_required', 'payer.phoneNumbers'],
  [
    'an amount that the lines do not come to',
    order({ orderAmount: 98.5 }),
    'amount_differs_from_lines',
    'orderAmount',
  ],
  ['a price for what is free', freeOrder({ orderAmount: 99 }), 'amount_differs_from_lines', 'orderAmount'],
  ['three decimals', order({ orderAmount: 99.001 }), 'amount_is_invalid', 'orderAmount'],
  ['less than nothing', order({ orderAmount: -99 }), 'amount_is_invalid', 'orderAmount'],
  [
    'a price of three decimals',
    onlyLine({ ...article, unitPrice: 0.125 }),
    'amount_is_invalid',
    'orderLines[0].unitPrice',
  ],
  [
    'a price below nothing',
    onlyLine({ ...article, unitPrice: -1 }),
    'amount_is_invalid',
    'orderLines[0].unitPrice',
  ],
  [
    'a line beyond all measure',
    onlyLine({ ...article, unitPrice: 99_999_999_999.99, quantity: 10_000 }),
    'amount_is_invalid',
    'orderLines[0].quantity',
  ],
  [
    'lines beyond all measure together',
    order({ orderLines: [1, 2].map(() => ({ ...article, unitPrice: 99_999_999_999.99 })) }),
    'amount_is_invalid',
    'orderLines',
  ],
  ['another currency than the offer', order({ currency: 'SEK' }), 'currency_differs', 'orderLines[0]'],
  ['a currency that we do not have', order({ currency: 'XTS' }), 'currency_differs', 'currency'],
  ['an unknown offer', withLine({ productSpecNo: 99 }), 'offer_is_unknown', 'orderLines[0].productSpecCode'],
  [
    'an offer without its number',
    withLine({ productSpecNo: undefined }),
    'input_is_invalid',
    'orderLines[0].productSpecNo',
  ],
  [
    'an offer without its code',
    withLine({ productSpecCode: undefined }),
    'input_is_invalid',
    'orderLines[0].productSpecCode',
  ],
  [
    'another price than the catalogue',
    withLine({ unitPrice: 1 }),
    'price_differs_from_catalogue',
    'orderLines[0].unitPrice',
  ],
  [
    'access without its length',
    withLine({ allowAccessSeconds: undefined }),
    'input_is_invalid',
    'orderLines[0].allowAccessSeconds',
  ],
  [
    'an unknown product',
    onlyLine({ productSpecType: 'product', product: 'NONE' }),
    'product_is_unknown',
    'orderLines[0].product',
  ],
  [
    'a product without its name',
    onlyLine({ productSpecType: 'product' }),
    'input_is_invalid',
    'orderLines[0].product',
  ],
  [
    'an unknown issue',
    onlyLine({ ...issue, product: '1999-01' }),
    'issue_is_unknown',
    'orderLines[0].product',
  ],
  [
    'an issue that is not of the product to be read',
    onlyLine({ ...issue, product: '2026-47', allowAccessProduct: 'GUIDE' }),
    'issue_is_unknown',
    'orderLines[0].product',
  ],
  ['an issue without its name', onlyLine(issue), 'input_is_invalid', 'orderLines[0].product'],
  [
    'an article without its reference',
    onlyLine({ productSpecType: 'article', unitPrice: 10 }),
    'input_is_invalid',
    'orderLines[0].articleDetail.articleRef',
  ],
  ['an article without a price', onlyLine(article), 'price_is_required', 'orderLines[0].unitPrice'],
  [
    'a line of no known kind',
    withLine({ productSpecType: 'thing' }),
    'input_is_invalid',
    'orderLines[0].productSpecType',
  ],
  ['no lines', order({ orderLines: [] }), 'input_is_invalid', 'orderLines'],
  [
    'a hundred and one lines',
    order({ orderLines: Array(101).fill(demoLine) }),
    'input_is_invalid',
    'orderLines',
  ],
  ['lines of nothing', order({ orderLines: null }), 'input_is_invalid', 'orderLines'],
  ['no payer', order({ payer: undefined }), 'input_is_invalid', 'payer'],
  ['a payer without a name', withPayer({ emails: kari.emails }), 'payer_is_incomplete', 'payer.lastName'],
  [
    'a payer who cannot be reached',
    withPayer({ lastName: 'Nordmann' }),
    'payer_is_incomplete',
    'payer.emails',
  ],
  ['no e-mail address', withPayer({ ...kari, emails: ['kari'] }), 'email_is_invalid', 'payer.emails[0]'],
  [
    'no phone number',
    withPayer({ ...kari, phoneNumbers: ['12'] }),
    'phone_number_is_invalid',
    'payer.phoneNumbers[0]',
  ],
  [
    'a number with an extension',
    withPayer({ ...kari, phoneNumbers: ['+47 90012345;ext=7'] }),
    'phone_number_is_invalid',
    'payer.phoneNumbers[0]',
  ],
  ['an unknown user', order({ uniqueUserId: '0'.repeat(32) }), 'user_is_unknown', 'uniqueUserId'],
  [
    'a text beyond its length',
    order({ externalOrderId: 'x'.repeat(41) }),
    'input_is_invalid',
    'externalOrderId',
  ],
  ['a number that is a list', order({ orderAmount: [99] }), 'input_is_invalid', 'orderAmount'],
  ['a flag that is a word', order({ recurring: 'yes' }), 'input_is_invalid', 'recurring'],
];
