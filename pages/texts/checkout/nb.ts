import type { CheckoutTexts } from './checkout-shape.ts';

export const checkout: CheckoutTexts = {
  heading: 'Fullfør kjøpet',
  confirmHeading: 'Fullfør bestillingen',
  bought: 'Du kjøper',
  each: (price) => `${price} per stk.`,
  vat: (rate) => `inkl. ${rate} mva.`,
  toPayNow: 'Å betale nå',
  toPay: 'Å betale',
  toPayByInvoice: 'Å betale på faktura',
  paidBefore: 'Allerede betalt',
  totalVat: 'Herav mva.',
  renewal: 'Fornyelse',
  renews: ({ price, every, firstDay }) =>
    firstDay === undefined
      ? `Fornyes automatisk: ${price} ${every}.`
      : `Fornyes automatisk: ${price} ${every}, første gang ${firstDay}.`,
  leastTerm: (length) => `Bindingstid: ${length}.`,
  noLeastTerm: 'Ingen bindingstid.',
  howToStop: (contact, isBound) => {
    const may = isBound ? 'Deretter kan du si opp' : 'Du kan si opp';
    return contact === undefined ? `${may} når som helst hos selgeren.` : `${may} når som helst: ${contact}`;
  },
  withdrawal: 'Angrerett',
  mayWithdraw: (days, isFree) =>
    `Du kan angre i ${days} dager uten å si hvorfor. Da avsluttes ` +
    (isFree ? 'bestillingen.' : 'kjøpet, og du får tilbake det du har betalt.'),
  gift: 'Kjøper du en gave, er det du som kan angre, ikke mottakeren.',
  mayNotWithdraw: {
    'single issue': (what) =>
      `Det er ikke angrerett på enkeltutgaver av aviser og blader${what === undefined ? '' : `: ${what}`}.`,
    'digital content begun': (what) =>
      'Du har bedt om å få innholdet med en gang, og har derfor ikke angrerett' +
      `${what === undefined ? '' : ` på ${what}`}.`,
    'not offered': (what) => `Det er ikke angrerett på ${what ?? 'dette kjøpet'}.`,
    'buyer outside the EEA': () => 'Angreretten gjelder ikke for kjøpere utenfor EØS.',
    'bought for a business': () => 'Angreretten gjelder ikke når en bedrift kjøper.',
  },
  seller: 'Selger',
  earlyStart: {
    'ends the right': {
      label: 'Jeg vil ha innholdet med en gang, og vet at jeg da mister angreretten.',
      hint: 'Du kan kjøpe uten å krysse av. Da beholder du angreretten.',
    },
    'used days are paid': {
      label: 'Jeg vil begynne med en gang, og betaler for dagene jeg har brukt hvis jeg angrer.',
      hint: 'Du kan kjøpe uten å krysse av. Angreretten har du uansett.',
    },
    both: {
      label:
        'Jeg vil begynne med en gang. For digitalt innhold som kjøpes enkeltvis, mister jeg da' +
        ' angreretten, og for et abonnement betaler jeg for dagene jeg har brukt hvis jeg angrer.',
      hint: 'Du kan kjøpe uten å krysse av. Da beholder du hele angreretten.',
    },
  },
  pay: (amount, how) => `Betal ${amount} ${how}`,
  payThen: (amount, how, then) => `Betal ${amount} ${how}, deretter ${then}`,
  startThen: (how, then) => `Start, og betal deretter ${then} ${how}`,
  payByInvoice: (amount) => `Kjøp og betal ${amount} på faktura`,
  invoiceFollows: 'Du betaler ikke nå. Du får en faktura.',
  complete: 'Fullfør bestillingen',
  getFree: 'Bestill gratis',
  changed:
    'Noe ved kjøpet ble endret etter at du åpnet siden, og du har ikke betalt noe. Se over det på' +
    ' nytt, og trykk på knappen hvis du fortsatt vil ha det.',
  withdraw: 'Angre avtalen her',
};
