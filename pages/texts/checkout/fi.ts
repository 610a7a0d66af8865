import type { CheckoutTexts } from './checkout-shape.ts';

export const checkout: CheckoutTexts = {
  heading: 'Viimeistele ostos',
  confirmHeading: 'Vahvista tilaus',
  bought: 'Olet ostamassa',
  each: (price) => `${price}/kpl`,
  vat: (rate) => `sis. alv ${rate}`,
  toPayNow: 'Maksettava nyt',
  toPay: 'Maksettava',
  toPayByInvoice: 'Maksetaan laskulla',
  paidBefore: 'Jo maksettu',
  totalVat: 'Tästä alv',
  renewal: 'Uusiutuminen',
  renews: ({ price, every, firstDay }) =>
    firstDay === undefined
      ? `Uusiutuu automaattisesti: ${price} ${every}.`
      : `Uusiutuu automaattisesti: ${price} ${every}, ensimmäisen kerran ${firstDay}.`,
  leastTerm: (length) => `Vähimmäiskesto: ${length}.`,
  noLeastTerm: 'Ei vähimmäiskestoa.',
  howToStop: (contact, isBound) => {
    const may = isBound ? 'Sen jälkeen voit irtisanoa tilauksen' : 'Voit irtisanoa tilauksen';
    return contact === undefined
      ? `${may} milloin tahansa myyjän kautta.`
      : `${may} milloin tahansa: ${contact}`;
  },
  withdrawal: 'Peruuttamisoikeus',
  mayWithdraw: (days, isFree) =>
    `Voit peruuttaa ${isFree ? 'tilauksen' : 'ostoksen'} ${days} päivän kuluessa syytä kertomatta. ` +
    `Silloin sopimus päättyy${isFree ? '' : ' ja saat takaisin sen, minkä olet maksanut'}.`,
  gift: 'Jos ostat lahjan, sinä voit peruuttaa sen, ei saaja.',
  mayNotWithdraw: {
    'single issue': (what) =>
      'Sanoma- ja aikakauslehtien irtonumeroilla ei ole peruuttamisoikeutta' +
      `${what === undefined ? '' : `: ${what}`}.`,
    'digital content begun': (what) =>
      `Pyysit sisällön heti, joten peruuttamisoikeutta ei ole${what === undefined ? '' : `: ${what}`}.`,
    'not offered': (what) =>
      what === undefined
        ? 'Tällä ostoksella ei ole peruuttamisoikeutta.'
        : `Näillä ei ole peruuttamisoikeutta: ${what}.`,
    'buyer outside the EEA': () => 'Peruuttamisoikeus ei koske ostajia ETA-alueen ulkopuolella.',
    'bought for a business': () => 'Peruuttamisoikeus ei koske yritysten ostoksia.',
  },
  seller: 'Myyjä',
  earlyStart: {
    'ends the right': {
      label: 'Haluan sisällön heti ja tiedän, että menetän silloin peruuttamisoikeuden.',
      hint: 'Voit ostaa myös ilman rastia. Silloin peruuttamisoikeus säilyy.',
    },
    'used days are paid': {
      label: 'Haluan aloittaa heti ja maksan käyttämistäni päivistä, jos peruutan.',
      hint: 'Voit ostaa myös ilman rastia. Peruuttamisoikeus on silti voimassa.',
    },
    both: {
      label:
        'Haluan aloittaa heti. Yksittäisen digitaalisen sisällön osalta menetän silloin' +
        ' peruuttamisoikeuden, ja tilauksesta maksan käyttämistäni päivistä, jos peruutan.',
      hint: 'Voit ostaa myös ilman rastia. Silloin peruuttamisoikeus säilyy kokonaan.',
    },
  },
  pay: (amount, how) => `Maksa ${amount} ${how}`,
  payThen: (amount, how, then) => `Maksa ${amount} ${how}, sitten ${then}`,
  startThen: (how, then) => `Aloita ja maksa sitten ${then} ${how}`,
  payByInvoice: (amount) => `Osta ja maksa ${amount} laskulla`,
  invoiceFollows: 'Et maksa nyt. Saat laskun.',
  complete: 'Vahvista tilaus',
  getFree: 'Hanki maksutta',
  changed:
    'Jokin tässä ostoksessa muuttui sen jälkeen, kun avasit sivun, etkä ole maksanut mitään.' +
    ' Katso se uudelleen ja paina painiketta, jos haluat sen edelleen.',
  withdraw: 'Peruuta sopimus tästä',
};
