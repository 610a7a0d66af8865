import { checkout } from './checkout/fi.ts';
import { login } from './login/fi.ts';
import type { PageTexts } from './text-shape.ts';
import { withdrawal } from './withdrawal/fi.ts';

/** Names stand in their basic form, since a case ending cannot be put on every name. */
export const fi: PageTexts = {
  language: 'fi',
  shared: {
    backTo: (publisherName) => `Takaisin sivustolle ${publisherName}`,
    back: 'Takaisin',
    cancel: 'Peruuta',
    logIn: 'Kirjaudu sisään',
    error: 'Virhe',
    errorTitle: (title) => `Virhe: ${title}`,
    until: (when) => `${when} asti`,
    organisationNumber: (number) => `Yritystunnus ${number}`,
    terms: 'Myyntiehdot',
    privacy: 'Tietosuoja',
  },
  link: {
    heading: (publisherName) => `Kirjaudu sisään: ${publisherName}`,
    sentence: 'Linkkisi on valmis. Kirjaudu tällä laitteella painamalla painiketta.',
    purchase: 'Olet ostanut',
    sentTo: 'Linkki lähetettiin tänne',
    notYou: 'Etkö tämä ole sinä?',
    notYouAnswer: (publisherName) =>
      `Silloin olet saanut toiselle tarkoitetun linkin. Mitään ei ole vielä tapahtunut: sulje sivu, niin` +
      ` linkki toimii edelleen oikealle ostajalle (${publisherName}).`,
  },
  linkSpent: {
    used: {
      heading: 'Tämä linkki on käytetty',
      sentence: 'Linkki kirjaa sinut sisään vain kerran. Voimme lähettää uuden.',
    },
    expired: {
      heading: 'Tämä linkki on vanhentunut',
      sentence: 'Ostoksesi on edelleen sinun. Voimme lähettää uuden linkin.',
    },
    button: 'Lähetä uusi linkki',
    goesTo: (destination) => `Se lähetetään samaan paikkaan kuin ensimmäinen: ${destination}.`,
  },
  linkSent: {
    heading: 'Odota uutta viestiä',
    sentence: (destination) => `Jos linkki oli sinun, uusi on matkalla: ${destination}.`,
    patience: 'Se voi kestää muutaman minuutin. Katso myös roskapostista, jos odotat sähköpostia.',
    haveCode: 'Minulla on koodi',
    cookiesBlocked:
      'Selain ei ota vastaan evästeitä, emmekä voi kirjata sinua sisään ilman niitä. Salli' +
      ' evästeet ja yritä uudelleen, tai avaa sivu toisessa selaimessa ja kirjoita viestissä' +
      ' oleva koodi.',
  },
  code: {
    heading: 'Kirjaudu koodilla',
    sentence: 'Anna lähettämämme viestin kuusi numeroa.',
    credential: 'Sähköpostiosoite tai matkapuhelinnumero',
    code: 'Koodi',
    codeHint: 'Kuusi numeroa',
    sendNew: 'Lähetä uusi koodi',
    sent:
      'Jos tunnemme osoitteen, uusi koodi on matkalla. Se toimii tässä selaimessa. ' +
      'Jos sitä ei tule, voit kirjautua aiemman viestimme linkillä.',
    wrong: (triesLeft) =>
      triesLeft === 1
        ? 'Koodi ei täsmää. Sinulla on yksi yritys jäljellä.'
        : `Koodi ei täsmää. Sinulla on ${triesLeft} yritystä jäljellä.`,
    expired: 'Koodi on vanhentunut. Pyydä uusi.',
    tooMany: 'Vääriä koodeja on kokeiltu liian monta. Avaa viestissämme oleva linkki tai pyydä uusi koodi.',
  },
  home: {
    heading: 'Tilaukset ja maksut',
    sentence: 'Täällä otetaan vastaan tilauksia ja maksuja. Tässä osoitteessa ei ole luettavaa.',
  },
  landing: {
    heading: 'Olet kirjautunut sisään',
    sentence: (publisherName) => `Kaikki ostamasi on auki tällä laitteella (${publisherName}).`,
    purchases: 'Olet ostanut',
    goTo: (publisherName) => `Siirry: ${publisherName}`,
  },
  agreement: {
    heading: 'Sopimuksesi',
    askCode: (destination) => `Sopimus näytetään sen tekijälle. Lähetämme koodin: ${destination}.`,
    codeSent: (destination) => `Koodi on matkalla: ${destination}. Se toimii tässä selaimessa.`,
    nobody: (publisherName) =>
      `Emme tiedä, kenelle koodin voi lähettää. ${publisherName} voi näyttää tai lopettaa sopimuksen.`,
    sendCode: 'Lähetä minulle koodi',
    tooMany: 'Vääriä koodeja on kokeiltu liian monta. Pyydä uusi koodi.',
    show: 'Näytä sopimus',
    product: 'Sopimus',
    price: 'Hinta',
    every: ({ unit, count }) => {
      const name = { day: 'päivä', week: 'viikko', month: 'kuukausi', year: 'vuosi' }[unit];
      return count === 1 ? `joka ${name}` : `joka ${count}. ${name}`;
    },
    first: 'Ensimmäinen jakso',
    firstPrice: (price, { unit, count }) => {
      const names = {
        day: ['päivä', 'päivää'],
        week: ['viikko', 'viikkoa'],
        month: ['kuukausi', 'kuukautta'],
        year: ['vuosi', 'vuotta'],
      };
      return `${price}, ${count} ${names[unit][count === 1 ? 0 : 1]}`;
    },
    status: 'Tila',
    states: {
      active: 'Voimassa',
      ending: 'Päättyy',
      ended: 'Päättynyt',
      waiting: 'Odottaa hyväksyntää',
      never: 'Ei tehty',
    },
    paidUntil: 'Maksettu saakka',
    stop: 'Lopeta uusiminen',
    stopSentence:
      'Kun lopetat uusimisen, rahaa ei enää veloiteta. Voit käyttää maksamaasi jakson loppuun.' +
      ' Lopettamista ei voi perua, mutta voit ostaa uudelleen.',
    stopped: 'Sopimusta ei uusita, eikä rahaa enää veloiteta.',
  },
  logOut: {
    ask: {
      heading: 'Kirjaudutaanko ulos?',
      sentence: 'Tarvitset uuden linkin tai koodin, kun haluat kirjautua uudelleen tällä laitteella.',
    },
    done: { heading: 'Olet kirjautunut ulos', sentence: 'Ostoksesi on edelleen sinun.' },
    button: 'Kirjaudu ulos',
    everywhere: 'Kirjaudu ulos kaikkialta',
    everywhereSentence:
      'Jos kirjaudut ulos kaikkialta, sinut kirjataan ulos myös muista selaimista ja sivustoista.',
  },
  login,
  checkout,
  payment: {
    waiting: {
      heading: 'Tarkistamme maksua',
      sentence: 'Se kestää yleensä muutaman sekunnin. Sivu jatkaa itsestään eteenpäin.',
      checkNow: 'Tarkista nyt',
      notPaid: 'Etkö ole vielä maksanut? Jatka maksamaan',
    },
    onPhone: {
      heading: 'Vahvista puhelimella',
      sentence:
        'Avaa viesti tai sovellus puhelimessasi ja vahvista ostos siellä. Sivu jatkaa itsestään eteenpäin.',
    },
    slow: {
      heading: 'Maksu on vielä kesken',
      sentence:
        'Vastauksen saaminen kestää tavallista kauemmin. Sinun ei tarvitse odottaa eikä maksaa uudelleen:' +
        ' tilaus etenee heti, kun vastaus saapuu.',
    },
    done: {
      heading: 'Kiitos ostoksesta',
      sentence: 'Tilauksesi on valmis.',
      purchase: (purchase) => `Olet ostanut: ${purchase}.`,
    },
    stopped: {
      cancelled: { heading: 'Maksu keskeytettiin', sentence: 'Et ole maksanut mitään.' },
      declined: {
        heading: 'Maksu hylättiin',
        sentence: 'Maksupalvelu hylkäsi maksun, etkä ole maksanut mitään.',
      },
      expired: {
        heading: 'Aika loppui',
        sentence: 'Maksua ei tehty loppuun ajoissa, etkä ole maksanut mitään.',
      },
      failed: {
        heading: 'Tilaus pysäytettiin',
        sentence: 'Maksua ei voitu tehdä loppuun. Mahdollisesti varatut rahat vapautetaan.',
      },
    },
    tryAgain: 'Yritä uudelleen',
    reasons: {
      declined: 'se hylättiin',
      'insufficient funds': 'tilillä ei ollut tarpeeksi rahaa',
      'card expired': 'kortti on vanhentunut',
      'not authenticated': 'henkilöllisyyttäsi ei voitu vahvistaa',
      'wrong code': 'koodi ei täsmännyt',
      'too many tries': 'yrityksiä oli liian monta',
      cancelled: 'se keskeytettiin',
      'timed out': 'se kesti liian kauan',
      'not answered': 'et vastannut ajoissa',
      'over the limit': 'summa ylittää rajasi',
      barred: 'liittymäsi tai korttisi on estetty tällaisilta ostoilta',
      'not eligible': 'tämä maksutapa ei ole käytettävissäsi',
      'try again later': 'maksupalvelu ei ole juuri nyt käytettävissä, yritä myöhemmin uudelleen',
    },
    notThrough: (reason) => `Maksu ei onnistunut: ${reason}.`,
    choice: {
      choose: 'Valitse maksutapa.',
      notPaidYet: 'Et ole vielä maksanut mitään.',
      otherMethod: 'Valitse toinen maksutapa',
      spent: (method) => `${method}: yrityksiä oli liikaa, joten tätä tilausta ei voi enää maksaa näin.`,
      noneLeft:
        'Et ole maksanut mitään, eikä tilausta voi maksaa muulla tavalla.' +
        ' Palaa takaisin ja tilaa uudelleen.',
      giveUp: 'Keskeytä ja palaa takaisin',
    },
    payByCode: {
      heading: 'Maksa kirjoittamalla koodi',
      sentence: (destination, amount) =>
        `Lähetimme koodin numeroon ${destination}. Sillä maksat ${amount} puhelinlaskullasi.`,
      pay: (amount) => `Maksa ${amount}`,
      notCode: 'Kirjoita koodi täsmälleen niin kuin se on viestissä.',
      sentNew: 'Uusi koodi on matkalla. Edellinen ei enää toimi.',
    },
    leaving: {
      heading: (method) => `Sinut ohjataan palveluun ${method}`,
      sentence: 'Tämä tapahtuu hetken kuluttua itsestään.',
      go: 'Jatka',
    },
    snippet: {
      heading: 'Maksa',
      sentence: (amount) => `Maksettavaa: ${amount}.`,
      back: 'Takaisin maksamatta',
      needsScripts:
        'Selaimen täytyy voida suorittaa komentosarjoja (JavaScript), jotta voit maksaa täällä. Ota ne' +
        ' käyttöön tai palaa.',
    },
    orderUnknown: {
      heading: 'Tilausta ei löydy',
      sentence: 'Osoite voi olla puutteellinen tai tilaus liian vanha. Palaa takaisin ja yritä uudelleen.',
    },
    confirm: 'Täällä ei ole mitään maksettavaa. Vahvista tilaus painamalla painiketta.',
    closed: {
      elsewhere: {
        heading: 'Tilaus on avattu muualla',
        sentence:
          'Sitä maksetaan tai se on käsitelty toisessa selaimessa. Jos tilaus on sinun, jatka' +
          ' siellä, missä aloitit. Täältä sitä ei voi katsoa, muuttaa eikä pysäyttää.',
      },
      'not here': {
        heading: 'Tilausta ei voi vahvistaa täältä',
        sentence:
          'Palaa paikkaan, jossa teit tilauksen, ja vahvista se siellä. Jos se on jo vahvistettu,' +
          ' olet saanut viestin.',
      },
      'way back refused': {
        heading: 'Emme voi palauttaa sinua sinne',
        sentence:
          'Osoitetta, johon linkki palauttaisi sinut, ei ole hyväksytty, eikä tilaukselle ole tapahtunut' +
          ' mitään. Palaa paikkaan, jossa teit tilauksen, tai kerro asiasta sinne.',
      },
      'no way back': {
        heading: 'Emme tiedä, minne sinut pitäisi palauttaa',
        sentence:
          'Osoite on puutteellinen, eikä tilaukselle ole tapahtunut mitään. Palaa paikkaan, jossa' +
          ' teit tilauksen, ja yritä uudelleen.',
      },
    },
    methodRefused: {
      heading: 'Tilausta ei voi maksaa täällä',
      'by phone':
        'Se maksetaan tekstiviestillä, jonka kauppa käynnistää. Katso viestiä puhelimestasi, kun se' +
        ' saapuu, tai palaa.',
      other: 'Se maksetaan siellä, missä ostit. Palaa takaisin tekemään ostos loppuun.',
      'not-configured': 'Valittu maksutapa ei ole käytettävissä. Palaa takaisin ja valitse toinen.',
    },
  },
  withdrawal,
  problem: {
    statuses: {
      400: {
        heading: 'Jotain puuttuu',
        sentence: 'Osoite tai lomake oli puutteellinen. Palaa takaisin ja yritä uudelleen.',
      },
      403: { heading: 'Tämä sivu ei ole sinulle avoin', sentence: 'Palaa takaisin ja aloita alusta.' },
      404: {
        heading: 'Sivua ei ole',
        sentence: 'Osoite voi olla puutteellinen tai liian vanha. Palaa sinne, mistä löysit sen.',
      },
      409: {
        heading: 'Se ei onnistu nyt',
        sentence: 'Jokin muuttui sillä välin. Palaa takaisin ja katso uudelleen.',
      },
      429: {
        heading: 'Hieman liian nopeasti',
        sentence: 'Yrityksiä oli monta lyhyessä ajassa. Odota muutama minuutti ja yritä uudelleen.',
      },
      500: {
        heading: 'Jokin meni meillä vikaan',
        sentence: 'Vika on meissä. Yritä hetken päästä uudelleen.',
      },
      503: { heading: 'Juuri nyt on ruuhkaa', sentence: 'Yritä hetken päästä uudelleen.' },
    },
    misspelt: ({ given, meant }) => ({
      heading: 'Osoite on kirjoitettu väärin',
      sentence:
        `Osoitteessa lukee ${given}, mutta sivu tuntee vain nimen ${meant}. Mitään ei tehty.` +
        ' Palaa sinne, mistä tulit, ja kerro siitä siellä.',
    }),
    reference: (requestId) => `Jos kirjoitat meille tästä, mainitse ${requestId}.`,
  },
};
