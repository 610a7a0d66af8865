import { checkout } from './checkout/nb.ts';
import { login } from './login/nb.ts';
import type { PageTexts } from './text-shape.ts';
import { withdrawal } from './withdrawal/nb.ts';

export const nb: PageTexts = {
  language: 'nb',
  shared: {
    backTo: (publisherName) => `Tilbake til ${publisherName}`,
    back: 'Tilbake',
    cancel: 'Avbryt',
    logIn: 'Logg inn',
    error: 'Feil',
    errorTitle: (title) => `Feil: ${title}`,
    until: (when) => `til ${when}`,
    organisationNumber: (number) => `Org.nr. ${number}`,
    terms: 'Salgsvilkår',
    privacy: 'Personvern',
  },
  link: {
    heading: (publisherName) => `Logg inn hos ${publisherName}`,
    sentence: 'Lenken din er klar. Trykk på knappen for å logge inn på denne enheten.',
    purchase: 'Du har kjøpt',
    sentTo: 'Lenken ble sendt til',
    notYou: 'Ikke deg?',
    notYouAnswer: (publisherName) =>
      `Da har du fått en lenke som var ment for en annen. Ingenting har skjedd ennå: Lukk siden, så virker` +
      ` lenken fortsatt for den som har kjøpt hos ${publisherName}.`,
  },
  linkSpent: {
    used: {
      heading: 'Denne lenken er brukt',
      sentence: 'En lenke logger deg inn bare én gang. Vi kan sende deg en ny.',
    },
    expired: {
      heading: 'Denne lenken er utløpt',
      sentence: 'Det du har kjøpt, er fortsatt ditt. Vi kan sende deg en ny lenke.',
    },
    button: 'Send meg en ny lenke',
    goesTo: (destination) => `Den sendes til ${destination}, som den første.`,
  },
  linkSent: {
    heading: 'Se etter en ny melding',
    sentence: (destination) => `Hvis lenken var din, er en ny på vei til ${destination}.`,
    patience: 'Det kan ta noen minutter. Se også i søppelposten hvis du venter på en e-post.',
    haveCode: 'Jeg har en kode',
    cookiesBlocked:
      'Nettleseren tar ikke imot informasjonskapsler, og uten dem kan vi ikke logge deg inn' +
      ' her. Slå dem på og prøv igjen, eller åpne siden i en annen nettleser og skriv koden fra' +
      ' meldingen.',
  },
  code: {
    heading: 'Logg inn med kode',
    sentence: 'Skriv inn de seks sifrene fra meldingen vi sendte deg.',
    credential: 'E-postadresse eller mobilnummer',
    code: 'Kode',
    codeHint: 'Seks sifre',
    sendNew: 'Send meg en ny kode',
    sent:
      'Hvis vi kjenner adressen, er en ny kode på vei. Den virker i denne nettleseren. ' +
      'Kommer den ikke, kan du logge inn med lenken i en tidligere melding fra oss.',
    wrong: (triesLeft) =>
      triesLeft === 1
        ? 'Koden stemmer ikke. Du har ett forsøk igjen.'
        : `Koden stemmer ikke. Du har ${triesLeft} forsøk igjen.`,
    expired: 'Koden er utløpt. Be om en ny.',
    tooMany: 'For mange feil koder er prøvd. Åpne lenken i en melding fra oss, eller be om en ny kode.',
  },
  home: {
    heading: 'Bestillinger og betalinger',
    sentence: 'Her tas bestillinger og betalinger imot. Det er ingenting å lese på denne adressen.',
  },
  landing: {
    heading: 'Du er logget inn',
    sentence: (publisherName) => `Alt du har kjøpt hos ${publisherName}, er åpent på denne enheten.`,
    purchases: 'Du har kjøpt',
    goTo: (publisherName) => `Gå til ${publisherName}`,
  },
  agreement: {
    heading: 'Avtalen din',
    askCode: (destination) =>
      `Avtalen vises for den som har inngått den. Vi sender en kode til ${destination}.`,
    codeSent: (destination) => `En kode er på vei til ${destination}. Den virker i denne nettleseren.`,
    nobody: (publisherName) =>
      `Vi vet ikke hvem vi kan sende en kode til. Kontakt ${publisherName} for å se eller stoppe avtalen.`,
    sendCode: 'Send meg en kode',
    tooMany: 'For mange feil koder er prøvd. Be om en ny kode.',
    show: 'Vis avtalen',
    product: 'Avtale om',
    price: 'Pris',
    every: ({ unit, count }) => {
      const each = unit === 'year' ? 'hvert' : 'hver';
      const name = { day: 'dag', week: 'uke', month: 'måned', year: 'år' }[unit];
      return count === 1 ? `${each} ${name}` : `${each} ${count}. ${name}`;
    },
    first: 'Første periode',
    firstPrice: (price, { unit, count }) => {
      const names = {
        day: ['dag', 'dager'],
        week: ['uke', 'uker'],
        month: ['måned', 'måneder'],
        year: ['år', 'år'],
      };
      return `${price} for ${count} ${names[unit][count === 1 ? 0 : 1]}`;
    },
    status: 'Status',
    states: {
      active: 'Aktiv',
      ending: 'Avsluttes',
      ended: 'Avsluttet',
      waiting: 'Venter på godkjenning',
      never: 'Ble ikke inngått',
    },
    paidUntil: 'Betalt til',
    stop: 'Stopp fornyelsen',
    stopSentence:
      'Når du stopper fornyelsen, trekkes det ikke mer penger. Det du har betalt for, kan du bruke ut' +
      ' perioden. Det kan ikke gjøres om, men du kan kjøpe på nytt.',
    stopped: 'Avtalen fornyes ikke, og det trekkes ikke mer penger.',
  },
  logOut: {
    ask: {
      heading: 'Vil du logge ut?',
      sentence: 'Da trenger du en ny lenke eller kode for å komme inn igjen på denne enheten.',
    },
    done: { heading: 'Du er logget ut', sentence: 'Det du har kjøpt, er fortsatt ditt.' },
    button: 'Logg ut',
    everywhere: 'Logg ut overalt',
    everywhereSentence: 'Logger du ut overalt, logges du også ut av andre nettlesere og nettsteder.',
  },
  login,
  checkout,
  payment: {
    waiting: {
      heading: 'Vi sjekker betalingen',
      sentence: 'Det tar vanligvis noen sekunder. Siden går videre av seg selv.',
      checkNow: 'Sjekk nå',
      notPaid: 'Har du ikke betalt ennå? Gå videre med betalingen',
    },
    onPhone: {
      heading: 'Bekreft på telefonen',
      sentence:
        'Åpne meldingen eller appen på telefonen, og bekreft kjøpet der. Siden går videre av seg selv.',
    },
    slow: {
      heading: 'Betalingen er fortsatt på vei',
      sentence:
        'Det tar lengre tid enn vanlig å få svar. Du trenger ikke vente eller betale på nytt: Bestillingen' +
        ' går videre så snart svaret kommer.',
    },
    done: {
      heading: 'Takk for kjøpet',
      sentence: 'Bestillingen er fullført.',
      purchase: (purchase) => `Du har kjøpt ${purchase}.`,
    },
    stopped: {
      cancelled: { heading: 'Betalingen ble avbrutt', sentence: 'Du har ikke betalt noe.' },
      declined: {
        heading: 'Betalingen ble avvist',
        sentence: 'Betalingstjenesten sa nei, og du har ikke betalt noe.',
      },
      expired: {
        heading: 'Tiden gikk ut',
        sentence: 'Betalingen ble ikke fullført i tide, og du har ikke betalt noe.',
      },
      failed: {
        heading: 'Bestillingen ble stoppet',
        sentence: 'Betalingen kunne ikke fullføres. Penger som kan være reservert, blir frigitt.',
      },
    },
    tryAgain: 'Prøv igjen',
    reasons: {
      declined: 'den ble avvist',
      'insufficient funds': 'det var ikke nok penger på kontoen',
      'card expired': 'kortet er utløpt',
      'not authenticated': 'vi fikk ikke bekreftet at det var deg',
      'wrong code': 'koden stemte ikke',
      'too many tries': 'det var for mange forsøk',
      cancelled: 'den ble avbrutt',
      'timed out': 'det tok for lang tid',
      'not answered': 'du svarte ikke i tide',
      'over the limit': 'beløpet er over grensen din',
      barred: 'abonnementet eller kortet ditt er sperret for slike kjøp',
      'not eligible': 'du kan ikke betale på denne måten',
      'try again later': 'betalingstjenesten er ikke tilgjengelig akkurat nå, prøv igjen senere',
    },
    notThrough: (reason) => `Betalingen gikk ikke gjennom: ${reason}.`,
    choice: {
      choose: 'Velg betalingsmåte.',
      notPaidYet: 'Du har ikke betalt noe ennå.',
      otherMethod: 'Velg en annen betalingsmåte',
      spent: (method) =>
        `${method}: Det ble for mange forsøk, så denne bestillingen kan ikke lenger betales slik.`,
      noneLeft:
        'Du har ikke betalt noe, og bestillingen kan ikke betales på noen annen måte.' +
        ' Gå tilbake og bestill på nytt.',
      giveUp: 'Avbryt og gå tilbake',
    },
    payByCode: {
      heading: 'Skriv inn koden for å betale',
      sentence: (destination, amount) =>
        `Vi har sendt en kode til ${destination}. Med den betaler du ${amount} på mobilregningen.`,
      pay: (amount) => `Betal ${amount}`,
      notCode: 'Skriv koden akkurat slik den står i meldingen.',
      sentNew: 'En ny kode er på vei. Den forrige virker ikke lenger.',
    },
    leaving: {
      heading: (method) => `Du sendes til ${method}`,
      sentence: 'Det skjer av seg selv om et øyeblikk.',
      go: 'Gå videre',
    },
    snippet: {
      heading: 'Betal',
      sentence: (amount) => `Å betale: ${amount}.`,
      back: 'Tilbake uten å betale',
      needsScripts:
        'Nettleseren må kunne kjøre skript (JavaScript) for at du skal kunne betale her. Slå det på,' +
        ' eller gå tilbake.',
    },
    orderUnknown: {
      heading: 'Vi finner ikke bestillingen',
      sentence: 'Adressen kan være ufullstendig eller bestillingen for gammel. Gå tilbake og prøv igjen.',
    },
    confirm: 'Det er ingenting å betale her. Trykk på knappen for å fullføre.',
    closed: {
      elsewhere: {
        heading: 'Bestillingen er åpnet et annet sted',
        sentence:
          'Den betales eller er behandlet i en annen nettleser. Er den din, går du videre der du' +
          ' begynte. Herfra kan den verken ses, endres eller stoppes.',
      },
      'not here': {
        heading: 'Bestillingen kan ikke fullføres herfra',
        sentence:
          'Gå tilbake til stedet der du bestilte, og fullfør der. Er den allerede fullført, har du' +
          ' fått en melding.',
      },
      'way back refused': {
        heading: 'Vi kan ikke sende deg tilbake dit',
        sentence:
          'Adressen som lenken vil sende deg tilbake til, er ikke godkjent, og ingenting har skjedd med' +
          ' bestillingen. Gå tilbake til stedet der du bestilte, eller si fra til dem.',
      },
      'no way back': {
        heading: 'Vi vet ikke hvor du skal sendes tilbake',
        sentence:
          'Adressen er ikke fullstendig, og ingenting har skjedd med bestillingen. Gå tilbake til' +
          ' stedet der du bestilte, og prøv igjen.',
      },
    },
    methodRefused: {
      heading: 'Bestillingen kan ikke betales her',
      'by phone':
        'Den betales med SMS, som butikken setter i gang. Følg meldingen på telefonen når den kommer,' +
        ' eller gå tilbake.',
      other: 'Den skal betales der du kjøpte. Gå tilbake for å fullføre.',
      'not-configured': 'Betalingsmåten som ble valgt, er ikke tilgjengelig. Gå tilbake og velg en annen.',
    },
  },
  withdrawal,
  problem: {
    statuses: {
      400: {
        heading: 'Noe mangler',
        sentence: 'Adressen eller skjemaet var ikke fullstendig. Gå tilbake og prøv igjen.',
      },
      403: { heading: 'Denne siden er ikke åpen for deg', sentence: 'Gå tilbake og prøv fra begynnelsen.' },
      404: {
        heading: 'Siden finnes ikke',
        sentence: 'Adressen kan være ufullstendig eller for gammel. Gå tilbake dit du fant den.',
      },
      409: {
        heading: 'Det går ikke nå',
        sentence: 'Noe ble endret i mellomtiden. Gå tilbake og se på nytt.',
      },
      429: {
        heading: 'Litt for fort',
        sentence: 'Det var mange forsøk på kort tid. Vent noen minutter, og prøv igjen.',
      },
      500: { heading: 'Noe gikk galt hos oss', sentence: 'Det er vår feil. Prøv igjen om litt.' },
      503: { heading: 'Mye å gjøre akkurat nå', sentence: 'Prøv igjen om litt.' },
    },
    misspelt: ({ given, meant }) => ({
      heading: 'Adressen er skrevet feil',
      sentence:
        `Det står ${given} i adressen, men siden kjenner bare ${meant}. Ingenting ble gjort.` +
        ' Gå tilbake dit du kom fra, og si fra om det.',
    }),
    reference: (requestId) => `Skriver du til oss om dette, ta med ${requestId}.`,
  },
};
