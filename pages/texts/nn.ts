import { checkout } from './checkout/nn.ts';
import { login } from './login/nn.ts';
import type { PageTexts } from './text-shape.ts';
import { withdrawal } from './withdrawal/nn.ts';

export const nn: PageTexts = {
  language: 'nn',
  shared: {
    backTo: (publisherName) => `Tilbake til ${publisherName}`,
    back: 'Tilbake',
    cancel: 'Avbryt',
    logIn: 'Logg inn',
    error: 'Feil',
    errorTitle: (title) => `Feil: ${title}`,
    until: (when) => `til ${when}`,
    organisationNumber: (number) => `Org.nr. ${number}`,
    terms: 'Salsvilkår',
    privacy: 'Personvern',
  },
  link: {
    heading: (publisherName) => `Logg inn hos ${publisherName}`,
    sentence: 'Lenkja di er klar. Trykk på knappen for å logge inn på denne eininga.',
    purchase: 'Du har kjøpt',
    sentTo: 'Lenkja vart send til',
    notYou: 'Ikkje deg?',
    notYouAnswer: (publisherName) =>
      `Då har du fått ei lenkje som var meint for ein annan. Ingenting har skjedd enno: Lukk sida, så` +
      ` verkar lenkja framleis for den som har kjøpt hos ${publisherName}.`,
  },
  linkSpent: {
    used: {
      heading: 'Denne lenkja er brukt',
      sentence: 'Ei lenkje loggar deg inn berre éin gong. Vi kan sende deg ei ny.',
    },
    expired: {
      heading: 'Denne lenkja har gått ut',
      sentence: 'Det du har kjøpt, er framleis ditt. Vi kan sende deg ei ny lenkje.',
    },
    button: 'Send meg ei ny lenkje',
    goesTo: (destination) => `Ho blir send til ${destination}, som den første.`,
  },
  linkSent: {
    heading: 'Sjå etter ei ny melding',
    sentence: (destination) => `Dersom lenkja var di, er ei ny på veg til ${destination}.`,
    patience: 'Det kan ta nokre minutt. Sjå òg i søppelposten om du ventar på ein e-post.',
    haveCode: 'Eg har ein kode',
    cookiesBlocked:
      'Nettlesaren tek ikkje imot informasjonskapslar, og utan dei kan vi ikkje logge deg inn' +
      ' her. Slå dei på og prøv igjen, eller opne sida i ein annan nettlesar og skriv koden frå' +
      ' meldinga.',
  },
  code: {
    heading: 'Logg inn med kode',
    sentence: 'Skriv inn dei seks sifra frå meldinga vi sende deg.',
    credential: 'E-postadresse eller mobilnummer',
    code: 'Kode',
    codeHint: 'Seks siffer',
    sendNew: 'Send meg ein ny kode',
    sent:
      'Dersom vi kjenner adressa, er ein ny kode på veg. Han verkar i denne nettlesaren. ' +
      'Kjem han ikkje, kan du logge inn med lenkja i ei tidlegare melding frå oss.',
    wrong: (triesLeft) =>
      triesLeft === 1
        ? 'Koden stemmer ikkje. Du har eitt forsøk att.'
        : `Koden stemmer ikkje. Du har ${triesLeft} forsøk att.`,
    expired: 'Koden har gått ut. Be om ein ny.',
    tooMany: 'For mange feil kodar er prøvde. Opne lenkja i ei melding frå oss, eller be om ein ny kode.',
  },
  home: {
    heading: 'Bestillingar og betalingar',
    sentence: 'Her blir bestillingar og betalingar tekne imot. Det er ingenting å lese på denne adressa.',
  },
  landing: {
    heading: 'Du er logga inn',
    sentence: (publisherName) => `Alt du har kjøpt hos ${publisherName}, er ope på denne eininga.`,
    purchases: 'Du har kjøpt',
    goTo: (publisherName) => `Gå til ${publisherName}`,
  },
  agreement: {
    heading: 'Avtalen din',
    askCode: (destination) =>
      `Avtalen blir vist for den som har inngått han. Vi sender ein kode til ${destination}.`,
    codeSent: (destination) => `Ein kode er på veg til ${destination}. Han verkar i denne nettlesaren.`,
    nobody: (publisherName) =>
      `Vi veit ikkje kven vi kan sende ein kode til. Kontakt ${publisherName} for å sjå eller` +
      ' stoppe avtalen.',
    sendCode: 'Send meg ein kode',
    tooMany: 'For mange feil kodar er prøvde. Be om ein ny kode.',
    show: 'Vis avtalen',
    product: 'Avtale om',
    price: 'Pris',
    every: ({ unit, count }) => {
      const each = unit === 'year' ? 'kvart' : 'kvar';
      const name = { day: 'dag', week: 'veke', month: 'månad', year: 'år' }[unit];
      return count === 1 ? `${each} ${name}` : `${each} ${count}. ${name}`;
    },
    first: 'Første periode',
    firstPrice: (price, { unit, count }) => {
      const names = {
        day: ['dag', 'dagar'],
        week: ['veke', 'veker'],
        month: ['månad', 'månader'],
        year: ['år', 'år'],
      };
      return `${price} for ${count} ${names[unit][count === 1 ? 0 : 1]}`;
    },
    status: 'Status',
    states: {
      active: 'Aktiv',
      ending: 'Blir avslutta',
      ended: 'Avslutta',
      waiting: 'Ventar på godkjenning',
      never: 'Vart ikkje inngått',
    },
    paidUntil: 'Betalt til',
    stop: 'Stopp fornyinga',
    stopSentence:
      'Når du stoppar fornyinga, blir det ikkje trekt meir pengar. Det du har betalt for, kan du bruke ut' +
      ' perioden. Det kan ikkje gjerast om, men du kan kjøpe på nytt.',
    stopped: 'Avtalen blir ikkje fornya, og det blir ikkje trekt meir pengar.',
  },
  logOut: {
    ask: {
      heading: 'Vil du logge ut?',
      sentence: 'Då treng du ei ny lenkje eller ein ny kode for å kome inn att på denne eininga.',
    },
    done: { heading: 'Du er logga ut', sentence: 'Det du har kjøpt, er framleis ditt.' },
    button: 'Logg ut',
    everywhere: 'Logg ut overalt',
    everywhereSentence: 'Loggar du ut overalt, blir du òg logga ut av andre nettlesarar og nettstader.',
  },
  login,
  checkout,
  payment: {
    waiting: {
      heading: 'Vi sjekkar betalinga',
      sentence: 'Det tek vanlegvis nokre sekund. Sida går vidare av seg sjølv.',
      checkNow: 'Sjekk no',
      notPaid: 'Har du ikkje betalt enno? Gå vidare med betalinga',
    },
    onPhone: {
      heading: 'Stadfest på telefonen',
      sentence:
        'Opne meldinga eller appen på telefonen, og stadfest kjøpet der. Sida går vidare av seg sjølv.',
    },
    slow: {
      heading: 'Betalinga er framleis på veg',
      sentence:
        'Det tek lengre tid enn vanleg å få svar. Du treng ikkje vente eller betale på nytt: Bestillinga' +
        ' går vidare så snart svaret kjem.',
    },
    done: {
      heading: 'Takk for kjøpet',
      sentence: 'Bestillinga er fullført.',
      purchase: (purchase) => `Du har kjøpt ${purchase}.`,
    },
    stopped: {
      cancelled: { heading: 'Betalinga vart avbroten', sentence: 'Du har ikkje betalt noko.' },
      declined: {
        heading: 'Betalinga vart avvist',
        sentence: 'Betalingstenesta sa nei, og du har ikkje betalt noko.',
      },
      expired: {
        heading: 'Tida gjekk ut',
        sentence: 'Betalinga vart ikkje fullført i tide, og du har ikkje betalt noko.',
      },
      failed: {
        heading: 'Bestillinga vart stoppa',
        sentence: 'Betalinga kunne ikkje fullførast. Pengar som kan vere reserverte, blir frigjevne.',
      },
    },
    tryAgain: 'Prøv igjen',
    reasons: {
      declined: 'ho vart avvist',
      'insufficient funds': 'det var ikkje nok pengar på kontoen',
      'card expired': 'kortet har gått ut',
      'not authenticated': 'vi fekk ikkje stadfesta at det var deg',
      'wrong code': 'koden stemte ikkje',
      'too many tries': 'det var for mange forsøk',
      cancelled: 'ho vart avbroten',
      'timed out': 'det tok for lang tid',
      'not answered': 'du svara ikkje i tide',
      'over the limit': 'beløpet er over grensa di',
      barred: 'abonnementet eller kortet ditt er sperra for slike kjøp',
      'not eligible': 'du kan ikkje betale på denne måten',
      'try again later': 'betalingstenesta er ikkje tilgjengeleg akkurat no, prøv igjen seinare',
    },
    notThrough: (reason) => `Betalinga gjekk ikkje gjennom: ${reason}.`,
    choice: {
      choose: 'Vel betalingsmåte.',
      notPaidYet: 'Du har ikkje betalt noko enno.',
      otherMethod: 'Vel ein annan betalingsmåte',
      spent: (method) =>
        `${method}: Det vart for mange forsøk, så denne bestillinga kan ikkje lenger betalast slik.`,
      noneLeft:
        'Du har ikkje betalt noko, og bestillinga kan ikkje betalast på nokon annan måte.' +
        ' Gå tilbake og bestill på nytt.',
      giveUp: 'Avbryt og gå tilbake',
    },
    payByCode: {
      heading: 'Skriv inn koden for å betale',
      sentence: (destination, amount) =>
        `Vi har sendt ein kode til ${destination}. Med han betaler du ${amount} på mobilrekninga.`,
      pay: (amount) => `Betal ${amount}`,
      notCode: 'Skriv koden akkurat slik han står i meldinga.',
      sentNew: 'Ein ny kode er på veg. Den førre verkar ikkje lenger.',
    },
    leaving: {
      heading: (method) => `Du blir send til ${method}`,
      sentence: 'Det skjer av seg sjølv om ein augneblink.',
      go: 'Gå vidare',
    },
    snippet: {
      heading: 'Betal',
      sentence: (amount) => `Å betale: ${amount}.`,
      back: 'Tilbake utan å betale',
      needsScripts:
        'Nettlesaren må kunne køyre skript (JavaScript) for at du skal kunne betale her. Slå det på,' +
        ' eller gå tilbake.',
    },
    orderUnknown: {
      heading: 'Vi finn ikkje bestillinga',
      sentence: 'Adressa kan vere ufullstendig eller bestillinga for gammal. Gå tilbake og prøv igjen.',
    },
    confirm: 'Det er ingenting å betale her. Trykk på knappen for å fullføre.',
    closed: {
      elsewhere: {
        heading: 'Bestillinga er opna ein annan stad',
        sentence:
          'Ho blir betalt eller er handsama i ein annan nettlesar. Er ho di, går du vidare der du' +
          ' byrja. Herifrå kan ho korkje sjåast, endrast eller stoppast.',
      },
      'not here': {
        heading: 'Bestillinga kan ikkje fullførast herifrå',
        sentence:
          'Gå tilbake til staden der du bestilte, og fullfør der. Er ho allereie fullført, har du fått ei' +
          ' melding.',
      },
      'way back refused': {
        heading: 'Vi kan ikkje sende deg tilbake dit',
        sentence:
          'Adressa som lenkja vil sende deg tilbake til, er ikkje godkjend, og ingenting har skjedd med' +
          ' bestillinga. Gå tilbake til staden der du bestilte, eller sei frå til dei.',
      },
      'no way back': {
        heading: 'Vi veit ikkje kvar du skal sendast tilbake',
        sentence:
          'Adressa er ikkje fullstendig, og ingenting har skjedd med bestillinga. Gå tilbake til staden' +
          ' der du bestilte, og prøv igjen.',
      },
    },
    methodRefused: {
      heading: 'Bestillinga kan ikkje betalast her',
      'by phone':
        'Ho blir betalt med SMS, som butikken set i gang. Følg meldinga på telefonen når ho kjem, eller' +
        ' gå tilbake.',
      other: 'Ho skal betalast der du kjøpte. Gå tilbake for å fullføre.',
      'not-configured': 'Betalingsmåten som vart vald, er ikkje tilgjengeleg. Gå tilbake og vel ein annan.',
    },
  },
  withdrawal,
  problem: {
    statuses: {
      400: {
        heading: 'Noko manglar',
        sentence: 'Adressa eller skjemaet var ikkje fullstendig. Gå tilbake og prøv igjen.',
      },
      403: { heading: 'Denne sida er ikkje open for deg', sentence: 'Gå tilbake og prøv frå byrjinga.' },
      404: {
        heading: 'Sida finst ikkje',
        sentence: 'Adressa kan vere ufullstendig eller for gammal. Gå tilbake dit du fann henne.',
      },
      409: {
        heading: 'Det går ikkje no',
        sentence: 'Noko vart endra i mellomtida. Gå tilbake og sjå på nytt.',
      },
      429: {
        heading: 'Litt for fort',
        sentence: 'Det var mange forsøk på kort tid. Vent nokre minutt, og prøv igjen.',
      },
      500: { heading: 'Noko gjekk gale hos oss', sentence: 'Det er vår feil. Prøv igjen om litt.' },
      503: { heading: 'Mykje å gjere akkurat no', sentence: 'Prøv igjen om litt.' },
    },
    misspelt: ({ given, meant }) => ({
      heading: 'Adressa er skriven feil',
      sentence:
        `Det står ${given} i adressa, men sida kjenner berre ${meant}. Ingenting vart gjort.` +
        ' Gå tilbake dit du kom frå, og sei frå om det.',
    }),
    reference: (requestId) => `Skriv du til oss om dette, ta med ${requestId}.`,
  },
};
