import type { CheckoutTexts } from './checkout-shape.ts';

export const checkout: CheckoutTexts = {
  heading: 'Complete your purchase',
  confirmHeading: 'Complete your order',
  bought: 'You are buying',
  each: (price) => `${price} each`,
  vat: (rate) => `incl. ${rate} VAT`,
  toPayNow: 'To pay now',
  toPay: 'To pay',
  toPayByInvoice: 'To pay by invoice',
  paidBefore: 'Already paid',
  totalVat: 'Of which VAT',
  renewal: 'Renewal',
  renews: ({ price, every, firstDay }) =>
    firstDay === undefined
      ? `Renews automatically: ${price} ${every}.`
      : `Renews automatically: ${price} ${every}, for the first time on ${firstDay}.`,
  leastTerm: (length) => `Minimum term: ${length}.`,
  noLeastTerm: 'No minimum term.',
  howToStop: (contact, isBound) => {
    const may = isBound ? 'After that you can stop' : 'You can stop';
    return contact === undefined
      ? `${may} at any time by asking the seller.`
      : `${may} at any time: ${contact}`;
  },
  withdrawal: 'Right of withdrawal',
  mayWithdraw: (days, isFree) =>
    `You can withdraw for ${days} days without saying why. The ` +
    (isFree ? 'order then ends.' : 'purchase then ends, and you get back what you have paid.'),
  gift: 'If you buy a gift, you can withdraw; the recipient cannot.',
  mayNotWithdraw: {
    'single issue': (what) =>
      'There is no right of withdrawal for single issues of newspapers and periodicals' +
      `${what === undefined ? '' : `: ${what}`}.`,
    'digital content begun': (what) =>
      'You asked to have the content at once, and so there is no right of withdrawal' +
      `${what === undefined ? '' : ` for ${what}`}.`,
    'not offered': (what) => `There is no right of withdrawal for ${what ?? 'this purchase'}.`,
    'buyer outside the EEA': () => 'The right of withdrawal does not apply to buyers outside the EEA.',
    'bought for a business': () => 'The right of withdrawal does not apply when a business buys.',
  },
  seller: 'Seller',
  earlyStart: {
    'ends the right': {
      label: 'I want the content at once, and know that I then lose the right of withdrawal.',
      hint: 'You can buy without ticking this. You then keep the right of withdrawal.',
    },
    'used days are paid': {
      label: 'I want to begin at once, and pay for the days I have used if I withdraw.',
      hint: 'You can buy without ticking this. The right of withdrawal is yours in either case.',
    },
    both: {
      label:
        'I want to begin at once. For digital items bought singly I then lose the right of withdrawal,' +
        ' and for a subscription I pay for the days I have used if I withdraw.',
      hint: 'You can buy without ticking this. You then keep the whole right of withdrawal.',
    },
  },
  pay: (amount, how) => `Pay ${amount} ${how}`,
  payThen: (amount, how, then) => `Pay ${amount} ${how}, then ${then}`,
  startThen: (how, then) => `Start, then pay ${then} ${how}`,
  payByInvoice: (amount) => `Buy and pay ${amount} by invoice`,
  invoiceFollows: 'You pay nothing now. You will get an invoice.',
  complete: 'Complete the order',
  getFree: 'Get it for free',
  changed:
    'Something about this purchase changed after you opened the page, and you have not paid' +
    ' anything. Look at it again, and press the button if you still want it.',
  withdraw: 'Withdraw from contract here',
};
