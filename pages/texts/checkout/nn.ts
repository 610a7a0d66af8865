import type { CheckoutTexts } from './checkout-shape.ts';

export const checkout: CheckoutTexts = {
  heading: 'Fullfør kjøpet',
  confirmHeading: 'Fullfør bestillinga',
  bought: 'Du kjøper',
  each: (price) => `${price} per stk.`,
  vat: (rate) => `inkl. ${rate} mva.`,
  toPayNow: 'Å betale no',
  toPay: 'Å betale',
  toPayByInvoice: 'Å betale på faktura',
  paidBefore: 'Allereie betalt',
  totalVat: 'Av dette mva.',
  renewal: 'Fornying',
  renews: ({ price, every, firstDay }) =>
    firstDay === undefined
      ? `Blir fornya automatisk: ${price} ${every}.`
      : `Blir fornya automatisk: ${price} ${every}, første gong ${firstDay}.`,
  leastTerm: (length) => `Bindingstid: ${length}.`,
  noLeastTerm: 'Inga bindingstid.',
  howToStop: (contact, isBound) => {
    const may = isBound ? 'Deretter kan du seie opp' : 'Du kan seie opp';
    return contact === undefined ? `${may} når som helst hos seljaren.` : `${may} når som helst: ${contact}`;
  },
  withdrawal: 'Angrerett',
  mayWithdraw: (days, isFree) =>
    `Du kan angre i ${days} dagar utan å seie kvifor. Då blir ` +
    (isFree ? 'bestillinga avslutta.' : 'kjøpet avslutta, og du får tilbake det du har betalt.'),
  gift: 'Kjøper du ei gåve, er det du som kan angre, ikkje mottakaren.',
  mayNotWithdraw: {
    'single issue': (what) =>
      `Det er ikkje angrerett på enkeltutgåver av aviser og blad${what === undefined ? '' : `: ${what}`}.`,
    'digital content begun': (what) =>
      'Du har bede om å få innhaldet med ein gong, og har difor ikkje angrerett' +
      `${what === undefined ? '' : ` på ${what}`}.`,
    'not offered': (what) => `Det er ikkje angrerett på ${what ?? 'dette kjøpet'}.`,
    'buyer outside the EEA': () => 'Angreretten gjeld ikkje for kjøparar utanfor EØS.',
    'bought for a business': () => 'Angreretten gjeld ikkje når ei bedrift kjøper.',
  },
  seller: 'Seljar',
  earlyStart: {
    'ends the right': {
      label: 'Eg vil ha innhaldet med ein gong, og veit at eg då mistar angreretten.',
      hint: 'Du kan kjøpe utan å krysse av. Då har du framleis angrerett.',
    },
    'used days are paid': {
      label: 'Eg vil byrje med ein gong, og betaler for dagane eg har brukt om eg angrar.',
      hint: 'Du kan kjøpe utan å krysse av. Angreretten har du uansett.',
    },
    both: {
      label:
        'Eg vil byrje med ein gong. For digitalt innhald som blir kjøpt enkeltvis, mistar eg då' +
        ' angreretten, og for eit abonnement betaler eg for dagane eg har brukt om eg angrar.',
      hint: 'Du kan kjøpe utan å krysse av. Då har du framleis heile angreretten.',
    },
  },
  pay: (amount, how) => `Betal ${amount} ${how}`,
  payThen: (amount, how, then) => `Betal ${amount} ${how}, deretter ${then}`,
  startThen: (how, then) => `Start, og betal deretter ${then} ${how}`,
  payByInvoice: (amount) => `Kjøp og betal ${amount} på faktura`,
  invoiceFollows: 'Du betaler ikkje no. Du får ein faktura.',
  complete: 'Fullfør bestillinga',
  getFree: 'Bestill gratis',
  changed:
    'Noko ved kjøpet vart endra etter at du opna sida, og du har ikkje betalt noko. Sjå over det' +
    ' på nytt, og trykk på knappen om du framleis vil ha det.',
  withdraw: 'Angre avtalen her',
};
