import { checkout } from './checkout/da.ts';
import { login } from './login/da.ts';
import type { PageTexts } from './text-shape.ts';
import { withdrawal } from './withdrawal/da.ts';

export const da: PageTexts = {
  language: 'da',
  shared: {
    backTo: (publisherName) => `Tilbage til ${publisherName}`,
    back: 'Tilbage',
    cancel: 'Annullér',
    logIn: 'Log ind',
    error: 'Fejl',
    errorTitle: (title) => `Fejl: ${title}`,
    until: (when) => `til ${when}`,
    organisationNumber: (number) => `Virksomhedsnr. ${number}`,
    terms: 'Salgsbetingelser',
    privacy: 'Privatlivspolitik',
  },
  link: {
    heading: (publisherName) => `Log ind hos ${publisherName}`,
    sentence: 'Dit link er klar. Tryk på knappen for at logge ind på denne enhed.',
    purchase: 'Du har købt',
    sentTo: 'Linket blev sendt til',
    notYou: 'Er det ikke dig?',
    notYouAnswer: (publisherName) =>
      `Så har du fået et link, der var tiltænkt en anden. Der er ikke sket noget endnu: Luk siden, så` +
      ` virker linket stadig for den, der har købt hos ${publisherName}.`,
  },
  linkSpent: {
    used: {
      heading: 'Dette link er brugt',
      sentence: 'Et link logger dig kun ind én gang. Vi kan sende dig et nyt.',
    },
    expired: {
      heading: 'Dette link er udløbet',
      sentence: 'Det, du har købt, er stadig dit. Vi kan sende dig et nyt link.',
    },
    button: 'Send mig et nyt link',
    goesTo: (destination) => `Det sendes til ${destination} ligesom det første.`,
  },
  linkSent: {
    heading: 'Hold øje med en ny besked',
    sentence: (destination) => `Hvis linket var dit, er et nyt på vej til ${destination}.`,
    patience: 'Det kan tage nogle minutter. Se også i spammappen, hvis du venter på en e-mail.',
    haveCode: 'Jeg har en kode',
    cookiesBlocked:
      'Browseren tager ikke imod cookies, og uden dem kan vi ikke logge dig ind her. Slå dem' +
      ' til og prøv igen, eller åbn siden i en anden browser og skriv koden fra beskeden.',
  },
  code: {
    heading: 'Log ind med kode',
    sentence: 'Indtast de seks cifre fra den besked, vi sendte dig.',
    credential: 'E-mailadresse eller mobilnummer',
    code: 'Kode',
    codeHint: 'Seks cifre',
    sendNew: 'Send mig en ny kode',
    sent:
      'Hvis vi kender adressen, er en ny kode på vej. Den virker i denne browser. ' +
      'Kommer den ikke, kan du logge ind med linket i en tidligere besked fra os.',
    wrong: (triesLeft) =>
      triesLeft === 1
        ? 'Koden er ikke rigtig. Du har ét forsøg tilbage.'
        : `Koden er ikke rigtig. Du har ${triesLeft} forsøg tilbage.`,
    expired: 'Koden er udløbet. Bed om en ny.',
    tooMany:
      'Der er prøvet for mange forkerte koder. Åbn linket i en besked fra os, eller bed om en ny kode.',
  },
  home: {
    heading: 'Bestillinger og betalinger',
    sentence: 'Her modtages bestillinger og betalinger, og der er ikke noget at læse på denne adresse.',
  },
  landing: {
    heading: 'Du er logget ind',
    sentence: (publisherName) => `Alt, hvad du har købt hos ${publisherName}, er åbent på denne enhed.`,
    purchases: 'Du har købt',
    goTo: (publisherName) => `Gå til ${publisherName}`,
  },
  agreement: {
    heading: 'Din aftale',
    askCode: (destination) =>
      `Aftalen vises for den, der har indgået den. Vi sender en kode til ${destination}.`,
    codeSent: (destination) => `En kode er på vej til ${destination}. Den virker i denne browser.`,
    nobody: (publisherName) =>
      `Vi ved ikke, hvem vi kan sende en kode til. Kontakt ${publisherName} for at se eller stoppe aftalen.`,
    sendCode: 'Send mig en kode',
    tooMany: 'Der er prøvet for mange forkerte koder. Bed om en ny kode.',
    show: 'Vis aftalen',
    product: 'Aftale om',
    price: 'Pris',
    every: ({ unit, count }) => {
      const each = unit === 'year' ? 'hvert' : 'hver';
      const name = { day: 'dag', week: 'uge', month: 'måned', year: 'år' }[unit];
      return count === 1 ? `${each} ${name}` : `${each} ${count}. ${name}`;
    },
    first: 'Første periode',
    firstPrice: (price, { unit, count }) => {
      const names = {
        day: ['dag', 'dage'],
        week: ['uge', 'uger'],
        month: ['måned', 'måneder'],
        year: ['år', 'år'],
      };
      return `${price} for ${count} ${names[unit][count === 1 ? 0 : 1]}`;
    },
    status: 'Status',
    states: {
      active: 'Aktiv',
      ending: 'Afsluttes',
      ended: 'Afsluttet',
      waiting: 'Venter på godkendelse',
      never: 'Blev ikke indgået',
    },
    paidUntil: 'Betalt til',
    stop: 'Stop fornyelsen',
    stopSentence:
      'Når du stopper fornyelsen, trækkes der ikke flere penge. Det, du har betalt for, kan du bruge' +
      ' perioden ud. Det kan ikke fortrydes, men du kan købe igen.',
    stopped: 'Aftalen fornyes ikke, og der trækkes ikke flere penge.',
  },
  logOut: {
    ask: {
      heading: 'Vil du logge ud?',
      sentence: 'Så skal du bruge et nyt link eller en ny kode for at komme ind igen på denne enhed.',
    },
    done: { heading: 'Du er logget ud', sentence: 'Det, du har købt, er stadig dit.' },
    button: 'Log ud',
    everywhere: 'Log ud overalt',
    everywhereSentence: 'Logger du ud overalt, bliver du også logget ud af andre browsere og hjemmesider.',
  },
  login,
  checkout,
  payment: {
    waiting: {
      heading: 'Vi tjekker betalingen',
      sentence: 'Det tager som regel nogle sekunder. Siden går videre af sig selv.',
      checkNow: 'Tjek nu',
      notPaid: 'Har du ikke betalt endnu? Gå videre med betalingen',
    },
    onPhone: {
      heading: 'Bekræft på telefonen',
      sentence: 'Åbn beskeden eller appen på telefonen, og bekræft købet dér. Siden går videre af sig selv.',
    },
    slow: {
      heading: 'Betalingen er stadig på vej',
      sentence:
        'Det tager længere tid end normalt at få svar. Du behøver ikke vente eller betale igen:' +
        ' Bestillingen går videre, så snart svaret kommer.',
    },
    done: {
      heading: 'Tak for købet',
      sentence: 'Bestillingen er gennemført.',
      purchase: (purchase) => `Du har købt ${purchase}.`,
    },
    stopped: {
      cancelled: { heading: 'Betalingen blev afbrudt', sentence: 'Du har ikke betalt noget.' },
      declined: {
        heading: 'Betalingen blev afvist',
        sentence: 'Betalingstjenesten sagde nej, og du har ikke betalt noget.',
      },
      expired: {
        heading: 'Tiden løb ud',
        sentence: 'Betalingen blev ikke gennemført i tide, og du har ikke betalt noget.',
      },
      failed: {
        heading: 'Bestillingen blev stoppet',
        sentence: 'Betalingen kunne ikke gennemføres. Penge, der kan være reserveret, bliver frigivet.',
      },
    },
    tryAgain: 'Prøv igen',
    reasons: {
      declined: 'den blev afvist',
      'insufficient funds': 'der var ikke penge nok på kontoen',
      'card expired': 'kortet er udløbet',
      'not authenticated': 'vi fik ikke bekræftet, at det var dig',
      'wrong code': 'koden var ikke rigtig',
      'too many tries': 'der var for mange forsøg',
      cancelled: 'den blev afbrudt',
      'timed out': 'det tog for lang tid',
      'not answered': 'du svarede ikke i tide',
      'over the limit': 'beløbet er over din grænse',
      barred: 'dit abonnement eller kort er spærret for den slags køb',
      'not eligible': 'du kan ikke betale på denne måde',
      'try again later': 'betalingstjenesten er ikke tilgængelig lige nu, prøv igen senere',
    },
    notThrough: (reason) => `Betalingen gik ikke igennem: ${reason}.`,
    choice: {
      choose: 'Vælg betalingsmåde.',
      notPaidYet: 'Du har ikke betalt noget endnu.',
      otherMethod: 'Vælg en anden betalingsmåde',
      spent: (method) =>
        `${method}: Der var for mange forsøg, så denne bestilling kan ikke længere betales sådan.`,
      noneLeft:
        'Du har ikke betalt noget, og bestillingen kan ikke betales på anden måde.' +
        ' Gå tilbage og bestil igen.',
      giveUp: 'Afbryd og gå tilbage',
    },
    payByCode: {
      heading: 'Indtast koden for at betale',
      sentence: (destination, amount) =>
        `Vi har sendt en kode til ${destination}. Med den betaler du ${amount} over mobilregningen.`,
      pay: (amount) => `Betal ${amount}`,
      notCode: 'Indtast koden, præcis som den står i beskeden.',
      sentNew: 'En ny kode er på vej. Den forrige virker ikke længere.',
    },
    leaving: {
      heading: (method) => `Du sendes til ${method}`,
      sentence: 'Det sker af sig selv om et øjeblik.',
      go: 'Gå videre',
    },
    snippet: {
      heading: 'Betal',
      sentence: (amount) => `Til betaling: ${amount}.`,
      back: 'Tilbage uden at betale',
      needsScripts:
        'Browseren skal kunne køre scripts (JavaScript), før du kan betale her. Slå det til, eller gå' +
        ' tilbage.',
    },
    orderUnknown: {
      heading: 'Vi kan ikke finde bestillingen',
      sentence: 'Adressen kan være ufuldstændig eller bestillingen for gammel. Gå tilbage og prøv igen.',
    },
    confirm: 'Der er intet at betale her. Tryk på knappen for at gennemføre.',
    closed: {
      elsewhere: {
        heading: 'Bestillingen er åbnet et andet sted',
        sentence:
          'Den betales eller er behandlet i en anden browser. Er den din, går du videre, hvor du' +
          ' begyndte. Herfra kan den hverken ses, ændres eller stoppes.',
      },
      'not here': {
        heading: 'Bestillingen kan ikke gennemføres herfra',
        sentence:
          'Gå tilbage til stedet, hvor du bestilte, og gennemfør der. Er den allerede gennemført,' +
          ' har du fået en besked.',
      },
      'way back refused': {
        heading: 'Vi kan ikke sende dig tilbage dertil',
        sentence:
          'Adressen, som linket vil sende dig tilbage til, er ikke godkendt, og der er ikke sket noget' +
          ' med bestillingen. Gå tilbage til stedet, hvor du bestilte, eller kontakt dem.',
      },
      'no way back': {
        heading: 'Vi ved ikke, hvor du skal sendes tilbage',
        sentence:
          'Adressen er ikke fuldstændig, og der er ikke sket noget med bestillingen. Gå tilbage til' +
          ' stedet, hvor du bestilte, og prøv igen.',
      },
    },
    methodRefused: {
      heading: 'Bestillingen kan ikke betales her',
      'by phone':
        'Den betales med sms, som butikken sætter i gang. Følg beskeden på telefonen, når den kommer,' +
        ' eller gå tilbage.',
      other: 'Den skal betales dér, hvor du købte. Gå tilbage for at gøre købet færdigt.',
      'not-configured': 'Den valgte betalingsmåde er ikke tilgængelig. Gå tilbage og vælg en anden.',
    },
  },
  withdrawal,
  problem: {
    statuses: {
      400: {
        heading: 'Der mangler noget',
        sentence: 'Adressen eller formularen var ikke fuldstændig. Gå tilbage og prøv igen.',
      },
      403: { heading: 'Denne side er ikke åben for dig', sentence: 'Gå tilbage og prøv forfra.' },
      404: {
        heading: 'Siden findes ikke',
        sentence: 'Adressen kan være ufuldstændig eller for gammel. Gå tilbage til der, hvor du fandt den.',
      },
      409: {
        heading: 'Det kan ikke lade sig gøre nu',
        sentence: 'Noget blev ændret i mellemtiden. Gå tilbage og se igen.',
      },
      429: {
        heading: 'Lidt for hurtigt',
        sentence: 'Der var mange forsøg på kort tid. Vent nogle minutter, og prøv igen.',
      },
      500: { heading: 'Noget gik galt hos os', sentence: 'Det er vores fejl. Prøv igen om lidt.' },
      503: { heading: 'Meget travlt lige nu', sentence: 'Prøv igen om lidt.' },
    },
    misspelt: ({ given, meant }) => ({
      heading: 'Adressen er stavet forkert',
      sentence:
        `Der står ${given} i adressen, men siden kender kun ${meant}. Intet blev gjort.` +
        ' Gå tilbage til der, hvor du kom fra, og sig til om det.',
    }),
    reference: (requestId) => `Skriver du til os om dette, så nævn ${requestId}.`,
  },
};
