import type { LoginTexts } from './login-shape.ts';

export const login: LoginTexts = {
  newHeading: (publisherName) => `Kirjaudu tai luo tili: ${publisherName}`,
  sentence:
    'Anna sähköpostiosoitteesi tai matkapuhelinnumerosi, niin lähetämme koodin. Salasanaa ei tarvita.',
  newSentence:
    'Anna sähköpostiosoitteesi tai matkapuhelinnumerosi, niin lähetämme koodin. Jos' +
    ' sinulla ei ole tiliä, saat sen.',
  sent: (destination) => `Lähetämme koodin: ${destination}. Se toimii tässä selaimessa.`,
  patience: 'Se voi kestää muutaman minuutin. Katso myös roskapostista.',
  other: 'Käytä toista osoitetta tai numeroa',
  notCredential:
    'Tämä ei ole sähköpostiosoite eikä matkapuhelinnumero. Tarkista kirjoitus ja yritä uudelleen.',
  noSms: 'Emme voi lähettää tekstiviestiä tähän numeroon. Käytä sähköpostiosoitettasi.',
  again: 'Olet kirjautunut, mutta sivusto pyytää kirjautumaan uudelleen.',
  switchHeading: 'Joku on jo kirjautunut',
  switchSentence: (current, wanted) =>
    `Täällä on kirjautuneena ${current}. Jos kirjaudut (${wanted}), ${current} kirjataan` +
    ' ulos tästä selaimesta.',
  switchTo: (wanted) => `Kirjaudu: ${wanted}`,
  stay: (current) => `Jatka: ${current}`,
  switchFromSomeone: (wanted) =>
    `Täällä on kirjautuneena joku muu. Jos kirjaudut (${wanted}), hänet kirjataan ulos tästä selaimesta.`,
  doNotSwitch: 'Älä vaihda',
  oldNumber: {
    heading: 'Onko tämä numero yhä sinun?',
    sentence: (number) =>
      `Kukaan ei ole kirjautunut numerolla ${number} yli puoleen vuoteen. Numerot saavat uusia` +
      ' haltijoita, joten kysymme ennen kuin avaamme siihen kuuluneen tilin.',
    known: {
      heading: 'Minulla on tili tällä numerolla',
      sentence: (publisherName) =>
        'Kirjaudu ensin tässä sähköpostiosoitteellasi, sillä jolla olet ostanut. Kirjaudu sitten' +
        ' numerolla uudelleen, niin kaikki on kuin ennen. Jos et ole koskaan antanut' +
        ` sähköpostiosoitetta (${publisherName}), kirjoita heille.`,
      button: 'Kirjaudu sähköpostiosoitteellani',
    },
    fresh: {
      heading: 'Olen uusi täällä',
      sentence: 'Saat tällä numerolla uuden tilin. Aiemmin ostettu jää vanhalle tilille.',
      button: 'Aloita uusi tili',
    },
  },
  refused: {
    'unknown site': {
      heading: 'Emme tiedä, miltä sivustolta tulet',
      sentence: 'Osoite voi olla vaillinainen. Palaa sivustolle ja kirjaudu sieltä uudelleen.',
    },
    'way back refused': {
      heading: 'Emme voi lähettää sinua sinne takaisin',
      sentence:
        'Osoitetta, johon sinut lähetettäisiin kirjautumisen jälkeen, ei ole hyväksytty.' +
        ' Palaa sivustolle ja' +
        ' kirjaudu sieltä, tai kerro siitä heille.',
    },
    'account closed': {
      heading: 'Tämä tili on suljettu',
      sentence:
        'Sillä ei voi kirjautua. Kirjoita sivustolle, jos tilin pitäisi olla auki, tai käytä' +
        ' toista osoitetta.',
    },
    'order stopped': {
      heading: 'Tilaus on päättynyt',
      sentence:
        'Koodi kuuluu tilaukseen, joka on peruttu tai jota ei maksettu. Palaa sivustolle' +
        ' ja pyydä uusi koodi.',
    },
    'link ended': {
      heading: 'Tämä koodi ei ole enää voimassa',
      sentence:
        'Tilaus, johon se kuuluu, on liitetty toiseen osoitteeseen. Palaa sivustolle ja' +
        ' pyydä uusi koodi.',
    },
  },
};
