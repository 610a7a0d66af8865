import type { CheckoutTexts } from './checkout-shape.ts';

export const checkout: CheckoutTexts = {
  heading: 'Gennemfør købet',
  confirmHeading: 'Gennemfør bestillingen',
  bought: 'Du køber',
  each: (price) => `${price} pr. stk.`,
  vat: (rate) => `inkl. ${rate} moms`,
  toPayNow: 'Til betaling nu',
  toPay: 'Til betaling',
  toPayByInvoice: 'Til betaling på faktura',
  paidBefore: 'Allerede betalt',
  totalVat: 'Heraf moms',
  renewal: 'Fornyelse',
  renews: ({ price, every, firstDay }) =>
    firstDay === undefined
      ? `Fornyes automatisk: ${price} ${every}.`
      : `Fornyes automatisk: ${price} ${every}, første gang ${firstDay}.`,
  leastTerm: (length) => `Bindingsperiode: ${length}.`,
  noLeastTerm: 'Ingen bindingsperiode.',
  howToStop: (contact, isBound) => {
    const may = isBound ? 'Derefter kan du opsige aftalen' : 'Du kan opsige aftalen';
    return contact === undefined ? `${may} når som helst hos sælgeren.` : `${may} når som helst: ${contact}`;
  },
  withdrawal: 'Fortrydelsesret',
  mayWithdraw: (days, isFree) =>
    `Du kan fortryde i ${days} dage uden at sige hvorfor. Så afsluttes ` +
    (isFree ? 'bestillingen.' : 'købet, og du får det, du har betalt, tilbage.'),
  gift: 'Køber du en gave, er det dig, der kan fortryde, ikke modtageren.',
  mayNotWithdraw: {
    'single issue': (what) =>
      'Der er ikke fortrydelsesret på enkeltnumre af aviser og blade' +
      `${what === undefined ? '' : `: ${what}`}.`,
    'digital content begun': (what) =>
      'Du har bedt om at få indholdet med det samme og har derfor ikke fortrydelsesret' +
      `${what === undefined ? '' : ` på ${what}`}.`,
    'not offered': (what) => `Der er ikke fortrydelsesret på ${what ?? 'dette køb'}.`,
    'buyer outside the EEA': () => 'Fortrydelsesretten gælder ikke for købere uden for EØS.',
    'bought for a business': () => 'Fortrydelsesretten gælder ikke, når en virksomhed køber.',
  },
  seller: 'Sælger',
  earlyStart: {
    'ends the right': {
      label: 'Jeg vil have indholdet med det samme og ved, at jeg så mister fortrydelsesretten.',
      hint: 'Du kan købe uden at sætte kryds. Så beholder du fortrydelsesretten.',
    },
    'used days are paid': {
      label: 'Jeg vil begynde med det samme og betaler for de dage, jeg har brugt, hvis jeg fortryder.',
      hint: 'Du kan købe uden at sætte kryds. Fortrydelsesretten har du under alle omstændigheder.',
    },
    both: {
      label:
        'Jeg vil begynde med det samme. For digitalt indhold, der købes enkeltvis, mister jeg så' +
        ' fortrydelsesretten, og for et abonnement betaler jeg for de dage, jeg har brugt, hvis' +
        ' jeg fortryder.',
      hint: 'Du kan købe uden at sætte kryds. Så beholder du hele fortrydelsesretten.',
    },
  },
  pay: (amount, how) => `Betal ${amount} ${how}`,
  payThen: (amount, how, then) => `Betal ${amount} ${how}, derefter ${then}`,
  startThen: (how, then) => `Start, og betal derefter ${then} ${how}`,
  payByInvoice: (amount) => `Køb og betal ${amount} på faktura`,
  invoiceFollows: 'Du betaler ikke nu. Du får en faktura.',
  complete: 'Gennemfør bestillingen',
  getFree: 'Bestil gratis',
  changed:
    'Noget ved købet blev ændret, efter at du åbnede siden, og du har ikke betalt noget. Se det' +
    ' igennem igen, og tryk på knappen, hvis du stadig vil have det.',
  withdraw: 'Fortryd aftale',
};
