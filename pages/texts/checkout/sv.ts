import type { CheckoutTexts } from './checkout-shape.ts';

export const checkout: CheckoutTexts = {
  heading: 'Slutför köpet',
  confirmHeading: 'Slutför beställningen',
  bought: 'Du köper',
  each: (price) => `${price} styck`,
  vat: (rate) => `inkl. ${rate} moms`,
  toPayNow: 'Att betala nu',
  toPay: 'Att betala',
  toPayByInvoice: 'Att betala på faktura',
  paidBefore: 'Redan betalt',
  totalVat: 'Varav moms',
  renewal: 'Förnyelse',
  renews: ({ price, every, firstDay }) =>
    firstDay === undefined
      ? `Förnyas automatiskt: ${price} ${every}.`
      : `Förnyas automatiskt: ${price} ${every}, första gången ${firstDay}.`,
  leastTerm: (length) => `Bindningstid: ${length}.`,
  noLeastTerm: 'Ingen bindningstid.',
  howToStop: (contact, isBound) => {
    const may = isBound ? 'Därefter kan du säga upp' : 'Du kan säga upp';
    return contact === undefined ? `${may} när som helst hos säljaren.` : `${may} när som helst: ${contact}`;
  },
  withdrawal: 'Ångerrätt',
  mayWithdraw: (days, isFree) =>
    `Du kan ångra dig i ${days} dagar utan att säga varför. Då avslutas ` +
    (isFree ? 'beställningen.' : 'köpet, och du får tillbaka det du har betalat.'),
  gift: 'Köper du en gåva är det du som kan ångra köpet, inte mottagaren.',
  mayNotWithdraw: {
    'single issue': (what) =>
      'Det finns ingen ångerrätt för lösnummer av tidningar och tidskrifter' +
      `${what === undefined ? '' : `: ${what}`}.`,
    'digital content begun': (what) =>
      'Du har bett om att få innehållet direkt, och har därför ingen ångerrätt' +
      `${what === undefined ? '' : ` för ${what}`}.`,
    'not offered': (what) => `Det finns ingen ångerrätt för ${what ?? 'det här köpet'}.`,
    'buyer outside the EEA': () => 'Ångerrätten gäller inte för köpare utanför EES.',
    'bought for a business': () => 'Ångerrätten gäller inte när ett företag köper.',
  },
  seller: 'Säljare',
  earlyStart: {
    'ends the right': {
      label: 'Jag vill ha innehållet direkt, och vet att jag då förlorar ångerrätten.',
      hint: 'Du kan köpa utan att kryssa i rutan. Då har du kvar ångerrätten.',
    },
    'used days are paid': {
      label: 'Jag vill börja direkt, och betalar för dagarna jag har använt om jag ångrar mig.',
      hint: 'Du kan köpa utan att kryssa i rutan. Ångerrätten har du ändå.',
    },
    both: {
      label:
        'Jag vill börja direkt. För digitalt innehåll som köps styckvis förlorar jag då ångerrätten,' +
        ' och för en prenumeration betalar jag för dagarna jag har använt om jag ångrar mig.',
      hint: 'Du kan köpa utan att kryssa i rutan. Då har du hela ångerrätten kvar.',
    },
  },
  pay: (amount, how) => `Betala ${amount} ${how}`,
  payThen: (amount, how, then) => `Betala ${amount} ${how}, därefter ${then}`,
  startThen: (how, then) => `Börja, och betala därefter ${then} ${how}`,
  payByInvoice: (amount) => `Köp och betala ${amount} på faktura`,
  invoiceFollows: 'Du betalar inte nu. Du får en faktura.',
  complete: 'Slutför beställningen',
  getFree: 'Beställ gratis',
  changed:
    'Något i köpet ändrades efter att du öppnade sidan, och du har inte betalat något. Se över' +
    ' det igen, och tryck på knappen om du fortfarande vill ha det.',
  withdraw: 'Ångra avtalet här',
};
